/* Light and dark at once, kept on the server; and colours for scripts that draw. */
import { post } from "./http.js";

const root = document.documentElement;

/** A token's colour as it shows now: `tone("--decider")` is "rgb(…)". */
export function tone(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Call `draw` whenever the colours change. */
export function onTheme(draw) {
  new MutationObserver(draw).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

document.querySelector("[data-themes]")?.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  root.dataset.theme = event.submitter.value;
  for (const button of event.target.querySelectorAll("[name='theme']")) {
    button.ariaPressed = String(button === event.submitter);
  }
  post(event.target.action, new FormData(event.target, event.submitter));
});
