/* The server's drawing made to move: pan, zoom, drag, focus, layers, the person beside it. */
import { send, refresh } from "./map-acts.js";
import { curved, reporting, coverage } from "./map-lines.js";
import { Sheet } from "./map-sheet.js";

const map = document.querySelector("[data-map]");
const stage = map?.querySelector("[data-stage]");
const panel = document.getElementById("panel");
const [cellWidth, cellHeight, cardWidth, cardHeight, margin] = (map?.dataset.cell ?? "").split(" ").map(Number);
const HALF = { x: cardWidth / 2, y: cardHeight / 2 };
const OURS = { x: 62, y: 14 };
const CLICK = 4; // pixels that a pointer may stray and still click
const bar = document.querySelector("[data-map-bar]");
const NARROW = matchMedia("(max-width: 75rem)"); // the panel stands below the map, not beside it
let sheet = null;
let isTyped = false;

if (map) {
  arm();
  map.querySelectorAll("[data-tools]").forEach((part) => (part.hidden = false));
  stage.classList.add("live");
  if (map.dataset.focus) open(map.dataset.focus);
}

function arm() {
  sheet = new Sheet(stage, document.getElementById("drawing"));
  sheet.svg.addEventListener("pointerdown", grab);
  sheet.svg.addEventListener("click", (event) => event.target.closest(".man") && !event.ctrlKey && !event.metaKey && event.preventDefault());
  sheet.svg.addEventListener("keydown", (event) => {
    const man = event.target.closest?.(".man");
    if (man && event.key === "Enter") { event.preventDefault(); open(man.dataset.id); }
  });
  sheet.svg.addEventListener("dragstart", (event) => event.preventDefault());
}

/** The middle of a card, on the sheet. */
function centre(node) {
  const { e, f } = node.transform.baseVal.getItem(0).matrix;
  const half = node.matches(".our") ? OURS : HALF;
  return [e + half.x, f + half.y];
}

const card = (id) => sheet.svg.querySelector(`.man[data-id="${CSS.escape(id)}"]`);
const our = (id) => sheet.svg.querySelector(`.our[data-ours="${CSS.escape(id)}"]`);

function ends(line) {
  const from = line.matches(".coverage") ? our(line.dataset.from) : card(line.dataset.from);
  return [from, card(line.dataset.to)];
}

function redraw(line) {
  const [from, to] = ends(line);
  if (!from || !to) return;
  const way = line.matches(".coverage") ? coverage : line.matches(".reports_to") ? reporting : curved;
  line.setAttribute("d", way(centre(from), centre(to), HALF, cellHeight));
}

function linesOf(node) {
  const id = node.dataset.id ?? node.dataset.ours;
  const ours = node.matches(".our");
  return [...sheet.svg.querySelectorAll(`.tie[data-from="${id}"], .tie[data-to="${id}"]`)].filter((line) =>
    ours ? line.matches(".coverage") && line.dataset.from === id : !(line.matches(".coverage") && line.dataset.to !== id));
}

function grab(event) {
  if (event.button) return;
  const node = event.target.closest(".man, .our");
  const start = { x: event.clientX, y: event.clientY };
  if (node?.matches(".man") && drawing()) return rubber(node, event);
  const from = node ? centre(node) : null;
  let strayed = false;
  const move = (now) => {
    strayed ||= Math.hypot(now.clientX - start.x, now.clientY - start.y) > CLICK;
    if (!strayed) return;
    if (!node) return sheet.pan(now.movementX, now.movementY);
    const [x, y] = [(now.clientX - start.x) / sheet.scale, (now.clientY - start.y) / sheet.scale];
    put(node, from[0] + x, from[1] + y);
  };
  const stop = (now) => {
    stage.classList.remove("panning");
    removeEventListener("pointermove", move);
    if (now.type === "pointercancel") return;
    if (!strayed) return node?.matches(".man") ? open(node.dataset.id) : node ? null : shut();
    if (node?.matches(".man")) keep(node);
    sheet.mini();
  };
  if (!node) stage.classList.add("panning");
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop, { once: true });
  addEventListener("pointercancel", stop, { once: true });
}

function put(node, x, y) {
  const half = node.matches(".our") ? OURS : HALF;
  node.setAttribute("transform", `translate(${Math.round(x - half.x)} ${Math.round(y - half.y)})`);
  for (const line of linesOf(node)) redraw(line);
}

/** Where cards stand is kept, for the layout by hand: all of them when it begins, then each. */
function keep(node) {
  if (!map.dataset.edit) return;
  const begins = map.dataset.layout !== "free";
  const places = new URLSearchParams({ deal: map.dataset.deal });
  for (const one of begins ? sheet.svg.querySelectorAll(".man") : [node]) {
    const [x, y] = centre(one);
    places.append("at", [one.dataset.id, ((x - margin - HALF.x) / cellWidth).toFixed(4), ((y - margin - HALF.y) / cellHeight).toFixed(4)].join(":"));
  }
  send(map.dataset.places, places);
  if (!begins) return;
  map.dataset.layout = bar.elements.layout.value = "free";
  history.replaceState(null, "", address());
}

/* Ties are drawn by dragging from card to card. */
const drawButton = map?.querySelector("[data-draw]");
const drawing = () => drawButton?.ariaPressed === "true";
drawButton?.addEventListener("click", () => { drawButton.ariaPressed = String(!drawing()); });

function rubber(node, event) {
  const band = document.createElementNS("http://www.w3.org/2000/svg", "path");
  band.setAttribute("class", "rubber");
  sheet.svg.querySelector("#cards").append(band);
  const [x1, y1] = centre(node);
  let target = null;
  const move = (now) => {
    const [x2, y2] = sheet.point(now.clientX, now.clientY);
    band.setAttribute("d", `M${x1} ${y1}L${x2} ${y2}`);
    const over = document.elementFromPoint(now.clientX, now.clientY)?.closest(".man");
    if (over === target) return;
    target?.classList.remove("target");
    target = over !== node ? over : null;
    target?.classList.add("target");
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", () => {
    removeEventListener("pointermove", move);
    band.remove();
    target?.classList.remove("target");
    if (target) askTie(node, target);
  }, { once: true });
}

function askTie(one, other) {
  const dialog = document.getElementById("draw-tie");
  const name = (node) => node.querySelector("title").textContent.split("\n")[0];
  dialog.querySelector("[data-one]").textContent = name(one);
  dialog.querySelector("[data-other]").textContent = name(other);
  dialog.returnValue = "no";
  dialog.showModal();
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "yes") return;
    const form = new FormData(dialog.querySelector("form"));
    form.set("other", other.dataset.id);
    await act(`${map.dataset.people}${one.dataset.id}/ties`, form);
  }, { once: true });
}

/* A person is added without leaving the map; the link still leads to the whole form. */
document.querySelector("[data-add]")?.addEventListener("click", (event) => {
  const dialog = document.getElementById("add-person");
  if (!dialog || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const form = dialog.querySelector("form");
  form.reset();
  dialog.returnValue = "no";
  dialog.showModal();
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && act(form.dataset.action, new FormData(form), { look: true }), { once: true });
});

/* What was done can be undone, and done again. */
const undone = [];
const done = [];

async function act(url, form, { look = false } = {}) {
  const told = await send(url, form);
  if (!told) return;
  if (told.undo) done.push(told.undo);
  undone.length = 0;
  await show(told.person);
  if (look) await open(String(told.person));
}

async function back(from, to) {
  const url = from.pop();
  if (!url) return;
  const told = await send(url);
  if (told?.undo) to.push(told.undo);
  await show(told?.person);
}

const undoButton = map?.querySelector("[data-undo]");
const redoButton = map?.querySelector("[data-redo]");
undoButton?.addEventListener("click", () => back(done, undone));
redoButton?.addEventListener("click", () => back(undone, done));
addEventListener("keydown", (event) => {
  if (!map || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  if (event.shiftKey) back(undone, done);
  else back(done, undone);
});

/** Fetch the page anew and put its drawing and answers here, where we were looking. */
async function show(personId, url = location.href) {
  const seen = sheet.view();
  if (!(await refresh(url))) return;
  arm();
  sheet.see(seen);
  applyLayers();
  if (undoButton) { undoButton.disabled = !done.length; redoButton.disabled = !undone.length; }
  if (personId && !panel.hidden) await open(personId, { stay: true });
}

/* The person beside the map. An answer that comes after another was asked for, or after the
   panel was shut, is too late. */
let asked = 0;

async function open(id, { stay = false } = {}) {
  const node = card(id);
  if (!node) return shut();
  focus(node);
  if (!stay) sheet.reveal(...centre(node));
  const mine = ++asked;
  const answer = await fetch(`${map.dataset.people}${id}/panel?deal=${map.dataset.deal}`, { headers: { "HX-Request": "true" } });
  const text = answer.ok ? await answer.text() : "";
  if (!text || mine !== asked || (stay && isTyped)) return; // what is being typed is not taken away
  panel.innerHTML = text;
  isTyped = false;
  panel.hidden = false;
  if (stay) return;
  panel.querySelector("a").focus({ preventScroll: true });
  if (NARROW.matches) panel.scrollIntoView({ block: "start" });
}

function shut() {
  asked += 1;
  panel.hidden = true;
  focus(null);
}

function focus(node) {
  sheet.svg.querySelectorAll(".near, .chosen").forEach((one) => one.classList.remove("near", "chosen"));
  sheet.svg.classList.toggle("focused", Boolean(node));
  if (!node) return;
  node.classList.add("near", "chosen");
  for (const line of linesOf(node)) {
    line.classList.add("near");
    for (const end of ends(line)) end?.classList.add("near");
  }
}

panel?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const values = new FormData(form, event.submitter);
  isTyped = false;
  act(form.action, values);
});
panel?.addEventListener("input", (event) => { isTyped ||= !event.target.form?.matches("[data-auto-send]"); });
panel?.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-auto-send]")) form.requestSubmit(form.querySelector("[data-send]"));
});
panel?.addEventListener("click", (event) => event.target.closest("[data-close]") && shut());
addEventListener("keydown", (event) => event.key === "Escape" && map && !panel.hidden && !document.querySelector("dialog[open]") && shut());
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (!link || !map || event.ctrlKey || event.metaKey || !card(link.dataset.go)) return;
  event.preventDefault();
  open(link.dataset.go);
});

/* Layers, search, zoom. */
const KEPT = "banyan-map-layers";
const off = new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));

function applyLayers() {
  for (const button of map.querySelectorAll("[data-layer]")) {
    button.ariaPressed = String(!off.has(button.dataset.layer));
    sheet.svg.classList.toggle(`no-${button.dataset.layer}`, off.has(button.dataset.layer));
  }
}

if (map) applyLayers();
map?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.layer) {
    if (!off.delete(button.dataset.layer)) off.add(button.dataset.layer);
    localStorage.setItem(KEPT, JSON.stringify([...off]));
    applyLayers();
  }
  if (button.dataset.zoom) sheet.zoom(Number(button.dataset.zoom));
  if ("fit" in button.dataset) sheet.fit();
  if ("full" in button.dataset) document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen();
});

const find = map?.querySelector("[data-find]");
find?.addEventListener("input", () => {
  const words = find.value.trim().toLowerCase();
  let first = null;
  for (const node of sheet.svg.querySelectorAll(".man")) {
    const hit = Boolean(words) && node.getAttribute("aria-label").toLowerCase().includes(words);
    node.classList.toggle("hit", hit);
    if (hit) first ??= node;
  }
  sheet.svg.classList.toggle("filtered", Boolean(first));
  if (first) sheet.reveal(...centre(first));
});
find?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") { const hit = sheet.svg.querySelector(".hit"); if (hit) open(hit.dataset.id); }
});

const only = map?.querySelector("[data-filter]");
only?.addEventListener("change", () => {
  const part = only.selectedOptions[0].dataset.part;
  for (const node of sheet.svg.querySelectorAll(".man")) {
    node.classList.toggle("hit", part === undefined ? Boolean(only.value) && node.matches(only.value) : node.dataset[only.value] === part);
  }
  sheet.svg.classList.toggle("filtered", Boolean(only.value));
});

/* What if: asked and answered in place. */
map?.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-what-if]")) return;
  event.preventDefault();
  const form = event.target;
  await peek(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
  document.querySelector("[data-what-if]").scrollIntoView({ block: "nearest" });
});

/* The bar above: another layout, deal or day without a new page. */
const slider = bar?.querySelector("[data-slider]");
if (slider) slider.hidden = false;
let waiting = 0;
bar?.addEventListener("input", (event) => {
  if (event.target.id !== "days") return;
  const day = new Date();
  day.setDate(day.getDate() + Number(event.target.value));
  bar.elements.on.value = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
  clearTimeout(waiting);
  waiting = setTimeout(() => peek(address()), 150);
});
bar?.addEventListener("change", (event) => { if (event.target.id !== "days") location.assign(address()); else location.replace(address()); });

function address() {
  const words = new URLSearchParams(new FormData(bar));
  words.delete("csrf_token");
  for (const [name, value] of [...words]) if (!value) words.delete(name);
  return `${bar.getAttribute("action")}?${words}`;
}

async function peek(url) {
  const seen = sheet.view();
  if (await refresh(url)) { arm(); sheet.see(seen); applyLayers(); }
}
