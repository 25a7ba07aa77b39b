// Small helpers that build elements. Text is always set as text: what was pasted is never read as HTML.

/** An element with attributes, listeners (`onclick`) and children. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const PIECES = /`([^`]+)`|\[((?:[^\][]|\[[^\]]*\])+)\]\((\/[^)\s]*)\)/g;

/** A short text of content: `code` and [links](/). Links only where the text is our own, not where it may quote evidence. */
export function prose(text, linked = true) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    const [whole, code, label, address] = match;
    if (!code && !linked) continue;
    pieces.push(text.slice(end, match.index), code ? h("code", {}, code) : h("a", { href: within(address) }, prose(label, false)));
    end = match.index + whole.length;
  }
  pieces.push(text.slice(end));
  return pieces;
}

/** Where the site is: the folder above the scripts. */
export const site = new URL("../", import.meta.url);

/** An address of the site, from a page of it or of another site. */
export const within = (address) => new URL(address.replace(/^\//, ""), site).href;

/** Copies a text and says so on the button; where the browser does not let us, shows it to be copied by hand. */
export async function copy(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    const shown = h("textarea", { class: "copied", rows: 6, readonly: true, "aria-label": "Copy this by hand" });
    shown.value = text;
    button.after(shown);
    shown.select();
    shown.addEventListener("blur", () => shown.remove(), { once: true });
    return;
  }
  setTimeout(() => (button.textContent = label), 2000);
}
