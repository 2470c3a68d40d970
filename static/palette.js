/* One box to find anything or go anywhere. Answers come from the search address of the page. */
import { begin } from "./busy.js";

const DELAY = 120;
const dialog = document.getElementById("palette");
const box = dialog?.querySelector("input");
const list = dialog?.querySelector(".hits");
const note = dialog?.querySelector("[role='status']");
let timer = 0;
let asked = null;

export function openPalette() {
  if (!dialog || dialog.open) return;
  box.value = "";
  show(places());
  dialog.showModal();
}

function places() {
  const links = document.querySelectorAll(".rail li a, .acts a[href]");
  const items = [...links].map((link) => ({ text: link.textContent.trim(), url: link.href, keys: "new" in link.dataset ? "n" : link.dataset.key, icon: iconOf(link) }));
  return [{ label: note.dataset.places, items }];
}

function iconOf(link) {
  return link.querySelector("use")?.getAttribute("href").split("#")[1];
}

async function search() {
  const words = box.value.trim();
  asked?.abort();
  if (!words) return show(places());
  asked = new AbortController();
  const end = begin();
  try {
    const address = `${document.body.dataset.search}?q=${encodeURIComponent(words)}`;
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    show((await answer.json()).groups);
  } catch (error) {
    if (error.name !== "AbortError") note.textContent = note.dataset.fault;
  } finally {
    end();
  }
}

function show(groups) {
  const filled = groups.filter((group) => group.items.length);
  list.replaceChildren(...filled.map(section));
  [...list.querySelectorAll("a")].forEach((link, at) => (link.id = `hit-${at}`));
  note.textContent = filled.length ? "" : note.dataset.none;
  choose(0);
}

function section(group) {
  const part = document.createElement("div");
  const title = document.createElement("h3");
  title.textContent = group.label;
  part.setAttribute("role", "group");
  part.setAttribute("aria-label", group.label);
  title.setAttribute("role", "presentation");
  part.append(title, ...group.items.map(hit));
  return part;
}

function hit(item) {
  const link = document.createElement("a");
  link.href = item.url;
  link.role = "option";
  link.tabIndex = -1;
  if (item.icon) link.append(picture(item.icon));
  link.append(item.text);
  if (item.note || item.keys) {
    const more = document.createElement("small");
    more.textContent = item.note ?? item.keys;
    link.append(more);
  }
  return link;
}

function picture(name) {
  const drawn = document.querySelector(".find .icon").cloneNode(true);
  const use = drawn.firstElementChild;
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
  return drawn;
}

function choose(at) {
  const links = [...list.querySelectorAll("a")];
  const chosen = links[(at + links.length) % (links.length || 1)];
  for (const link of links) link.setAttribute("aria-selected", String(link === chosen));
  box.setAttribute("aria-activedescendant", chosen?.id ?? "");
  chosen?.scrollIntoView({ block: "nearest" });
}

function move(by) {
  const links = [...list.querySelectorAll("a")];
  choose(links.findIndex((link) => link.ariaSelected === "true") + by);
}

function open(event) {
  const chosen = list.querySelector("[aria-selected='true']");
  if (!chosen) return search();
  if (event.ctrlKey || event.metaKey) window.open(chosen.href, "_blank", "noopener");
  else chosen.click();
}

box?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, DELAY);
});
box?.addEventListener("keydown", (event) => {
  const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => open(event) }[event.key];
  if (!act || event.isComposing) return;
  event.preventDefault();
  act();
});
list?.addEventListener("click", () => dialog.close());
list?.addEventListener("pointermove", (event) => {
  const link = event.target.closest("a");
  if (link && link.ariaSelected !== "true") choose([...list.querySelectorAll("a")].indexOf(link));
});
document.querySelector(".find")?.addEventListener("click", (event) => {
  event.preventDefault();
  openPalette();
});
