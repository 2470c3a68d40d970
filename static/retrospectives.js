/* The session: every window looks again several times a second while something happens, and what is
   typed stays on this device until the server has it. */
import { toast } from "./toasts.js";

const QUICK = 150; // what somebody does is on the others' screens before they ask
const CALM = 500;
const AWHILE = 180000;
const AGAIN = 2000;
const PATIENCE = 10000;

const place = document.querySelector("[data-live]");
const token = document.querySelector("meta[name='csrf-token']")?.content ?? "";
const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch" };
const board = () => document.getElementById("board");
let happened = performance.now();
let timer = 0;

/** Put a newer board in place of the one shown; an older one, overtaken on its way, is dropped. */
function show(html, always = false) {
  const made = new DOMParser().parseFromString(html, "text/html").getElementById("board");
  if (!made) return location.reload();
  if (!always && Number(made.dataset.version) <= Number(board().dataset.version)) return;
  const held = document.activeElement?.id;
  board().replaceWith(made);
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
  happened = performance.now();
  offerSteps();
  countDown();
}

function next() {
  clearTimeout(timer);
  const isQuiet = document.hidden || performance.now() - happened > AWHILE;
  timer = setTimeout(look, isQuiet ? CALM : QUICK);
}

async function look() {
  if (board().contains(document.activeElement) && document.activeElement.matches("select")) return next();
  try {
    const url = `${place.dataset.live}?seen=${board().dataset.version}`;
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) });
    if (response.status === 200) show(await response.text());
    else if (response.status >= 400 && response.status < 500) return location.reload();
    say("");
  } catch {
    say(place.dataset.lost);
  }
  next();
}

function say(words) {
  const said = place.querySelector("[data-offline]");
  if (!said || said.textContent === words) return;
  said.textContent = words;
  said.hidden = !words;
}

async function act(form) {
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers });
    const isOutside = !board().contains(form);
    if (response.status === 422 && isOutside) return HTMLFormElement.prototype.submit.call(form); // the page that says what is wrong
    if (!response.ok && response.status !== 422) return location.reload();
    show(await response.text(), true);
    if (isOutside) clear(form);
  } catch {
    toast(document.body.dataset.fault, { stay: true });
  }
}

/** A form beside the board is ready for the next; what was chosen in it stays chosen. */
function clear(form) {
  form.elements.words.value = "";
  form.elements.words.focus();
}

/** What can be asked on from is told by the board, which others change. */
function offerSteps() {
  const steps = board().querySelector("template[data-steps]");
  const choice = place.querySelector("select[name='parent_id']");
  if (!steps || !choice) return;
  const chosen = choice.value;
  choice.replaceChildren(choice.options[0], steps.content.cloneNode(true));
  choice.value = [...choice.options].some((one) => one.value === chosen) ? chosen : "";
}

/** A choice of notes is filled once it is wanted: on a full table all of them would be many. */
function offerHeads(choice) {
  const own = [...choice.options].map((one) => one.value);
  for (const one of board().querySelector("template[data-heads]").content.children) {
    if (one.value !== choice.dataset.heads && !own.includes(one.value)) choice.append(one.cloneNode(true));
  }
}

/* What was written and what is being written, by person and retrospective. */
const write = place?.querySelector("[data-write]");
const mark = (what) => `retro:${document.body.dataset.person}:${place.dataset.retro}:${what}`;
const kept = () => JSON.parse(localStorage.getItem(mark("notes")) ?? "[]");

function keep(notes) {
  if (notes.length) localStorage.setItem(mark("notes"), JSON.stringify(notes));
  else localStorage.removeItem(mark("notes"));
  const list = place.querySelector("[data-waiting]");
  list.hidden = !notes.length;
  list.replaceChildren(...notes.map((note) => Object.assign(document.createElement("li"), { textContent: `… ${note.words}` })));
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function writeDown() {
  const { key, factor, words, is_mine: mine } = write.elements;
  if (!words.value.trim()) return words.focus();
  keep([...kept(), { key: key.value, factor: factor.value, words: words.value, ...(mine.checked ? { is_mine: "y" } : {}) }]);
  key.value = newKey();
  words.value = "";
  mine.checked = false;
  localStorage.removeItem(mark("draft"));
  words.focus();
  send();
}

let sending = null;

function send() {
  sending ??= sendAll().finally(() => { sending = null; });
  return sending;
}

async function sendAll() {
  let waited = false;
  for (let note = kept()[0]; note; note = kept()[0]) {
    try {
      const response = await fetch(write.action, { method: "POST", body: new URLSearchParams(note), headers, signal: AbortSignal.timeout(PATIENCE) });
      if (response.status >= 500) throw new Error("fault");
      keep(kept().filter((one) => one.key !== note.key));
      if (response.ok) show(await response.text(), true);
      else refused(note);
    } catch {
      waited = true;
      say(place.dataset.lost);
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
  if (waited) toast(place.dataset.sent);
}

function refused(note) {
  write.elements.words.value = note.words;
  toast(place.dataset.refused, { stay: true });
}

function draft() {
  const { factor, words } = write.elements;
  localStorage.setItem(mark("draft"), JSON.stringify({ factor: factor.value, words: words.value }));
  if (!words.value) localStorage.removeItem(mark("draft"));
}

function restore() {
  const typed = JSON.parse(localStorage.getItem(mark("draft")) ?? "null");
  if (typed && !write.elements.words.value) Object.entries(typed).forEach(([name, value]) => { write.elements[name].value = value; });
  write.elements.key.value = newKey(); // a page brought back by the browser has the old one
  keep(kept());
  if (kept().length) send();
}

function countDown() {
  const shown = board().querySelector("[data-until]");
  if (!shown) return;
  const left = Math.round((new Date(shown.dataset.until) - Date.now()) / 1000);
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  shown.classList.toggle("over", left <= 0);
  shown.querySelector("[data-left]").textContent = left > 0 ? text : place.dataset.over;
}

if (place) {
  document.documentElement.classList.add("js");
  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act], [data-write]")) return;
    event.preventDefault();
    if (event.target.matches("[data-write]")) writeDown();
    else act(event.target);
  }, true);
  place.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-at-once]");
    if (form) { event.target.blur(); act(form); }
  });
  place.addEventListener("focusin", (event) => { if (event.target.matches("select[data-heads]")) offerHeads(event.target); });
  write?.addEventListener("input", draft);
  if (write) restore();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  setInterval(countDown, 1000);
  countDown();
  next();
}
