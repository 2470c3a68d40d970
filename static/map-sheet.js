/* The part of the drawing one looks at. The drawing is one layer of the screen that is moved and
   scaled: while it moves, nothing of it is laid out or painted anew. Every class that changes on it
   costs a look at all its cards, so how much is drawn changes only once it rests. */
const LIMITS = [0.05, 3];
const STEP = 1.0015;
const START = 0.85; // large enough to read
const FITS = 0.8; // from here on all of it is readable at once
const FAR = 0.3; // smaller than this, words cannot be read and are not drawn
const MIDDLE = 0.55; // smaller than this, only names can be
const STILL = 160; // milliseconds after which it is drawn sharp again
const EDGE = 48; // pixels of the drawing that stay in sight
const TOOLS = 48; // pixels below the drawing for the tools in the corner

const within = (low, value, high) => Math.min(Math.max(value, low), high);

export class Sheet {
  x = 0;
  y = 0;
  scale = 1;
  drawnAt = 0;

  constructor(box, svg, seen) {
    this.box = box;
    this.svg = svg;
    const { width, height } = svg.viewBox.baseVal;
    this.whole = { width, height };
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    box.querySelector(".map-mini")?.remove();
    if (seen) this.see(seen);
    else this.begin();
  }

  get room() {
    return this.box.getBoundingClientRect();
  }

  get cards() {
    return this.svg.querySelectorAll(".man");
  }

  view() {
    return { x: this.x, y: this.y, scale: this.scale };
  }

  see({ x, y, scale }) {
    const room = this.room;
    this.scale = scale;
    this.x = within(EDGE - this.whole.width * scale, x, room.width - EDGE);
    this.y = within(EDGE - this.whole.height * scale, y, room.height - EDGE);
    this.waiting ||= requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.waiting = 0;
    this.svg.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    this.#mini();
    clearTimeout(this.still);
    if (this.scale === this.drawnAt) return;
    this.still = setTimeout(() => this.#rest(), this.drawnAt ? STILL : 0);
  }

  /** Draw it sharp, and as much of it as can be read. */
  #rest() {
    const { svg, scale } = this;
    this.drawnAt = scale;
    svg.classList.toggle("far", scale < FAR);
    svg.classList.toggle("middle", scale < MIDDLE);
    svg.style.willChange = "auto";
    requestAnimationFrame(() => (svg.style.willChange = ""));
  }

  /** All of it if that can be read, else those who decide. */
  begin() {
    if (this.#whole() >= FITS) return this.fit();
    const deciders = [...this.svg.querySelectorAll(".man[data-roles~='decider']")];
    const first = deciders.length ? deciders : [...this.cards].slice(0, 1);
    if (first.length) this.#look(first);
    else this.fit();
  }

  #look(nodes) {
    const places = nodes.map((node) => node.transform.baseVal.getItem(0).matrix);
    const room = this.room;
    const near = places.filter(({ e, f }) => Math.abs(e - places[0].e) * START < room.width / 2 && Math.abs(f - places[0].f) * START < room.height / 2);
    const mean = (name) => near.reduce((sum, place) => sum + place[name], 0) / near.length;
    const along = (middle, whole, seen) => (whole <= seen ? (seen - whole) / 2 : within(seen - whole, seen / 2 - middle, 0));
    this.see({
      x: along((mean("e") + 72) * START, this.whole.width * START, room.width),
      y: along((mean("f") + 30) * START, this.whole.height * START, room.height),
      scale: START,
    });
  }

  #whole() {
    const room = this.room;
    return Math.min(1, room.width / this.whole.width, (room.height - TOOLS) / this.whole.height);
  }

  /** All of it, but nobody drawn larger than life. */
  fit() {
    const room = this.room;
    const scale = Math.max(this.#whole(), LIMITS[0]);
    this.see({ x: (room.width - this.whole.width * scale) / 2, y: Math.max((room.height - TOOLS - this.whole.height * scale) / 2, 0), scale });
  }

  /** A place of the screen, on the drawing. */
  point(clientX, clientY) {
    const room = this.room;
    return [(clientX - room.x - this.x) / this.scale, (clientY - room.y - this.y) / this.scale];
  }

  /** Move by pixels of the screen. */
  pan(x, y) {
    this.see({ x: this.x + x, y: this.y + y, scale: this.scale });
  }

  /** Come closer (above 1) or go back, about a place of the screen. */
  zoom(by, clientX, clientY) {
    const room = this.room;
    const scale = within(LIMITS[0], this.scale * by, LIMITS[1]);
    const [x, y] = [(clientX ?? room.x + room.width / 2) - room.x, (clientY ?? room.y + room.height / 2) - room.y];
    const factor = scale / this.scale;
    this.see({ x: x - (x - this.x) * factor, y: y - (y - this.y) * factor, scale });
  }

  wheel(event) {
    event.preventDefault();
    this.zoom(STEP ** -(event.deltaMode ? event.deltaY * 30 : event.deltaY), event.clientX, event.clientY);
  }

  pinched(event) {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [one, other] = event.touches;
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    if (this.apart) this.zoom(apart / this.apart, (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
    this.apart = apart;
  }

  /** Bring a place of the drawing into sight, large enough to read. */
  reveal(x, y) {
    if (this.scale < MIDDLE) this.zoom(START / this.scale);
    const room = this.room;
    const [left, top] = [x * this.scale + this.x, y * this.scale + this.y];
    const inside = left > room.width * 0.1 && left < room.width * 0.9 && top > room.height * 0.1 && top < room.height * 0.9;
    if (!inside) this.centre(x, y);
  }

  centre(x, y) {
    const room = this.room;
    this.see({ x: room.width / 2 - x * this.scale, y: room.height / 2 - y * this.scale, scale: this.scale });
  }

  /** A small map of the whole in the corner, while only a part is in sight. */
  #mini() {
    const room = this.room;
    const { width, height } = this.whole;
    let small = this.box.querySelector(".map-mini");
    if (this.x >= -1 && this.y >= -1 && this.x + width * this.scale <= room.width + 1 && this.y + height * this.scale <= room.height + 1) return small?.remove();
    small ??= this.#draw();
    const seen = { x: -this.x / this.scale, y: -this.y / this.scale, width: room.width / this.scale, height: room.height / this.scale };
    for (const [name, value] of Object.entries(seen)) small.lastElementChild.setAttribute(name, value);
  }

  #draw() {
    const small = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    small.setAttribute("class", "map-mini");
    small.setAttribute("aria-hidden", "true");
    small.setAttribute("viewBox", `0 0 ${this.whole.width} ${this.whole.height}`);
    small.innerHTML = '<path class="dots"></path><path class="dots decider"></path><rect class="window"></rect>';
    const shape = (nodes) => [...nodes].map((node) => node.getAttribute("transform").replace(/translate\((\S+) (\S+)\)/, "M$1 $2h144v60h-144z")).join("");
    small.children[0].setAttribute("d", shape(this.cards));
    small.children[1].setAttribute("d", shape(this.svg.querySelectorAll(".man[data-roles~='decider']")));
    const go = (event) => {
      if (!event.buttons) return;
      event.stopPropagation();
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(small.getScreenCTM().inverse());
      this.centre(at.x, at.y);
    };
    small.addEventListener("pointerdown", go);
    small.addEventListener("pointermove", go);
    this.box.append(small);
    return small;
  }
}
