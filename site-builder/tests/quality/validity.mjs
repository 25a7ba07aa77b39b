// Every page is valid HTML.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const CONFIG = {
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // Style, not validity: the templates write what the compressor likes best.
    "attribute-boolean-style": "off",
    "void-style": "off",
    "long-title": "off",
    "doctype-style": "off",
    // Titles of messages are as long as the messages.
    "require-sri": "off",
    "no-trailing-whitespace": "off",
    // A `pre` that scrolls needs focus.
    "no-redundant-for": "off",
  },
};

const pages = (folder) => readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html")).map((file) => join(folder, file));

/** All mistakes found, each with its page. */
export async function validity(folder) {
  const validator = new HtmlValidate(new FileSystemConfigLoader([], CONFIG));
  const files = pages(folder);
  const found = [];
  for (const file of files) {
    const { results } = await validator.validateFile(file);
    for (const { messages } of results) found.push(...messages.map(({ line, ruleId, message }) => `${file}:${line} ${ruleId}: ${message}`));
  }
  return { pages: files.length, found };
}
