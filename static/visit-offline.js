/* A brief that was opened is there without a connection too, with the log form that follows it. */
import "./outbox.js";
import "./visit-log.js";

const brief = document.querySelector("[data-offline]");

/** The files of ours that this page was made of, those that modules load among them. */
function files() {
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name));
  return loaded.filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/")).map((url) => url.pathname + url.search);
}

async function filesOf(url) {
  const response = await fetch(url);
  if (!response.ok || response.redirected) return [];
  return [...(await response.text()).matchAll(/"(\/static\/[^"#]+)/g)].map((found) => found[1].replaceAll("&amp;", "&"));
}

async function keep() {
  const also = brief.dataset.also;
  await navigator.serviceWorker.register("/worker.js", { scope: "/visits/" });
  const { active } = await navigator.serviceWorker.ready;
  const pages = [location.pathname, ...(also ? [also] : [])];
  const parts = new Set([...files(), ...(also ? await filesOf(also) : [])]);
  active.postMessage({ person: brief.dataset.person, pages, files: [...parts] });
}

navigator.serviceWorker?.addEventListener("message", (event) => {
  const said = document.querySelector("[data-offline-said]");
  if (event.data.kept && said) said.hidden = false;
});

if (brief && navigator.serviceWorker) addEventListener("load", () => keep().catch(() => undefined));
