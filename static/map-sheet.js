/* The part of the drawing one looks at: its viewBox, moved and scaled. */
const LIMITS = [0.05, 3];
const STEP = 1.0015;
const READABLE = 0.4;
const FAR = 0.3; // smaller than this, words cannot be read and are not drawn

function dot(node) {
  const { e, f } = node.transform.baseVal.getItem(0).matrix;
  return `M${e} ${f}h144v60h-144z`;
}

export class Sheet {
  moved = null;

  constructor(stage, svg) {
    this.stage = stage;
    this.svg = svg;
    const { width, height } = svg.viewBox.baseVal;
    this.whole = { x: 0, y: 0, width, height };
    stage.querySelector(".map-mini")?.remove();
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("touchmove", (event) => this.pinched(event), { passive: false });
    svg.addEventListener("touchend", () => (this.apart = 0));
    this.begin();
  }

  /** All of it if that can be read, else the top of it. */
  begin() {
    this.fit();
    if (this.scale >= READABLE) return;
    const first = this.svg.querySelector(".man");
    const { e, f } = first.transform.baseVal.getItem(0).matrix;
    this.zoom(READABLE / this.scale);
    const seen = this.view();
    this.see({ ...seen, x: e - seen.width / 2, y: f - 30 });
  }

  /** Pixels on the screen for one unit of the drawing. */
  get scale() {
    return this.svg.getScreenCTM().a;
  }

  view() {
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    return { x, y, width, height };
  }

  see({ x, y, width, height }) {
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.svg.classList.toggle("far", this.svg.clientWidth / width < FAR);
    this.mini();
  }

  /** All of it, but nobody drawn larger than life. */
  fit() {
    const room = this.svg.getBoundingClientRect();
    const scale = Math.min(1, room.width / this.whole.width, room.height / this.whole.height);
    const [width, height] = [room.width / scale, room.height / scale];
    this.see({ x: (this.whole.width - width) / 2, y: 0, width, height });
  }

  point(clientX, clientY) {
    const at = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [at.x, at.y];
  }

  /** Move by pixels of the screen, once a frame however many moves there were. */
  pan(x, y) {
    if (!this.moved) requestAnimationFrame(() => this.#move());
    this.moved = [(this.moved?.[0] ?? 0) + x, (this.moved?.[1] ?? 0) + y];
  }

  #move() {
    const [x, y] = this.moved;
    const seen = this.view();
    const scale = this.scale;
    this.moved = null;
    this.see({ ...seen, x: seen.x - x / scale, y: seen.y - y / scale });
  }

  /** Come closer (above 1) or go back, about a point of the screen. */
  zoom(by, clientX, clientY) {
    const room = this.svg.getBoundingClientRect();
    const scale = this.scale;
    const factor = Math.min(Math.max(scale * by, LIMITS[0]), LIMITS[1]) / scale;
    const [x, y] = this.point(clientX ?? room.x + room.width / 2, clientY ?? room.y + room.height / 2);
    const seen = this.view();
    this.see({ x: x - (x - seen.x) / factor, y: y - (y - seen.y) / factor, width: seen.width / factor, height: seen.height / factor });
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

  /** Bring a point into sight, large enough to read. */
  reveal(x, y) {
    if (this.scale < 0.5) this.zoom(0.8 / this.scale);
    const seen = this.view();
    const inside = x > seen.x + seen.width * 0.1 && x < seen.x + seen.width * 0.9 && y > seen.y + seen.height * 0.1 && y < seen.y + seen.height * 0.9;
    if (!inside) this.see({ ...seen, x: x - seen.width / 2, y: y - seen.height / 2 });
  }

  /** A small map of the whole in the corner, while only a part is in sight. */
  mini() {
    const seen = this.view();
    const all = seen.width >= this.whole.width * 0.98 && seen.height >= this.whole.height * 0.98;
    let small = this.stage.querySelector(".map-mini");
    if (all) return small?.remove();
    if (!small) {
      small = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      small.setAttribute("class", "map-mini");
      small.setAttribute("aria-hidden", "true");
      small.innerHTML = '<path class="dots"></path><rect class="window"></rect>';
      small.firstChild.setAttribute("d", [...this.svg.querySelectorAll(".man")].map(dot).join(""));
      this.stage.append(small);
    }
    small.setAttribute("viewBox", `0 0 ${this.whole.width} ${this.whole.height}`);
    for (const [name, value] of Object.entries(seen)) small.lastElementChild.setAttribute(name, value);
  }
}
