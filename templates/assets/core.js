// The engine with what it loads: the module, the knowledge, and words when they are shown. Runs in a worker, or in the page where no worker may start.

import init, { Checker, curl_command } from "./glue.js";

const PIECE = 1 << 20;
const shownFolder = new URL("./shown/", import.meta.url);
const at = (name) => new URL(name, import.meta.url);

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return response;
}

const bytes = async (address) => new Uint8Array(await (await load(address)).arrayBuffer());

/** The engine as methods that other threads can call. */
export class Core {
  #checker;
  #loaded = new Map();

  async start({ code = "", system = "", cause = "" }) {
    const [knowledge] = await Promise.all([bytes(at("./knowledge.bin")), init({ module_or_path: at("./checker.wasm") })]);
    this.#checker = new Checker(knowledge, code, system, cause);
  }

  /** One of the checker's own methods, and what is to be shown then. */
  tell(method, ...given) {
    this.#checker[method](...given);
    return this.show();
  }

  show() {
    return JSON.parse(this.#checker.show());
  }

  report(...given) {
    return this.#checker.report(...given);
  }

  curl(address, shell) {
    return curl_command(address, shell);
  }

  /** Loads the words of systems and the advice on causes; the drawing of the path comes back. */
  async fetchWords({ systems, causes, path }) {
    const words = systems.map((id) => this.#once(`words/${id}.bin`, (words) => this.#checker.take_words(words)));
    const advice = causes.map((id) => this.#once(`advice/${id}.bin`, (advice) => this.#checker.take_advice(id, advice)));
    await Promise.all([...words, ...advice]);
    return path ? this.#once(`paths/${path}.txt`, (drawing) => new TextDecoder().decode(drawing)) : "";
  }

  /** Loads a file once; after a failure the next attempt loads it again. */
  #once(name, take) {
    if (!this.#loaded.has(name)) {
      const loading = bytes(new URL(name, shownFolder)).then(take);
      loading.catch(() => this.#loaded.delete(name));
      this.#loaded.set(name, loading);
    }
    return this.#loaded.get(name);
  }

  /** Reads a file piece by piece, until `isCancelled`; each piece is told to `progress`. */
  async readFile(file, name, progress, isCancelled) {
    this.#checker.begin_file(name);
    for (let start = 0; start < file.size; start += PIECE) {
      const piece = await file.slice(start, start + PIECE).arrayBuffer();
      if (isCancelled()) return false;
      this.#checker.read_piece(new Uint8Array(piece));
      progress(Math.min(1, (start + PIECE) / file.size));
    }
    this.#checker.end_file();
    return true;
  }
}
