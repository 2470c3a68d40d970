/* The map's requests: an act is sent and answered in JSON, then the page's parts are fetched anew. */
import { begin } from "./busy.js";
import { toast } from "./toasts.js";

const token = document.querySelector("meta[name='csrf-token']")?.content ?? "";
const PARTS = ["drawing", "answers", "map-more"];

/** Send an act; what happened, or null when it was refused and said so. */
export async function send(url, values = {}) {
  const body = values instanceof FormData || values instanceof URLSearchParams ? values : new URLSearchParams(values);
  const end = begin();
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (!answer.ok) throw new Error(told.text || document.body.dataset.fault);
    if (told.text) toast(told.text);
    return told;
  } catch (error) {
    toast(error.message, { stay: true });
    return null;
  } finally {
    end();
  }
}

/** Fetch a page and put its drawing and answers in place of ours; whether that went well. */
export async function refresh(url) {
  const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of PARTS) {
    const fresh = page.getElementById(part);
    if (!fresh) return location.assign(url), false;
    document.getElementById(part).replaceWith(document.adoptNode(fresh));
  }
  return true;
}
