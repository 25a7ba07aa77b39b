// Answers from the cache what the network does not. Pages come from the network first, so that nobody reads an old one while online.

const cached = (request) => caches.match(request, { ignoreSearch: true, ignoreVary: true });

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : part(request));
});

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const known = await cached(request);
    if (known) return known;
    throw error;
  }
}

/** A file under a fingerprint never changes; any other is asked for first. */
async function part(request) {
  const isFixed = /\/assets\//.test(request.url);
  const known = await cached(request);
  if (known && isFixed) return known;
  try {
    return await fetch(request);
  } catch (error) {
    if (known) return known;
    throw error;
  }
}
