/* The log form keeps what is typed on this device until the server has it. */
import { drop, read, write } from "./outbox.js";

const place = document.querySelector("[data-log]");
const form = place?.querySelector("form[data-guard]");
const PATIENCE = 15000;
const PAUSE = 300;
let timer = null;

function fields() {
  return [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
}

function keep(isWaiting = false) {
  write(place.dataset.log, { fields: fields(), isWaiting });
}

/** Put a draft's values back into the form, its number among them. */
function restore(draft) {
  const values = Object.groupBy ? Object.groupBy(draft.fields, ([name]) => name) : group(draft.fields);
  for (const control of form.elements) {
    if (!control.name || control.name === "csrf_token") continue;
    const typed = (values[control.name] ?? []).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = typed.includes(control.value);
    else if (typed.length) control.value = typed[0];
    if (control.value && typed.length) control.closest("details")?.setAttribute("open", "");
  }
}

function group(pairs) {
  const found = {};
  for (const pair of pairs) (found[pair[0]] ??= []).push(pair);
  return found;
}

function say(words) {
  const said = place.querySelector("[data-said]");
  said.textContent = words;
  said.className = "call warn";
}

async function submit(event) {
  event.preventDefault();
  clearTimeout(timer);
  keep();
  try {
    const headers = { "X-Requested-With": "fetch" };
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.action, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE) });
    if (response.status >= 500) throw new Error("fault");
    clearTimeout(timer);
    drop(place.dataset.log);
    if (response.ok) return location.assign((await response.json()).to);
    form.submit(); // the page that says what is wrong
  } catch {
    keep(true);
    say(place.dataset.kept);
  }
}

if (form) {
  const draft = read(place.dataset.log);
  if (draft && !form.querySelector("[data-errors]")) {
    restore(draft);
    say(draft.isWaiting ? place.dataset.kept : place.dataset.draft);
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", submit);
  document.addEventListener("log-sent", (event) => {
    if (event.detail === place.dataset.log) location.assign(`/visits/${event.detail}`);
  });
}
