// A filter and an order for the table of timeouts; without it the table is complete, by system.

const table = document.getElementById("timeouts");
const rows = [...table.querySelectorAll("tbody tr")];
const homes = new Map(rows.map((row) => [row, row.parentElement]));
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const ordered = table.createTBody();
const words = document.getElementById("filter-words");
const order = document.getElementById("filter-order");
const count = document.getElementById("filter-count");

const orders = {
  "shortest first": (a, b) => duration(a, Infinity) - duration(b, Infinity),
  "longest first": (a, b) => duration(b, -1) - duration(a, -1),
};

/** A row's default in milliseconds; rows without a time come last. */
function duration(row, without) {
  return "ms" in row.dataset ? Number(row.dataset.ms) : without;
}

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !wanted.every((word) => texts.get(row).includes(word));
  const shown = rows.filter((row) => !row.hidden).length;
  count.textContent = shown === rows.length ? `All ${shown} shown` : `${shown} of ${rows.length} shown`;
}

function sort() {
  const compare = orders[order.value];
  if (compare) ordered.append(...[...rows].sort(compare));
  else for (const row of rows) homes.get(row).append(row);
}

words.addEventListener("input", filter);
order.addEventListener("change", sort);
// A browser that comes back to the page keeps what was typed.
filter();
sort();
