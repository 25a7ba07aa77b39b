// Answers from the cache what the network does not. Pages come from the network first, so that nobody reads an old one while online.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : part(request));
});

const cached = (address) => caches.match(address, { ignoreVary: true });

/** A page without a network: also from an address with a query, or without its last slash; or else the page that says so. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const { origin, pathname } = new URL(request.url);
    const folder = pathname.endsWith("/") ? pathname : `${pathname}/`;
    const known = await cached(origin + pathname);
    if (known) return known;
    if (folder !== pathname && (await cached(origin + folder))) return Response.redirect(origin + folder);
    const missing = new URL("404.html", registration.scope);
    if (await cached(missing)) return Response.redirect(missing);
    throw error;
  }
}

/** A file under a fingerprint never changes; any other is asked for first. */
async function part(request) {
  const known = /\/assets\//.test(request.url) && (await cached(request));
  if (known) return known;
  try {
    return await fetch(request);
  } catch (error) {
    const { origin, pathname } = new URL(request.url);
    const kept = (await cached(request)) ?? (await cached(origin + pathname));
    if (kept) return kept;
    throw error;
  }
}
