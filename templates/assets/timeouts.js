// The table of timeouts: each setting becomes a link to all about it; a filter and an order. Without it the table is complete, by system.

import { h } from "./draw.js";

const table = document.getElementById("timeouts");
const bodies = [...table.tBodies];
const rows = [...table.querySelectorAll("tr[id]")];
const homes = new Map(rows.map((row) => [row, row.parentElement]));
const names = new Map(bodies.map((body) => [body, body.rows[0].textContent]));
const texts = new Map(rows.map((row) => [row, `${names.get(homes.get(row))} ${row.textContent}`.toLowerCase()]));
const ordered = table.createTBody();
const words = document.getElementById("filter-words");
const order = document.getElementById("filter-order");
const count = document.getElementById("filter-count");

const MILLISECONDS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const orders = {
  "shortest first": (a, b) => duration(a, Infinity) - duration(b, Infinity),
  "longest first": (a, b) => duration(b, -1) - duration(a, -1),
};

for (const row of rows) {
  const [setting, value] = row.cells;
  const [number, unit] = value.textContent.split(" ");
  if (unit in MILLISECONDS) row.dataset.ms = Number(number) * MILLISECONDS[unit];
  setting.append(h("a", { href: `${homes.get(row).querySelector("a").href}#${row.id}` }, ...setting.childNodes));
}

/** A row's default in milliseconds; rows without a time come last. */
function duration(row, without) {
  return "ms" in row.dataset ? Number(row.dataset.ms) : without;
}

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !wanted.every((word) => texts.get(row).includes(word));
  for (const body of bodies) body.hidden = !body.querySelector("tr[id]:not([hidden])");
  const shown = rows.filter((row) => !row.hidden).length;
  count.textContent = shown === rows.length ? `All ${shown} shown` : `${shown} of ${rows.length} shown`;
}

/** By system each row stands under the name of its own; by duration it says the name itself. */
function sort() {
  const compare = orders[order.value];
  for (const row of rows) row.querySelector(".note.system")?.remove();
  if (compare) {
    ordered.append(...[...rows].sort(compare));
    for (const row of rows) row.cells[0].append(h("span", { class: "note system" }, names.get(homes.get(row))));
  } else {
    for (const row of rows) homes.get(row).append(row);
  }
  filter();
}

/** What each measures is loaded when somebody begins to look, and is searched too. */
async function tellMeasures() {
  const { timeouts } = await (await fetch(within("/api/timeouts.json"))).json();
  for (const { id, measures } of timeouts) {
    const row = document.getElementById(id);
    if (!texts.has(row)) continue;
    row.cells[0].append(h("span", { class: "note" }, measures));
    texts.set(row, `${texts.get(row)} ${measures.toLowerCase()}`);
  }
  filter();
}

words.addEventListener("input", filter);
order.addEventListener("change", sort);
let loading;
for (const field of [words, order]) field.addEventListener("focus", () => (loading ??= tellMeasures().catch(console.warn)));
// A browser that comes back to the page keeps what was typed.
sort();
