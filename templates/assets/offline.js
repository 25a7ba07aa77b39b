// Takes the whole site offline: every file goes into a cache, from which the service worker answers when the network does not.

import { site } from "./draw.js";

const AT_ONCE = 8;

/** Loads everything, and says on the button how far it is. */
export async function take(button) {
  button.disabled = true;
  try {
    await navigator.serviceWorker.register(new URL("sw.js", site));
    const { version, files } = await (await fetch(new URL("offline.json", site))).json();
    const cache = await caches.open(version);
    const known = new Set((await cache.keys()).map(({ url }) => url));
    const wanted = files.map((file) => new URL(file, site).href).filter((address) => !known.has(address));
    let done = files.length - wanted.length;
    const next = async () => {
      for (let address = wanted.pop(); address; address = wanted.pop()) {
        await cache.add(address);
        done += 1;
        button.textContent = `Taking it offline: ${Math.floor((done / files.length) * 100)} %`;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    for (const name of await caches.keys()) if (name !== version) await caches.delete(name);
    button.textContent = `Offline: all ${files.length} files are here`;
  } catch (error) {
    console.warn(error);
    button.textContent = "That did not work; try again when the network is there";
    button.disabled = false;
  }
}
