/* Which of the map's people and ties are shown: layers, filters that add up, search, arrow keys. */
const KEPT = "banyan-map-layers";
const off = new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Shown {
  constructor(map, sheet) {
    this.map = map;
    this.sheet = sheet; // gives the sheet at hand, which is another one after each act
    this.filters = [...map.querySelectorAll("[data-filter]")];
    this.count = map.querySelector("[data-found]");
    for (const one of this.filters) one.addEventListener("change", () => this.filter());
    map.querySelector("[data-everyone]")?.addEventListener("click", () => this.everyone());
  }

  /** Apply to a drawing that has just come. */
  apply() {
    for (const button of this.map.querySelectorAll("[data-layer]")) {
      button.ariaPressed = String(!off.has(button.dataset.layer));
      this.sheet().svg.classList.toggle(`no-${button.dataset.layer}`, off.has(button.dataset.layer));
    }
    if (this.filters.some((one) => one.value)) this.filter();
  }

  layer(name) {
    if (!off.delete(name)) off.add(name);
    localStorage.setItem(KEPT, JSON.stringify([...off]));
    this.apply();
  }

  /** Only those whom every filter lets through stand out. */
  filter() {
    const set = this.filters.filter((one) => one.value);
    const hits = [...this.sheet().cards].filter((node) => set.every((one) => passes(node, one)));
    this.mark(set.length ? hits : null);
    if (this.count) this.count.textContent = set.length ? `${hits.length} / ${this.sheet().cards.length}` : "";
  }

  everyone() {
    for (const one of this.filters) one.value = "";
    this.filter();
  }

  /** Let some stand out; null for all the same. */
  mark(hits) {
    const among = new Set(hits ?? []);
    for (const node of this.sheet().cards) node.classList.toggle("hit", among.has(node));
    this.sheet().svg.classList.toggle("filtered", hits !== null);
  }

  /** Those whose words contain what was typed; gives the first. */
  find(typed) {
    const words = typed.trim().toLowerCase();
    if (!words) return this.filter(), null;
    const hits = [...this.sheet().cards].filter((node) => node.getAttribute("aria-label").toLowerCase().includes(words));
    this.mark(hits.length ? hits : null);
    return hits[0] ?? null;
  }
}

function passes(node, filter) {
  const part = filter.selectedOptions[0].dataset.part;
  return part === undefined ? node.matches(filter.value) : node.dataset[filter.value] === part;
}

/** The nearest card in the direction of an arrow key. */
export function neighbour(cards, from, key, centre) {
  const toward = ARROWS[key];
  if (!toward) return null;
  const [x, y] = centre(from);
  let [best, least] = [null, Infinity];
  for (const node of cards) {
    const [across, down] = [centre(node)[0] - x, centre(node)[1] - y];
    const along = across * toward[0] + down * toward[1];
    const aside = Math.abs(across * toward[1] - down * toward[0]);
    if (along > 1 && along + 2 * aside < least) [best, least] = [node, along + 2 * aside];
  }
  return best;
}
