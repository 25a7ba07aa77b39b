// A filter and an order for the table of timeouts; without it the table is complete, by system.

const table = document.getElementById("timeouts");
const rows = [...table.querySelectorAll("tbody tr")];
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const homes = new Map(rows.map((row) => [row, row.parentElement]));
const ordered = table.createTBody();

const orders = {
  "by system": null,
  "shortest first": (a, b) => duration(a, Infinity) - duration(b, Infinity),
  "longest first": (a, b) => duration(b, -1) - duration(a, -1),
};

/** A row's default in milliseconds; rows without a time come last. */
function duration(row, without) {
  return "ms" in row.dataset ? Number(row.dataset.ms) : without;
}

const words = element("input", { type: "search", id: "filter-words", autocomplete: "off", placeholder: "nginx connect" });
const order = element("select", { id: "filter-order" }, ...Object.keys(orders).map((name) => element("option", {}, name)));
const count = element("p", { className: "note", role: "status" });
document
  .getElementById("filter")
  .append(element("p", { className: "filter" }, label(words, "Only with the words"), words, label(order, "Order"), order), count);

words.addEventListener("input", filter);
order.addEventListener("change", sort);
filter();

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !wanted.every((word) => texts.get(row).includes(word));
  const shown = rows.filter((row) => !row.hidden).length;
  count.textContent = `${shown} of ${rows.length} shown`;
}

function sort() {
  const compare = orders[order.value];
  if (compare) ordered.append(...[...rows].sort(compare));
  else for (const row of rows) homes.get(row).append(row);
}

function label(control, text) {
  return element("label", { htmlFor: control.id }, text);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
