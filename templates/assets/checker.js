// The checker in the page: what the user gives goes to the engine, and what it says is drawn.

import { copy, h, site } from "./draw.js";
import { Engine } from "./engine.js";
import { drawVerdict, isClear } from "./verdict.js";

const REST_MILLISECONDS = 80;
const QUIET_MILLISECONDS = 700;
/** So long the first drawing waits for the words that belong to it: what a finger aims at should not move. */
const PATIENCE_MILLISECONDS = 150;
/** From the end of a touch until its click has come. */
const TAP_MILLISECONDS = 50;
/** So much somebody may have typed before the checker is here; more was pasted. */
const TYPED_LETTERS = 20;
const IN_ADDRESS = /^#[fa]=/;
const FAILED =
  "The checker could not be loaded. Reload the page to try again, with a browser that runs WebAssembly. Without it, the questions lead to the causes as well:";

class Checker {
  #section;
  #textarea;
  #engine;
  #shown;
  #path = "";
  #opened = new Map();
  #timer;
  #sayTimer;
  #turn = 0;
  #wasPasted = false;
  #isPressed = false;
  #late;

  constructor(section) {
    this.#section = section;
    this.#textarea = section.querySelector(".checker-evidence");
    this.#prepare();
  }

  /** Loads the engine, and reads what the box and the address hold. */
  async start() {
    const { code, system, cause } = this.#section.dataset;
    this.#wasPasted = this.#textarea.value.length > TYPED_LETTERS || IN_ADDRESS.test(location.hash);
    try {
      this.#engine = await Engine.start({ code, system, cause });
      if (IN_ADDRESS.test(location.hash) && !this.#textarea.value.trim()) await this.#tell("read_link", location.hash);
      else await this.#read();
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** The parts that only scripts can fill. */
  #prepare() {
    const style = h("link", { rel: "stylesheet", href: new URL("./checker.css", import.meta.url) });
    this.progress = h("div", { class: "checker-progress", hidden: true });
    this.live = h("p", { class: "unseen", role: "status" });
    this.place = h("div", { class: "checker-shown" });
    this.#section.append(style, this.progress, this.live, this.place);
    this.#textarea.addEventListener("input", (event) => this.#wait(event));
    this.place.addEventListener("click", (event) => this.#act(event));
    this.place.addEventListener("keydown", (event) => this.#press(event));
    this.place.addEventListener("pointerdown", () => (this.#isPressed = true));
    for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => this.#isPressed && setTimeout(() => this.#release(), TAP_MILLISECONDS));
    this.place.addEventListener("toggle", (event) => this.#fold(event), true);
    for (const kind of ["mouseover", "mouseout", "focusin", "focusout"]) this.place.addEventListener(kind, (event) => this.#pair(event));
    addEventListener("hashchange", () => this.#engine && IN_ADDRESS.test(location.hash) && this.#followLink());
  }

  #fail(error) {
    console.error(error);
    const questions = h("a", { href: new URL("check/#questions", site) }, "the questions, to be read");
    this.place.replaceChildren(h("p", { class: "checker-sentence", role: "alert" }, FAILED, " ", questions, "."));
  }

  #followLink() {
    this.#textarea.value = "";
    return this.#tell("read_link", location.hash);
  }

  #wait({ inputType }) {
    this.#wasPasted = inputType === "insertFromPaste";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), REST_MILLISECONDS);
  }

  #read() {
    return this.#engine ? this.#tell("read_text", this.#textarea.value) : undefined;
  }

  /** Calls the engine and draws what it says; an answer that came too late is passed over. */
  async #tell(method, ...given) {
    const turn = ++this.#turn;
    this.place.setAttribute("aria-busy", "true");
    const shown = await this.#engine.call("tell", method, ...given);
    if (turn === this.#turn) await this.#draw(shown, turn);
  }

  /** Draws a verdict once its words are here; where they take long, without them first. */
  async #draw(shown, turn) {
    const early = setTimeout(() => turn === this.#turn && this.#put(shown), PATIENCE_MILLISECONDS);
    const path = await this.#fetchWords(shown);
    clearTimeout(early);
    const whole = await this.#engine.call("show");
    if (turn !== this.#turn) return;
    this.#put(whole, path);
    this.place.setAttribute("aria-busy", "false");
    if (this.#wasPasted) this.#reveal();
  }

  /** Loads the words that a verdict shows; gives the name of its drawing, none where it could not be loaded. */
  async #fetchWords(shown) {
    const causes = shown.causes.filter((cause, rank) => this.#isOpen(shown, cause, rank)).map(({ id }) => id);
    const path = shown.place && shown.shape ? `${shown.place.id}.${shown.shape.id}` : "";
    try {
      this.#path = await this.#engine.call("fetchWords", { systems: shown.systems, causes, path });
    } catch (error) {
      console.warn(error);
      return "";
    }
    return path;
  }

  /** Whether a cause is unfolded: as the reader left it, or else the first where it is clear. */
  #isOpen(shown, { id }, rank) {
    return this.#opened.get(id) ?? (rank === 0 && isClear(shown));
  }

  /** While a finger is on the verdict it is not redrawn: the tap would be lost. */
  #release() {
    this.#isPressed = false;
    this.#late?.();
  }

  /** Draws, and gives the focus back to the element that stands in the place of the one that had it. */
  #put(shown, path) {
    this.#late = this.#isPressed ? () => this.#put(shown, path) : undefined;
    if (this.#late) return;
    this.#shown = shown;
    const root = this.#section.getRootNode();
    const key = this.place.contains(root.activeElement) && root.activeElement.dataset.key;
    const isOpen = (cause, rank) => this.#isOpen(shown, cause, rank);
    this.place.replaceChildren(...drawVerdict(shown, { isOpen, path: path ? this.#path : "" }));
    if (key) this.#focus(`[data-key="${CSS.escape(key)}"]`);
    this.#section.dataset.standing = shown.standing;
    this.#writeAddress(shown.fragment);
    clearTimeout(this.#sayTimer);
    this.#sayTimer = setTimeout(() => this.#say(shown), QUIET_MILLISECONDS);
  }

  /** Tells a screen reader the verdict, once typing rests. */
  #say({ sentence, question }) {
    const text = [sentence.replaceAll("`", ""), sentence && question ? `Question: ${question.text}` : ""].join(" ").trim();
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  /** The diagnosis in the address, without a step in the history; an anchor of the page stays until there is one. */
  #writeAddress(fragment) {
    if (this.#section.getRootNode() !== document) return;
    const current = location.hash.slice(1);
    if (current === fragment || (!fragment && !IN_ADDRESS.test(location.hash))) return;
    try {
      history.replaceState(null, "", location.pathname + location.search + (fragment && `#${fragment}`));
    } catch {
      // Browsers refuse when it is done too often; the next change writes it again.
    }
  }

  /** After a paste the verdict may be out of sight: below the box, or behind the keyboard of a phone. */
  #reveal() {
    this.#wasPasted = false;
    const verdict = this.place.querySelector(".checker-verdict");
    if (!verdict) return;
    if (matchMedia("(hover: none)").matches) this.#textarea.blur();
    const { top } = verdict.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) verdict.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  #focus(selector) {
    this.place.querySelector(selector)?.focus();
  }

  focusQuestion() {
    this.#focus("legend, .checker-sentence");
  }

  async #change(method, ...given) {
    await this.#tell(method, ...given);
    this.focusQuestion();
  }

  async #act(event) {
    const element = event.target.closest("[data-action]");
    if (!element) return;
    this.#isPressed = false;
    this.#late = undefined;
    const { action, subject, option } = element.dataset;
    if (action === "answer") await this.#change("answer", subject, option);
    else if (action === "take-back") await this.#change("take_back", subject);
    else if (action === "ask") await this.#change("ask", subject);
    else if (action === "undo") await this.#restore("undo");
    else if (action === "start-over") await this.#restore("start_over");
    else if (action === "show") this.#focus(`#${CSS.escape(subject)}`);
    else if (action === "copy") await copy(element.nextElementSibling.textContent, element);
    else if (action === "print") print();
    else if (action === "report") await this.#report(element, subject);
  }

  async #restore(method) {
    if (method === "start_over") this.#opened.clear();
    const shown = await this.#engine.call("tell", method);
    this.#textarea.value = shown.text;
    await this.#draw(shown, ++this.#turn);
    this.#textarea.focus();
  }

  async #report(button, kind) {
    const page = location.href.split("#")[0];
    if (kind === "link") return copy(`${page}#${this.#shown.fragment}`, button);
    const causes = this.#shown.causes.slice(0, 5).map(({ id }) => id);
    await this.#engine.call("fetchWords", { systems: this.#shown.systems, causes, path: "" }).catch(console.warn);
    await copy(await this.#engine.call("report", kind, page, site.href.replace(/\/$/, "")), button);
  }

  /** A recognised stretch of text is no button to the browser, so its keys are ours to handle. */
  #press(event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (event.target.matches("mark")) {
      event.preventDefault();
      this.#act(event);
    }
  }

  async #fold({ target }) {
    const cause = target.dataset?.fold;
    if (!cause || this.#opened.get(cause) === target.open) return;
    const rank = this.#shown.causes.findIndex(({ id }) => id === cause);
    const wasOpen = this.#isOpen(this.#shown, { id: cause }, rank);
    this.#opened.set(cause, target.open);
    if (target.open && !wasOpen) await this.#draw(this.#shown, ++this.#turn);
  }

  /** A finding and its place in the text light up together. */
  #pair({ type, target }) {
    const finding = target.closest("[data-finding]")?.dataset.finding;
    if (finding === undefined) return;
    const isOn = type === "mouseover" || type === "focusin";
    for (const element of this.place.querySelectorAll(`[data-finding="${CSS.escape(finding)}"]`)) element.classList.toggle("is-paired", isOn);
  }

  /** Reads a file with progress; the page stays responsive, since the engine has a thread of its own. */
  async readFile(file, name) {
    await this.loaded;
    const bar = h("progress", { max: 1, value: 0, "aria-label": `Reading ${name}` });
    const share = h("span", {}, "0 %");
    const reading = this.#engine.readFile(file, name, (done) => {
      bar.value = done;
      share.textContent = `${Math.round(done * 100)} %`;
    });
    const cancel = h("button", { type: "button", onclick: reading.cancel }, "Cancel");
    this.progress.replaceChildren(h("span", {}, `Reading ${name}, ${size(file.size)}`), bar, share, cancel);
    this.progress.hidden = false;
    try {
      if (!(await reading.done)) return;
      this.#textarea.value = "";
      this.#wasPasted = true;
      await this.#tell("show");
    } finally {
      this.progress.hidden = true;
    }
  }

  /** The command for an address. */
  curl(address, shell) {
    return this.#engine.call("curl", address, shell);
  }
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Makes a section of the page a checker. */
export function start(section) {
  const checker = new Checker(section);
  checker.loaded = checker.start();
  return checker;
}
