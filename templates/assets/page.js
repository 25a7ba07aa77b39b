// What a page can do beyond being read. Everything heavier is loaded when somebody wants it.

import { copy, h } from "./draw.js";
import { listen } from "./intake.js";

/** Buttons that copy commands and configuration. */
for (const block of document.querySelectorAll("pre.command, .config pre, .prose pre")) {
  const code = block.querySelector("code");
  const button = h("button", { type: "button", class: "copy", "aria-live": "polite", onclick: () => copy(code.textContent.trimEnd(), button) }, "Copy");
  block.prepend(button);
}

/** Every heading can be linked to. */
for (const heading of document.querySelectorAll("main :is(h2, h3)[id]:not(.unseen)")) {
  const address = `#${heading.id}`;
  const link = h("a", { class: "anchor", href: address, "aria-label": `Link to: ${heading.textContent}` }, "#");
  link.addEventListener("click", () => navigator.clipboard?.writeText(new URL(address, location.href).href).catch(() => {}));
  heading.append(link);
}

/** The part that is being read, in the contents. */
const items = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
if (items.size) {
  const headings = [...items.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const observer = new IntersectionObserver(
    () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.35);
      const current = (passed.at(-1) ?? headings[0])?.id;
      for (const [id, link] of items) link.toggleAttribute("aria-current", id === current);
      items.get(current)?.setAttribute("aria-current", "location");
    },
    { rootMargin: "0px 0px -65% 0px", threshold: [0, 1] },
  );
  headings.forEach((heading) => observer.observe(heading));
}

/** Light or dark, by hand; once more for the other. */
const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
for (const button of document.querySelectorAll(".theme")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const isDark = (root.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";
    root.dataset.theme = isDark ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Then it holds for this page alone.
    }
  });
}

/** Search, by button or by key. */
const search = async (query) => (await import("./search.js")).open(query);
for (const button of document.querySelectorAll(".find")) {
  button.hidden = false;
  button.addEventListener("click", () => search());
}
addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search();
  }
});
if (document.querySelector(".search-page")) search(new URLSearchParams(location.search).get("q") ?? "");

/** The whole site for when the network is what broke. */
for (const button of document.querySelectorAll(".offline")) {
  button.hidden = !("serviceWorker" in navigator && "caches" in window);
  button.addEventListener("click", async () => (await import("./offline.js")).take(button));
}

/** The checker: loaded when somebody reaches for it, or when the address holds a diagnosis. */
const section = document.querySelector("section.checker");
if (section) {
  let checker;
  const load = async () => (checker ??= import("./checker.js").then(({ start }) => start(section)));
  const ready = async () => {
    const loaded = await load();
    await loaded.loaded;
    return loaded;
  };
  const evidence = section.querySelector(".checker-evidence");
  for (const kind of ["focus", "input"]) evidence.addEventListener(kind, load, { once: true });
  const read = async (file, name) => (await ready()).readFile(file, name);
  listen(section, read);
  section.querySelector(".checker-start").addEventListener("click", async () => (await ready()).focusQuestion());
  section.querySelector(".checker-open").addEventListener("click", () => {
    const input = h("input", { type: "file" });
    input.addEventListener("change", () => read(input.files[0], input.files[0].name));
    input.click();
  });
  section.querySelector(".checker-address").addEventListener("click", async ({ currentTarget }) => {
    const { showForm } = await import("./address.js");
    showForm(section, currentTarget, ready);
  });
  const handed = sessionStorage.getItem("evidence");
  if (handed !== null && document.querySelector(".check-page")) {
    sessionStorage.removeItem("evidence");
    evidence.value = handed;
  }
  const hasLink = () => /^#[fa]=/.test(location.hash);
  if (evidence.value.trim() || document.activeElement === evidence || hasLink()) load();
  addEventListener("hashchange", () => hasLink() && load());
}
