/* Lists: rows by j and k, a click anywhere on a row, ticks, filters that send themselves. */
const LINK = "th[scope='row'] a, td a";

/** Go one row down (1) or up (-1) in the page's first list. */
export function step(by) {
  const rows = [...document.querySelectorAll("table.rows tbody tr, .lines > li")].filter((row) => row.querySelector("a"));
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.querySelector("a").focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  if (event.target.matches("td.tick")) return event.target.firstElementChild.click();
  const row = event.target.closest("table.rows[data-rows] tbody tr");
  if (!row || event.target.closest("a, button, input, select, label, summary, details") || `${getSelection()}`) return;
  const link = row.querySelector(LINK);
  if (link && (event.ctrlKey || event.metaKey)) open(link.href, "_blank", "noopener");
  else link?.click();
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.form?.matches("[data-auto]") && !box.matches("[type='search'], [type='text']")) return box.form.requestSubmit();
  const table = box.closest("table");
  if (!table || box.type !== "checkbox") return;
  const ticks = [...table.querySelectorAll("td.tick input")];
  const all = table.querySelector("[data-all]");
  if (box === all) for (const tick of ticks) tick.checked = all.checked;
  const count = ticks.filter((tick) => tick.checked).length;
  if (all) { all.checked = count === ticks.length; all.indeterminate = count > 0 && !all.checked; }
  tell(table.closest("form") ?? document, count);
});

function tell(place, count) {
  const bulk = place.querySelector("[data-bulk]");
  if (!bulk) return;
  bulk.hidden = !count;
  if (count) bulk.dispatchEvent(new Event("ticked")); // its acts come when they are first needed
  bulk.querySelector("[data-count]").textContent = count;
}
