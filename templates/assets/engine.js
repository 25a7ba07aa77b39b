// Calls the engine: in a worker, or in the page itself where the browser lets no worker start (a page of another origin).

/** An engine at work. */
export class Engine {
  #worker;
  #core;
  #calls = new Map();
  #last = 0;

  /** Starts an engine with what the page is about. */
  static async start(context) {
    const engine = new Engine();
    const address = new URL("./worker.js", import.meta.url);
    if (address.origin === location.origin) {
      engine.#worker = new Worker(address, { type: "module" });
      engine.#worker.addEventListener("message", ({ data }) => engine.#hear(data));
      engine.#worker.addEventListener("error", (event) => engine.#fail(event));
    } else {
      const { Core } = await import("./core.js");
      engine.#core = new Core();
    }
    await engine.call("start", context);
    return engine;
  }

  /** Calls a method of `Core`. */
  call(method, ...given) {
    if (this.#core) return Promise.resolve(this.#core[method](...given));
    return this.#send(method, given);
  }

  /** Reads a file; `progress` gets the share that was read, and `cancel` of the result stops it. */
  readFile(file, name, progress) {
    if (this.#core) {
      let cancelled = false;
      const done = this.#core.readFile(file, name, progress, () => cancelled);
      return { done, cancel: () => (cancelled = true) };
    }
    const done = this.#send("readFile", [file, name], progress);
    const id = this.#last;
    return { done, cancel: () => this.#worker.postMessage({ method: "cancel", given: [id] }) };
  }

  #send(method, given, progress) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject, progress });
      this.#worker.postMessage({ id, method, given });
    });
  }

  #hear({ id, share, result, error }) {
    const call = this.#calls.get(id);
    if (share !== undefined) return call.progress(share);
    this.#calls.delete(id);
    if (error === undefined) call.resolve(result);
    else call.reject(new Error(error));
  }

  #fail(event) {
    for (const { reject } of this.#calls.values()) reject(new Error(event.message || "the engine's thread could not be started"));
    this.#calls.clear();
  }
}
