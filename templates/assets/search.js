// Search over all pages, while typing; a pasted log line gets its diagnosis.

import { h, prose, within } from "./draw.js";

const MOST_RESULTS = 12;
/** What is longer than this, with a space in it, is read as evidence too. */
const SHORTEST_EVIDENCE = 24;

let box;

/** Opens the search, with words in it if there are some. */
export function open(query) {
  box ??= new SearchBox();
  box.open(query);
}

class SearchBox {
  #input = h("input", { type: "search", id: "search-words", autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: "502, keep-alive, a log line …", "aria-describedby": "search-help" });
  #results = h("ol", { class: "search-results" });
  #status = h("p", { class: "search-status note", role: "status" });
  #dialog;
  #pagefind;
  #engine;
  #turn = 0;

  constructor() {
    const close = h("button", { type: "button", class: "search-close", onclick: () => this.#dialog.close() }, "Close");
    const help = h("p", { class: "note", id: "search-help" }, "Words, a code, or a whole log line. ", h("span", { class: "search-keys" }, "Arrows choose, Enter opens, Esc closes. "), "Nothing you type leaves your browser.");
    this.#dialog = h("dialog", { class: "search", "aria-labelledby": "search-label" }, h("div", { class: "search-head" }, h("label", { for: "search-words", id: "search-label" }, "Search"), close), this.#input, help, this.#status, this.#results);
    this.#input.addEventListener("input", () => this.#search());
    this.#dialog.addEventListener("keydown", (event) => this.#press(event));
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
    const style = h("link", { rel: "stylesheet", href: new URL("./search.css", import.meta.url) });
    document.body.append(style, this.#dialog);
  }

  open(query) {
    if (!this.#dialog.open) this.#dialog.showModal();
    if (query) this.#input.value = query;
    this.#input.select();
    this.#search();
  }

  #press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...this.#results.querySelectorAll("a")];
    if (event.key === "Enter" && event.target === this.#input) {
      links[0]?.click();
    } else if (step && links.length) {
      event.preventDefault();
      const next = links.indexOf(document.activeElement) + step;
      if (next < 0) this.#input.focus();
      else links[Math.min(next, links.length - 1)].focus();
    }
  }

  async #search() {
    const words = this.#input.value.trim();
    const turn = ++this.#turn;
    if (!words) {
      this.#results.replaceChildren();
      this.#status.textContent = "";
      return;
    }
    if (!this.#results.children.length) this.#status.textContent = "Searching …";
    const isCurrent = () => turn === this.#turn;
    const isEvidence = words.length > SHORTEST_EVIDENCE && /\s/.test(words);
    const [pages, diagnosis] = await Promise.all([this.#pages(words).catch((error) => error), isEvidence ? this.#diagnose(words).catch(() => null) : null]);
    if (!isCurrent()) return;
    const found = pages instanceof Error ? [] : pages;
    this.#results.replaceChildren(...[diagnosis, ...found].filter(Boolean));
    this.#status.textContent = pages instanceof Error ? "The search could not be loaded; the lists in the menu lead everywhere." : count(found.length, diagnosis);
  }

  async #pages(words) {
    this.#pagefind ??= load();
    const pagefind = await this.#pagefind;
    const { results } = await pagefind.search(words);
    const pages = await Promise.all(results.slice(0, MOST_RESULTS).map((result) => result.data()));
    return byCode(words, pages).map(({ url, meta, excerpt }) =>
      h("li", {}, h("a", { href: url }, h("span", { class: "search-kind" }, meta.kind ?? ""), h("span", { class: "search-title" }, meta.title), h("span", { class: "note" }, marked(excerpt)))),
    );
  }

  /** What the engine makes of a pasted line; nothing where it recognises nothing. */
  async #diagnose(text) {
    this.#engine ??= import("./engine.js").then(({ Engine }) => Engine.start({}));
    const engine = await this.#engine;
    const shown = await engine.call("tell", "read_text", text);
    if (shown.standing !== "recognised") return null;
    const link = h("a", { href: within("/check/"), class: "search-diagnosis" }, h("span", { class: "search-kind" }, "diagnosis"), h("span", { class: "search-title" }, prose(shown.sentence, false)), h("span", { class: "note" }, "Open the verdict, with this text in the checker."));
    link.addEventListener("click", () => sessionStorage.setItem("evidence", text));
    return h("li", {}, link);
  }
}

async function load() {
  const pagefind = await import(new URL("../pagefind/pagefind.js", import.meta.url));
  await pagefind.options({ excerptLength: 18, ranking: { pageLength: 0.4, termFrequency: 0.8 } });
  await pagefind.init();
  return pagefind;
}

/** Who types a code wants its page first. */
function byCode(words, pages) {
  const isOwn = ({ url }) => url.endsWith(`/${words}/`);
  return [...pages.filter(isOwn), ...pages.filter((page) => !isOwn(page))];
}

/** An excerpt with its marked words; everything else in it is text. */
function marked(excerpt) {
  const { body } = new DOMParser().parseFromString(excerpt, "text/html");
  return [...body.childNodes].map((node) => (node.nodeName === "MARK" ? h("mark", {}, node.textContent) : node.textContent));
}

function count(pages, diagnosis) {
  if (!pages) return diagnosis ? "A diagnosis." : "Nothing found. Fewer words find more; a log line goes into the checker.";
  return `${pages === MOST_RESULTS ? "The first " : ""}${pages} ${pages === 1 ? "page" : "pages"}${diagnosis ? " and a diagnosis" : ""}.`;
}
