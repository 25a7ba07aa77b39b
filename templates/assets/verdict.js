// Draws what the engine says: the sentence, the path, the next question, the causes, what was recognised.

import { h, prose, within } from "./draw.js";

const WHAT_TO_PASTE =
  "Paste the error log of the server that answered, response headers, or the output of `curl -v`. The question below needs no log.";
const NOT_FROM_TEXT = "Nothing in the text looks like a gateway error or a 5xx, so this rests on the answers alone.";

/** A number that is likely meant as a status, in a text that says no more. */
const STATUS = /(?<![\d.:/-])(50[0-4]|52[0-6]|530|499)(?![\d.:/-])/;

/** From here on a cause is as likely as all others together. */
const CLEAR_PERCENT = 50;

/** Whether one cause stands out; then it is unfolded. */
export const isClear = ({ causes }) => causes[0]?.percent >= CLEAR_PERCENT;

/** The elements of a verdict. */
export function drawVerdict(shown, { isOpen, path }) {
  const asked = shown.question && question(shown);
  const ranked = causes(shown, isOpen);
  // Who answers questions alone finds the next one where the last one stood.
  const isAsking = shown.standing !== "recognised" && !isClear(shown);
  return [
    verdict(shown, path),
    ...(isAsking ? [asked, ranked] : [ranked, asked]),
    answers(shown),
    evidence(shown),
    tools(shown),
  ].filter(Boolean);
}

const button = (action, subject, attributes, ...children) =>
  h("button", { type: "button", "data-action": action, "data-subject": subject, "data-key": `${action}:${subject ?? ""}`, ...attributes }, ...children);

const part = (name, title, ...children) => h("section", { class: `checker-part ${name}` }, h("h3", {}, title), ...children);

function verdict({ standing, sentence, place, shape, file, text }, path) {
  if (standing === "nothing-given") return null;
  const [status] = (standing === "not-recognised" && text?.match(STATUS)) || [];
  const note = { "not-recognised": WHAT_TO_PASTE, "answers-only": NOT_FROM_TEXT }[standing];
  return h(
    "div",
    { class: "checker-verdict" },
    file && h("p", { class: "checker-file" }, `${file[0]}: ${file[2].toLocaleString("en")} lines read.`),
    h("p", { class: "checker-sentence", tabindex: -1 }, prose(sentence, false)),
    status && h("p", {}, "The number alone could be anything. If it is the status, ", h("a", { href: within(`/${status}/`) }, `the page of ${status}`), " says what to do first."),
    note && h("p", { class: "note" }, prose(note)),
    drawing(path),
    place && shape && beliefs(place, shape),
  );
}

/** The path as the site draws it everywhere; its text is our own. */
function drawing(path) {
  if (!path) return null;
  const holder = h("div", { class: "checker-path" });
  holder.innerHTML = path;
  return holder;
}

function beliefs(place, shape) {
  const row = (kind, label, { id, name, means, percentage }) =>
    h("div", { [`data-${kind}`]: id }, h("dt", {}, label), h("dd", {}, h("b", {}, name), `, ${percentage}`, means && [". ", h("span", { class: "checker-means" }, prose(means))]));
  return h("dl", { class: "checker-beliefs" }, row("place", "Where the error was made", place), row("shape", "What was seen there", shape));
}

function question({ standing, question: { id, text, help, options, answered } }) {
  const label = standing === "nothing-given" ? "A question to begin with" : answered ? "Another answer" : "What would change this";
  return h(
    "fieldset",
    { class: "checker-question", "data-question": id },
    h("legend", { tabindex: -1 }, h("span", { class: "checker-label" }, label), h("span", {}, prose(text))),
    help && h("p", { class: "checker-help" }, prose(help)),
    h(
      "div",
      { class: "checker-options" },
      options.map((option) =>
        button("answer", id, { "data-option": option.id, "data-key": `answer:${id}:${option.id}`, "aria-pressed": answered ? String(option.id === answered) : undefined }, prose(option.text, false)),
      ),
    ),
  );
}

function causes({ causes }, isOpen) {
  if (!causes.length) return null;
  const list = causes.map((cause, rank) => drawCause(cause, isOpen(cause, rank)));
  const known = causes.reduce((sum, { percent }) => sum + percent, 0);
  const rest = known < 97 && h("p", { class: "note" }, `The remaining ${100 - known} % are spread over causes that each have less than these.`);
  return part("checker-causes", "Causes, likeliest first", h("ol", {}, list), rest);
}

function drawCause(cause, isOpen) {
  const { id, title, address, percent, percentage, is_page } = cause;
  const head = h(
    "div",
    { class: "checker-cause-head" },
    h("a", { class: "checker-cause-title", href: within(address), "data-key": `cause:${id}` }, prose(title, false), is_page && h("span", { class: "note" }, " this page")),
    h("meter", { class: "checker-bar", max: 100, value: percent, "aria-hidden": "true" }),
    h("span", { class: "checker-probability" }, percentage),
  );
  const details = h(
    "details",
    { open: isOpen, "data-fold": id },
    h("summary", { "data-key": `fold:${id}` }, "Why, how to confirm it, what to change"),
    cause.advice?.summary && h("p", { class: "checker-summary" }, prose(cause.advice.summary)),
    reasons("for", "Speaks for it", "+", cause),
    reasons("against", "Speaks against it", "−", cause),
    cause.advice ? advice(cause.advice) : isOpen && h("p", { class: "note" }, "Loading …"),
  );
  return h("li", { class: "checker-cause", "data-cause": id }, head, details);
}

function reasons(effect, label, sign, { because }) {
  const own = because.filter((reason) => reason.effect === effect);
  if (!own.length) return null;
  const line = ({ finding, text }) => h("li", { "data-finding": finding }, h("span", { class: "checker-sign", "aria-hidden": "true" }, sign), h("span", {}, prose(text, false)));
  return [h("p", { class: "checker-label" }, label), h("ul", { class: `checker-${effect}` }, own.map(line))];
}

function advice({ checks, fixes, prevention }) {
  return [
    checks.length > 0 && [
      h("p", { class: "checker-label" }, "How to confirm it"),
      h("ul", { class: "checker-checks" }, checks.map(({ command: text, why }) => h("li", {}, command(text), h("p", {}, prose(why))))),
    ],
    fixes.length > 0 && [h("p", { class: "checker-label" }, "What to change"), h("ul", { class: "checker-fixes" }, fixes.map(fix))],
    prevention.length > 0 && [h("p", { class: "checker-label" }, "What keeps it from coming back"), h("ul", { class: "checker-fixes" }, prevention.map((step) => h("li", {}, prose(step))))],
  ];
}

/** What to do, then its commands or configuration, which stand in fenced blocks. */
function fix(text) {
  const [action, ...blocks] = text.split("\n```\n");
  return h("li", {}, prose(action), blocks.filter((block) => block.trim()).map(command));
}

function command(text) {
  return h("pre", { class: "copyable", tabindex: 0 }, button("copy", undefined, { class: "copy", "data-key": undefined, "aria-live": "polite" }, "Copy"), h("code", {}, text.trimEnd()));
}

function answers({ answers }) {
  if (!answers.length) return null;
  const row = ({ question, text, answer }) =>
    h(
      "li",
      {},
      h("span", { class: "checker-asked" }, prose(text, false)),
      h("b", {}, prose(answer, false)),
      h("span", {}, button("ask", question, { "aria-label": `Change the answer to: ${text}` }, "Change"), button("take-back", question, { "aria-label": `Take back the answer to: ${text}` }, "Take back")),
    );
  return part("checker-answers", "Your answers", h("ul", {}, answers.map(row)));
}

function evidence({ findings, rows }) {
  if (!findings.length) return null;
  return part("checker-recognised", "What was recognised", rows.length > 0 && h("pre", { class: "checker-text", tabindex: 0 }, rows.map((row) => drawRow(row, findings))), h("ul", { class: "checker-findings" }, findings.map(drawFinding)));
}

function drawRow({ line, pieces, omitted }, findings) {
  if (omitted) return h("span", { class: "checker-omitted" }, `… ${omitted.toLocaleString("en")} ${omitted === 1 ? "line" : "lines"}\n`);
  const piece = ([text, finding]) => (finding === null ? text : mark(text, finding, line, findings[finding]));
  return [pieces.map(piece), "\n"];
}

function mark(text, position, line, { id, kind, title }) {
  return h("mark", { id: `checker-text-${position}`, role: "button", tabindex: 0, title, "data-kind": kind, "data-finding": id, "data-action": "show", "data-subject": `checker-finding-${position}`, "data-key": `mark:${position}:${line}` }, text);
}

function drawFinding({ id, kind, title, address, meaning, times, line }, position) {
  return h(
    "li",
    { id: `checker-finding-${position}`, tabindex: -1, "data-kind": kind, "data-finding": id },
    address ? h("a", { href: within(address), "data-key": `finding:${position}` }, title) : h("span", {}, title),
    times > 1 && ` ${times.toLocaleString("en")} times`,
    line > 0 && [" ", button("show", `checker-text-${position}`, { class: "quiet" }, `line ${line.toLocaleString("en")}`)],
    meaning && h("p", {}, prose(meaning)),
  );
}

function tools({ fragment, causes, can_undo, answers, findings }) {
  const report = (kind, label) => button("report", kind, { "aria-live": "polite" }, label);
  const isGiven = answers.length > 0 || findings.length > 0;
  const pieces = [
    fragment && report("link", "Copy link"),
    causes.length > 0 && [report("markdown", "Copy for the incident channel"), report("runbook", "Copy as runbook page"), report("json", "Copy JSON"), button("print", undefined, {}, "Print")],
    can_undo && button("undo", undefined, {}, "Undo"),
    (isGiven || fragment) && button("start-over", undefined, {}, "Start over"),
  ];
  return pieces.flat().some(Boolean) && h("div", { class: "checker-tools", role: "group", "aria-label": "Verdict" }, pieces);
}
