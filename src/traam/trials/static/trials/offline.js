// Keeps this page and its files on this device, so that it opens without network.

const KEPT = "traam-observer-1";
const WHO = "/traam-observer-person";

/** What another person had kept here goes first. */
async function ofThisPerson(cache, person) {
  const known = await cache.match(WHO);
  if (known && (await known.text()) === person) return cache;
  await caches.delete(KEPT);
  const made = await caches.open(KEPT);
  await made.put(WHO, new Response(person));
  return made;
}

export async function keepPage(worker, person) {
  if (!("serviceWorker" in navigator) || !("caches" in window) || !navigator.onLine) return;
  await navigator.serviceWorker.register(worker, { scope: "/essais/" });
  const cache = await ofThisPerson(await caches.open(KEPT), person);
  const files = performance.getEntriesByType("resource").map((each) => each.name);
  const ours = files.filter((each) => new URL(each).pathname.startsWith("/static/"));
  await cache.addAll([location.pathname, ...new Set(ours)]);
}
