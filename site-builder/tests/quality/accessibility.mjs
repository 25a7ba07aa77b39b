// axe-core on one page of each kind and in every state of the checker, light and dark: no violation.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";
import { BROWSER, KINDS } from "./pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const REFUSED =
  '2026/11/20 03:12:44 [error] 1201#1201: *8841 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: shop.example, request: "GET /cart HTTP/1.1", upstream: "http://10.0.4.12:8123/cart", host: "shop.example"';

/** What a reader does to the checker, by the state that it leads to. */
const STATES = {
  questions: async (page) => {
    await page.click(".checker-start");
    await atRest(page);
  },
  recognised: async (page) => paste(page, REFUSED),
  answered: async (page) => {
    await paste(page, REFUSED);
    await page.click(".checker-options button");
    await page.waitForSelector(".checker-answers");
  },
  "not recognised": async (page) => paste(page, "all is well here"),
  "answers only": async (page) => {
    await paste(page, "all is well here");
    await page.click(".checker-options button");
    await page.waitForSelector(".checker-answers");
  },
  address: async (page) => {
    await page.click(".checker-address");
    await page.waitForSelector(".checker-address-form input[type=text]");
    await page.type(".checker-address-form input[type=text]", "shop.example/cart");
    await page.waitForSelector(".checker-address-form pre:not([hidden]) code:not(:empty)");
  },
  search: async (page) => {
    await page.keyboard.press("/");
    await page.waitForSelector("dialog[open]");
    await page.type("dialog input", "keep-alive");
    await page.waitForSelector(".search-results a");
  },
};

/** Gives the box a text at once, as a paste does, and waits for the verdict to stand still. */
async function paste(page, text) {
  await page.$eval(".checker-evidence", (box, text) => {
    box.focus();
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
  await atRest(page);
}

const atRest = (page) => page.waitForSelector(".checker-shown[aria-busy=false] .checker-question");

async function violations(page) {
  // The policy forbids scripts of other origins and inline ones, so axe is evaluated from outside.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`));
}

/** All violations found, each with page, theme and state. */
export async function accessibility(origin) {
  const browser = await puppeteer.launch(BROWSER);
  const found = [];
  let states = 0;
  for (const theme of ["light", "dark"]) {
    const visits = [...KINDS.map((path) => [path, "", async () => {}]), ...Object.entries(STATES).map(([name, act]) => ["/502/", name, act])];
    for (const [path, state, act] of visits) {
      const page = await browser.newPage();
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }, { name: "prefers-reduced-motion", value: "reduce" }]);
      await page.setViewport({ width: 390, height: 844 });
      await page.goto(origin + path, { waitUntil: "load" });
      await act(page);
      states += 1;
      found.push(...(await violations(page)).map((violation) => `${path} ${state} ${theme}: ${violation}`));
      await page.close();
    }
  }
  await browser.close();
  return { states, found };
}
