/* A line of Today is put off in place: the link's page does the same without scripts. */
const dialog = document.getElementById("later");

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-later]");
  if (!link || !dialog || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const form = dialog.querySelector("form");
  form.action = link.getAttribute("href");
  dialog.querySelector("[data-what]").textContent = link.closest("li").querySelector("b").textContent;
  dialog.showModal();
  form.elements.reason.focus();
});

dialog?.querySelector("[data-shut]").addEventListener("click", () => dialog.close());
