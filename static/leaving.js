/* What a person leaves on this device goes when they sign out; unsent logs are asked about first. */
const unsent = () => Object.keys(localStorage).filter((one) => /^(log|retro):/.test(one));

if (unsent().length) {
  import("./outbox.js");
  for (const form of document.querySelectorAll("form[action^='/sign-out']")) form.dataset.confirm = document.body.dataset.unsent;
}

const mine = `briefs-${document.body.dataset.person}`;
globalThis.caches?.keys().then((names) => names.forEach((name) => name.startsWith("briefs-") && name !== mine && caches.delete(name)));

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.getAttribute("action")?.includes("/sign-out")) return;
  for (const one of unsent()) localStorage.removeItem(one);
  globalThis.caches?.keys().then((names) => names.forEach((name) => name.startsWith("briefs-") && caches.delete(name)));
});
