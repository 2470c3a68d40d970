/* The board: a card dragged or pushed by keys asks for its evidence; nothing is reloaded whole. */
const dialog = document.getElementById("moving");
const ready = new WeakSet();
let putBack = null;
let Sortable = null;

/** Where a card's act leads; nothing for those who may not. */
const act = (card, name) => card.querySelector(`.${name}`)?.getAttribute("href");

/** Open the move form for a card that was dropped on, or pushed to, a stage. */
const ask = (card, to) => show(`${act(card, "move")}?to=${to}`);

/** Open a form of a card's in the dialog. */
async function show(url) {
  if (!window.htmx) return location.assign(url);
  await htmx.ajax("GET", url, { target: "#moving-body", swap: "innerHTML" });
  dialog.showModal();
  dialog.querySelector("textarea, select")?.focus();
}

function dropped(event) {
  if (event.from === event.to) return;
  const { item, from, oldDraggableIndex } = event;
  const back = () => from.insertBefore(item, from.children[oldDraggableIndex] ?? null);
  const { stage } = event.to.closest(".lane").dataset;
  if (stage === from.closest(".lane").dataset.stage) return back(); // another lane, the same stage
  putBack = back;
  ask(item, stage);
}

function prepare() {
  if (!Sortable) return;
  for (const cards of document.querySelectorAll("#board .cards")) {
    if (ready.has(cards)) continue;
    ready.add(cards);
    cards.classList.add("drags");
    Sortable.create(cards, { group: "deals", draggable: ".deal", filter: ".deal:not(:has(.move))", preventOnFilter: false, sort: false, animation: 120, delay: 180, delayOnTouchOnly: true, onEnd: dropped });
  }
}

/** Ask for the part of this page with an id again, and put it in place. */
async function refresh(url, id) {
  await htmx.ajax("GET", url, { target: `#${id}`, select: `#${id}`, swap: "outerHTML" });
  prepare();
}

document.addEventListener("moved", async (event) => {
  putBack = null;
  dialog.close();
  await refresh(document.getElementById("board").dataset.here, "board");
  document.querySelector(`.deal > a[href='/pipeline/${event.detail.id}']`)?.focus();
});

dialog.addEventListener("close", () => {
  putBack?.();
  putBack = null;
});

document.addEventListener("click", (event) => {
  const go = event.target.closest(".deal p > a");
  const more = event.target.closest("[data-more]");
  const cancel = event.target.closest("#moving .submit a");
  if (event.ctrlKey || event.metaKey || !(go || more || cancel) || !window.htmx) return;
  event.preventDefault();
  if (go) show(go.getAttribute("href"));
  else if (more) refresh(more.href.split("#")[0], more.closest(".lane").id);
  else dialog.close();
});

/** The columns that a card may go to: of its own swimlane, where there are some. */
const lanes = (card) => [...(card.closest(".swim") ?? document.getElementById("board")).querySelectorAll(".lane")];
const cardsOf = (lane) => [...lane.querySelectorAll(".deal")];

/** The card one step away: up and down in a column, or the nearest of the next column with cards. */
function neighbour(card, across, down) {
  const lane = card.closest(".lane");
  const at = cardsOf(lane).indexOf(card);
  if (down) return cardsOf(lane)[at + down];
  const all = lanes(card);
  for (let next = all.indexOf(lane) + across; next >= 0 && next < all.length; next += across) {
    const found = cardsOf(all[next]);
    if (found.length) return found[Math.min(at, found.length - 1)];
  }
  return null;
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.(".deal");
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "e" && act(card, "quick")) {
    event.preventDefault();
    return show(act(card, "quick"));
  }
  if (!step) return;
  const [across, down] = step;
  event.preventDefault();
  if (!event.shiftKey) return neighbour(card, across, down)?.querySelector("a").focus();
  const all = lanes(card);
  const to = all[all.indexOf(card.closest(".lane")) + across];
  if (across && to && act(card, "move")) ask(card, to.dataset.stage);
});

try {
  ({ default: Sortable } = await import("./vendor/sortable.esm.js"));
  prepare();
} catch {
  // without it cards are moved by keys and by their buttons
}
