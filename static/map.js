/* The server's drawing made to move: pan, zoom, drag, focus, layers, the person beside it. */
import { send, refresh } from "./map-acts.js";
import { curved, reporting, coverage } from "./map-lines.js";
import { Sheet } from "./map-sheet.js";
import { Shown, neighbour } from "./map-show.js";
import { toast } from "./toasts.js";

const map = document.querySelector("[data-map]");
const stage = map?.querySelector("[data-stage]");
const box = map?.querySelector("[data-view]");
const panel = document.getElementById("panel");
const [cellWidth, cellHeight, cardWidth, cardHeight, margin] = (map?.dataset.cell ?? "").split(" ").map(Number);
const HALF = { x: cardWidth / 2, y: cardHeight / 2 };
const OURS = { x: 62, y: 14 };
const CLICK = 4; // pixels that a pointer may stray and still click
const bar = document.querySelector("[data-map-bar]");
const NARROW = matchMedia("(max-width: 75rem)"); // the panel stands below the map, not beside it
let sheet = null;
let isTyped = false;
let isHeld = false;

const shown = map && new Shown(map, () => sheet);

function arm(seen) {
  sheet = new Sheet(box, document.getElementById("drawing"), seen);
  shown.apply();
}

function pressed(event) {
  const man = event.target.closest?.(".man");
  if (!man || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = event.key === "Enter" ? man : neighbour(sheet.cards, man, event.key, centre);
  if (!next) return;
  event.preventDefault();
  if (next === man) open(man.dataset.id);
  else next.focus();
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
  if (event.button || !event.isPrimary || event.target.closest(".map-mini, button")) return;
  const node = event.target.closest(".man, .our");
  const start = { x: event.clientX, y: event.clientY };
  if (node?.matches(".man") && drawing()) return rubber(node, event);
  const from = node ? centre(node) : null;
  let strayed = false;
  const move = (now) => {
    strayed ||= Math.hypot(now.clientX - start.x, now.clientY - start.y) > CLICK;
    if (!strayed) return;
    if (sheet.apart) return; // two fingers come closer, they do not pull
    if (!node) return sheet.pan(now.movementX, now.movementY);
    const [x, y] = [(now.clientX - start.x) / sheet.scale, (now.clientY - start.y) / sheet.scale];
    put(node, from[0] + x, from[1] + y);
  };
  const stop = (now) => {
    removeEventListener("pointermove", move);
    if (now.type === "pointercancel") return;
    if (!strayed) return node?.matches(".man") ? open(node.dataset.id) : node ? null : shut();
    if (node?.matches(".man")) keep(node, from);
  };
  if (!node) box.setPointerCapture(event.pointerId);
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
function keep(node, from) {
  if (!map.dataset.edit) return;
  const begins = map.dataset.layout !== "free";
  send(map.dataset.places, places(begins ? sheet.cards : [node]));
  if (node.matches(".man")) remember({ id: node.dataset.id, at: from, again: centre(node) });
  if (!begins) return;
  map.dataset.layout = bar.elements.layout.value = "free";
  history.replaceState(null, "", address());
}

function places(nodes) {
  const found = new URLSearchParams({ deal: map.dataset.deal });
  for (const one of nodes) {
    const [x, y] = centre(one);
    found.append("at", [one.dataset.id, ((x - margin - HALF.x) / cellWidth).toFixed(4), ((y - margin - HALF.y) / cellHeight).toFixed(4)].join(":"));
  }
  return found;
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

/* What was done can be undone, and done again: an act by its address, a card by its places. */
const undone = [];
const done = [];

function remember(one) {
  done.push(one);
  undone.length = 0;
  offer();
}

function offer() {
  if (!undoButton) return;
  undoButton.disabled = !done.length;
  redoButton.disabled = !undone.length;
}

async function act(url, form, { look = false } = {}) {
  const told = await send(url, form);
  if (!told) return;
  if (told.undo) remember(told.undo);
  await show(told.person);
  if (look) await open(String(told.person));
}

async function back(from, to) {
  const one = from.pop();
  if (!one) return;
  if (typeof one !== "string") return putBack(one, to);
  const told = await send(one);
  if (told?.undo) to.push(told.undo);
  await show(told?.person);
}

async function putBack({ id, at, again }, to) {
  const node = card(id);
  if (!node) return offer();
  put(node, ...at);
  to.push({ id, at: again, again: at });
  offer();
  await send(map.dataset.places, places([node]));
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
  arm(seen);
  offer();
  if (personId && !panel.hidden) await open(personId, { stay: true });
}

/* Others work on the same map: what they change comes here too. */
const LOOK = 10000;

async function look() {
  if (document.hidden || isTyped || isHeld || document.querySelector("dialog[open]")) return;
  const answer = await fetch(map.dataset.mark, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok || (await answer.json()).mark === document.getElementById("answers").dataset.mark) return;
  const person = panel.hidden ? null : sheet.svg.querySelector(".chosen")?.dataset.id;
  await show(person);
  toast(map.dataset.changed);
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
map?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const asked = button.dataset;
  if (asked.layer) shown.layer(asked.layer);
  if (asked.zoom) sheet.zoom(Number(asked.zoom));
  if ("fit" in asked) sheet.fit();
  if ("fold" in asked) button.ariaExpanded = String(stage.classList.toggle("unfolded"));
  if ("full" in asked) document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen();
});

const find = map?.querySelector("[data-find]");
find?.addEventListener("input", () => {
  const first = shown.find(find.value);
  if (first) sheet.reveal(...centre(first));
});
find?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") { const hit = sheet.svg.querySelector(".hit"); if (hit) open(hit.dataset.id); }
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
  if (await refresh(url)) arm(seen);
}

if (map) {
  stage.classList.add("live");
  map.querySelectorAll("[data-tools]").forEach((part) => (part.hidden = false));
  arm();
  box.addEventListener("pointerdown", grab);
  box.addEventListener("wheel", (event) => sheet.wheel(event), { passive: false });
  box.addEventListener("touchmove", (event) => sheet.pinched(event), { passive: false });
  box.addEventListener("touchend", () => (sheet.apart = 0));
  box.addEventListener("click", (event) => event.target.closest(".man") && !event.ctrlKey && !event.metaKey && event.preventDefault());
  box.addEventListener("keydown", pressed);
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("focusin", (event) => event.target.matches(".man:focus-visible") && sheet.reveal(...centre(event.target)));
  if (map.dataset.focus) open(map.dataset.focus);
  addEventListener("pointerdown", () => (isHeld = true));
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (isHeld = false));
  if (map.dataset.mark) setInterval(look, LOOK);
}
