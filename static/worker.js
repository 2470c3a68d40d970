/* Briefs and log forms without a connection: kept when a brief is opened, for the person who opened it. */
const SHELF = "briefs-";
const KEPT = /^\/visits\/\d+\/(brief|log)$/;
const MOST_PAGES = 40;
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function shelf() {
  const name = (await caches.keys()).find((one) => one.startsWith(SHELF));
  return name ? caches.open(name) : null;
}

async function forget(besides) {
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELF) && name !== besides) await caches.delete(name);
  }
}

async function put(cache, url) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (response.ok && !response.redirected) await cache.put(url, response);
}

/** Keep pages and what they are made of; another person's are thrown away first. */
async function keep({ person, pages, files }) {
  await forget(SHELF + person);
  const cache = await caches.open(SHELF + person);
  await Promise.all([...pages, ...files].map((url) => put(cache, url)));
  const old = (await cache.keys()).filter((request) => KEPT.test(new URL(request.url).pathname));
  await Promise.all(old.slice(0, -MOST_PAGES).map((request) => cache.delete(request)));
}

self.addEventListener("message", (event) => {
  const work = event.data.forget ? forget() : keep(event.data);
  event.waitUntil(work.then(() => event.source?.postMessage({ kept: true }), () => undefined));
});

/** The page from the server if it answers in time, else as kept. */
async function page(request) {
  const cache = await shelf();
  const kept = await cache?.match(request, { ignoreSearch: true });
  try {
    const response = await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (response.redirected && new URL(response.url).pathname === "/sign-in") await forget();
    else if (kept && response.ok) await cache.put(request, response.clone());
    return response;
  } catch (fault) {
    if (kept) return kept;
    throw fault;
  }
}

async function file(request) {
  const kept = await (await shelf())?.match(request);
  return kept ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && KEPT.test(url.pathname)) event.respondWith(page(event.request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event.request));
});
