/* Decisions keep themselves while one types; what others wrote meanwhile is never overwritten unseen. */
const token = document.querySelector("meta[name='csrf-token']")?.content ?? "";
const PAUSE = 900;

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);

function watch(form) {
  const said = form.querySelector("[data-saved]");
  let timer = 0;
  let waiting = false;
  let busy = false;
  let outrun = false; // others' words stand there now: only a press of the button replaces them
  form.addEventListener("input", () => {
    waiting = true;
    said.textContent = "…";
    clearTimeout(timer);
    if (!outrun) timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); waiting = false; });
  // Another form of the page brings it anew: what is typed here is kept first, so that it stands there.
  document.addEventListener("submit", (event) => {
    if (!waiting || outrun || event.target === form) return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(timer);
    save().finally(() => { waiting = false; event.target.requestSubmit(event.submitter); });
  }, true);
  addEventListener("pagehide", () => { if (waiting && !outrun) send(form, true); });

  async function save() {
    if (busy) return (timer = setTimeout(save, PAUSE));
    busy = true;
    waiting = false;
    try {
      const response = await send(form, false);
      const answer = await response.json();
      form.elements.version.value = answer.version;
      said.textContent = answer.said;
      outrun = response.status === 409;
    } catch {
      waiting = true;
      said.textContent = document.body.dataset.fault;
    } finally {
      busy = false;
    }
  }
}

function send(form, keepalive) {
  const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch" };
  return fetch(form.action, { method: "POST", body: new FormData(form), headers, keepalive });
}
