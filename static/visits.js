/* Visits on the calendar: dragged to another day, by mouse or by finger. The form in each does it by keyboard. */
const calendar = document.querySelector("[data-calendar]");
const form = document.getElementById("moving");

function move(visit, day) {
  form.action = `/visits/${visit}/move`;
  form.elements.on.value = day;
  form.requestSubmit();
}

async function prepare() {
  let Sortable;
  try {
    ({ default: Sortable } = await import("./vendor/sortable.esm.js"));
  } catch {
    return; // the little forms remain
  }
  for (const day of calendar.querySelectorAll("[data-day]")) {
    Sortable.create(day, {
      group: "days", draggable: "[data-visit]", sort: false, animation: 120, delay: 180, delayOnTouchOnly: true,
      filter: "summary, form", preventOnFilter: false,
      onEnd({ item, from, to }) {
        if (from !== to) move(item.dataset.visit, to.dataset.day);
      },
    });
  }
}

if (calendar) prepare();
