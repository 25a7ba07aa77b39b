// <fivexx-checker code="502">: the checker for a wiki or a runbook. Its styles stay inside; what is pasted stays in the page.

import { start } from "./checker.js";
import { h } from "./draw.js";
import { listen } from "./intake.js";

const PLACEHOLDER = "Paste a log line, headers or curl output, or say what happens";

class FivexxChecker extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const styles = [new URL("./style.css", import.meta.url), new URL("./checker.css", import.meta.url)].map((href) => h("link", { rel: "stylesheet", href }));
    const evidence = h("textarea", { id: "evidence", class: "checker-evidence", rows: this.getAttribute("rows") ?? 4, spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
    const begin = h("button", { type: "button", class: "checker-start" }, "Start with questions");
    const section = h(
      "section",
      { class: "checker embedded", "aria-label": "Checker", "data-code": this.getAttribute("code") ?? "", "data-system": this.getAttribute("system") ?? "", "data-cause": this.getAttribute("cause") ?? "" },
      h("label", { for: "evidence" }, PLACEHOLDER),
      evidence,
      h("div", { class: "checker-ways" }, begin),
      h("p", { class: "checker-promise" }, "Read in your browser. Nothing is sent."),
    );
    root.append(...styles, section);
    let checker;
    const load = () => (checker ??= start(section));
    listen(section, (file, name) => load().readFile(file, name));
    for (const kind of ["focus", "input"]) evidence.addEventListener(kind, load, { once: true });
    begin.addEventListener("click", async () => {
      load();
      await checker.loaded;
      checker.focusQuestion();
    });
  }
}

customElements.define("fivexx-checker", FivexxChecker);
