/* A link marked data-follow is followed once it is swapped in: a file that has become ready. */
document.addEventListener("htmx:load", (event) => {
  const link = event.detail.elt.querySelector?.("a[data-follow]");
  if (link) location.assign(link.href);
});
