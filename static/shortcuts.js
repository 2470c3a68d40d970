/* Keys for those who like them; off while typing, and off for good where a person says so. */
import { openPalette } from "./palette.js";
import { step } from "./tables.js";

const PAUSE = 1200;
const SWITCH = "banyan-shortcuts";
const acts = {
  "/": openPalette,
  "?": () => document.getElementById("keys")?.showModal(),
  n: () => document.querySelector("[data-new]")?.click(),
  j: () => step(1),
  k: () => step(-1),
};
let begun = -PAUSE; // when "g" was pressed, by the keyboard's clock: a busy page hears of it late

const wanted = document.querySelector("[data-shortcuts]");
if (wanted) {
  wanted.checked = localStorage.getItem(SWITCH) !== "off";
  wanted.addEventListener("change", () => localStorage.setItem(SWITCH, wanted.checked ? "on" : "off"));
}

function isTyping(target) {
  return target.matches("input, select, textarea, [contenteditable]") || document.querySelector("dialog[open]");
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return openPalette();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || wanted?.checked === false) return;
  press(event);
});

function press(event) {
  const isSecond = event.timeStamp - begun < PAUSE;
  begun = !isSecond && event.key === "g" ? event.timeStamp : -PAUSE;
  if (begun > 0) return;
  const keys = (isSecond ? "g " : "") + event.key;
  const place = document.querySelector(`[data-key="${CSS.escape(keys)}"]`);
  if (!place && !acts[keys]) return;
  event.preventDefault();
  if (place) place.click();
  else acts[keys]();
}
