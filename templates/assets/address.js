// "Check a URL" without a server: the command to run, in the words of each shell, and the box that reads what it prints.

import { copy, h } from "./draw.js";

const SHELLS = [
  ["posix", "Linux, macOS"],
  ["powershell", "PowerShell"],
  ["cmd", "Windows cmd"],
];

/** Opens or closes the form below the buttons. */
export function showForm(section, button, ready) {
  const known = section.querySelector(".checker-address-form");
  if (known) {
    known.hidden = !known.hidden;
    button.setAttribute("aria-expanded", String(!known.hidden));
    if (!known.hidden) known.querySelector("input").focus();
    return;
  }
  const form = build(ready, section.querySelector(".checker-evidence"));
  button.closest(".checker-ways").after(form);
  button.setAttribute("aria-expanded", "true");
  form.querySelector("input").focus();
}

function build(ready, evidence) {
  const input = h("input", { type: "text", id: "checked-address", inputmode: "url", autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: "https://shop.example/cart" });
  const isWindows = /Windows/.test(navigator.userAgent);
  const shells = SHELLS.map(([id, name]) => {
    const choice = h("input", { type: "radio", name: "shell", value: id, checked: id === (isWindows ? "powershell" : "posix") });
    return h("label", {}, choice, ` ${name}`);
  });
  const code = h("code", {});
  const button = h("button", { type: "button", class: "copy", "aria-live": "polite" }, "Copy");
  button.addEventListener("click", async () => {
    await copy(code.textContent, button);
    evidence.focus();
  });
  const command = h("div", { hidden: true }, h("pre", { class: "command", tabindex: 0 }, button, code));
  const problem = h("p", { class: "note", role: "status" });
  const form = h(
    "div",
    { class: "checker-address-form" },
    h("label", { for: "checked-address" }, "The address that fails"),
    input,
    h("fieldset", { class: "shells" }, h("legend", { class: "unseen" }, "Shell"), shells),
    problem,
    command,
    h("p", { class: "note" }, "This page can't ask the address for you: it sends nothing. Run the command where the error shows, and paste all that it prints into the box above."),
    h("p", { class: "note" }, "It prints the connection step by step, the request and the response headers, then the status and when each step was done. The body is thrown away. It gives up after 130 s, later than the usual timeouts on the way."),
  );
  const update = async () => {
    const shell = form.querySelector("[name=shell]:checked").value;
    const checker = await ready();
    try {
      code.textContent = await checker.curl(input.value, shell);
      problem.textContent = "";
      command.hidden = false;
    } catch (error) {
      problem.textContent = error.message;
      command.hidden = true;
    }
  };
  form.addEventListener("input", update);
  return form;
}
