/* Dialogs, questions before a loss, and forms left with something typed in them. */
const confirm = document.getElementById("confirm");
const agreed = new WeakSet();

/** Ask before something is lost; resolves to whether to go on. */
export function ask(question, word) {
  const yes = confirm.querySelector("[value='yes']");
  confirm.querySelector("h2").textContent = question;
  yes.textContent = word || yes.dataset.word;
  confirm.returnValue = "no";
  confirm.showModal();
  return new Promise((resolve) => {
    confirm.addEventListener("close", () => resolve(confirm.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asker = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!confirm || !asker.dataset.confirm || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(asker.dataset.confirm, asker.dataset.word))) return;
  agreed.add(form);
  form.requestSubmit(event.submitter);
}, { capture: true });

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target.matches("dialog[open]")) event.target.close(); // the veil
});

for (const opener of document.querySelectorAll("[data-open][hidden]")) opener.hidden = false;

const dirty = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) dirty.add(form);
});
document.addEventListener("submit", (event) => dirty.delete(event.target));
addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});

document.querySelector("[data-errors]")?.focus();
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
