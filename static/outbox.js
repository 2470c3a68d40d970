/* Logs typed on this device: drafts, and those waiting for the connection. Each has its form's own
   number, so that the server takes it once however often it arrives. */
import { post } from "./http.js";
import { toast } from "./toasts.js";

const MARK = "log:";
const AGAIN = 5000;
const person = document.body.dataset.person ?? "";

const name = (visit) => `${MARK}${person}:${visit}`;

export function read(visit) {
  return JSON.parse(localStorage.getItem(name(visit)) ?? "null");
}

export function write(visit, draft) {
  localStorage.setItem(name(visit), JSON.stringify(draft));
}

export function drop(visit) {
  localStorage.removeItem(name(visit));
}

function waiting() {
  const mine = Object.keys(localStorage).filter((one) => one.startsWith(`${MARK}${person}:`));
  return mine.map((one) => one.split(":").pop()).filter((visit) => read(visit)?.isWaiting);
}

let sending = null;

/** Send what waits. What the server refuses stays as a draft, to be looked at. */
export function send() {
  sending ??= sendAll().finally(() => {
    sending = null;
    if (waiting().length) setTimeout(send, AGAIN); // the connection was there by name only
  });
  return sending;
}

async function sendAll() {
  if (!person) return;
  for (const visit of waiting()) {
    const draft = read(visit);
    try {
      await post(`/visits/${visit}/log`, new URLSearchParams(draft.fields));
      drop(visit);
      toast(document.body.dataset.sent);
      document.dispatchEvent(new CustomEvent("log-sent", { detail: visit }));
    } catch (fault) {
      if (/^4/.test(fault.message)) {
        write(visit, { ...draft, isWaiting: false });
        toast(document.body.dataset.refused, { stay: true });
      }
    }
  }
}

addEventListener("online", send);
if (navigator.onLine) send();
