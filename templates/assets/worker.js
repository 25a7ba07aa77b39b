// The engine in a thread of its own, so that the page stays responsive whatever is pasted.

import { Core } from "./core.js";

const core = new Core();
const cancelled = new Set();

addEventListener("message", async ({ data: { id, method, given } }) => {
  if (method === "cancel") return cancelled.add(given[0]);
  try {
    const result =
      method === "readFile"
        ? await core.readFile(...given, (share) => postMessage({ id, share }), () => cancelled.has(id))
        : await core[method](...given);
    postMessage({ id, result });
  } catch (error) {
    postMessage({ id, error: error.message ?? String(error) });
  }
});
