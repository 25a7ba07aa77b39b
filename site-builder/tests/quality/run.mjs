// node run.mjs FOLDER [validity|accessibility|lighthouse …]: measures the site in FOLDER, as `fivexx build --precompress` writes it.

import { accessibility } from "./accessibility.mjs";
import { measure } from "./lighthouse.mjs";
import { serve } from "./server.mjs";
import { validity } from "./validity.mjs";

const [folder, ...wanted] = process.argv.slice(2);
const wants = (name) => wanted.length === 0 || wanted.includes(name);
const found = [];

if (wants("validity")) {
  const result = await validity(folder);
  console.log(`validity: ${result.pages} pages, ${result.found.length} mistakes`);
  found.push(...result.found);
}
const server = await serve(folder);
if (wants("accessibility")) {
  const result = await accessibility(server.origin);
  console.log(`accessibility: ${result.states} pages and states, ${result.found.length} violations`);
  found.push(...result.found);
}
if (wants("lighthouse")) {
  const result = await measure(server.origin);
  console.log(result.figures.join("\n"));
  found.push(...result.found);
}
server.close();
console.log(found.slice(0, 60).join("\n"));
process.exitCode = found.length ? 1 : 0;
