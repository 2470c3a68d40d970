/* Short messages: those the page came with, and those that scripts or fragments raise. */
const LINGER = 8000;
const tray = document.getElementById("toasts");

/** Say something; it goes by itself unless it may not be missed. */
export function toast(text, { stay = false } = {}) {
  const made = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  made.querySelector("p").textContent = text;
  made.classList.toggle("warn", stay);
  made.toggleAttribute("data-stay", stay);
  tray.append(made);
  arm(made);
}

function arm(shown) {
  if (shown.hasAttribute("data-stay")) return;
  const leave = () => (shown.matches(":hover, :focus-within") ? setTimeout(leave, LINGER) : shown.remove());
  setTimeout(leave, LINGER);
}

for (const shown of document.querySelectorAll(".toast")) {
  shown.querySelector("[data-shut]").hidden = false;
  arm(shown);
}
document.addEventListener("click", (event) => event.target.closest("[data-shut]")?.closest(".toast").remove());

// A fragment says `HX-Trigger: {"toast": {"text": "…"}}`.
document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail));
for (const fault of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(fault, () => toast(document.body.dataset.fault, { stay: true }));
}
