// Opens the page of observations without network: the last one that was read on this device.
// Only pages that end with « /observer/ » and their static files; everything else goes its way.

const KEPT = "traam-observer-1";
const isPage = (request, url) => request.mode === "navigate" && url.pathname.endsWith("/observer/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function fresh(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request.url, answer.clone());
    return answer;
  } catch (absent) {
    const known = await cache.match(request.url);
    if (known) return known;
    throw absent;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (isPage(event.request, url) || url.pathname.startsWith("/static/")) {
    event.respondWith(fresh(event.request));
  }
});
