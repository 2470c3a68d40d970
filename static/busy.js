/* A bar for whatever takes over a second, and no form sent twice. */
const PATIENCE = 1000;
const RELEASE = 15000;
const waiting = new Set();
let bar = null;

/** Say that something began; call what it gives back when it is over. */
export function begin() {
  const timer = setTimeout(show, PATIENCE);
  waiting.add(timer);
  return () => {
    clearTimeout(timer);
    if (waiting.delete(timer) && !waiting.size) hide();
  };
}

function show() {
  if (bar) return;
  bar = document.createElement("div");
  bar.className = "busy";
  bar.setAttribute("aria-hidden", "true");
  document.body.append(bar);
}

function hide() {
  bar?.remove();
  bar = null;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.matches("[hx-post], [hx-get]")) return;
  if (form.ariaBusy === "true") return event.preventDefault();
  form.ariaBusy = "true";
  const end = begin();
  const release = () => { form.ariaBusy = null; end(); };
  setTimeout(release, RELEASE); // a download leaves the page where it is
  addEventListener("pageshow", release, { once: true });
});

const ends = new WeakMap();
document.addEventListener("htmx:beforeRequest", (event) => ends.set(event.detail.xhr, begin()));
document.addEventListener("htmx:afterRequest", (event) => ends.get(event.detail.xhr)?.());
