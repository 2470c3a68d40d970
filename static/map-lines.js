/* The lines of app/stakeholders/map_drawing.py, drawn again while a card is dragged. */
const BOW = 0.12;
const GAP = 4;
const path = (...parts) => parts.map((part) => (typeof part === "number" ? Math.round(part) : part)).join(" ");

export function curved([x1, y1], [x2, y2], half) {
  const [across, down] = [x2 - x1, y2 - y1];
  const bend = [x1 + across / 2 + down * BOW, y1 + down / 2 - across * BOW];
  const [start, end] = [edge([x1, y1], bend, half), edge([x2, y2], bend, half)];
  return path("M", ...start, "Q", ...bend, ...end);
}

export function reporting(report, manager, half, cellHeight) {
  if (report[1] - manager[1] < half.y * 2) return curved(report, manager, half);
  return path("M", ...manager, "V", report[1] - cellHeight / 2, "H", report[0], "V", report[1]);
}

export function coverage([x1, y1], [x2, y2]) {
  const middle = (y1 + y2) / 2;
  return path("M", x1, y1, "C", x1, middle, x2, middle, x2, y2);
}

function edge([x, y], toward, half) {
  const [across, down] = [Math.abs(toward[0] - x), Math.abs(toward[1] - y)];
  const share = Math.min(1, across ? (half.x + GAP) / across : 1, down ? (half.y + GAP) / down : 1);
  return [x + (toward[0] - x) * share, y + (toward[1] - y) * share];
}
