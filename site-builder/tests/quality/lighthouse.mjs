// Lighthouse, mobile, on pages of each kind: 100 in all four categories, no layout shift, no long blocking.

import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";
import { BROWSER, MEASURED } from "./pages.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const MOST_BLOCKING_MILLISECONDS = 50;

/** What falls short, with the figures of every page. */
export async function measure(origin) {
  const browser = await puppeteer.launch(BROWSER);
  const found = [];
  const figures = [];
  for (const path of MEASURED) {
    const page = await browser.newPage();
    const { lhr } = await lighthouse(origin + path, { logLevel: "silent", onlyCategories: CATEGORIES }, undefined, page);
    await page.close();
    const scores = CATEGORIES.map((category) => Math.round(lhr.categories[category].score * 100));
    const value = (audit) => lhr.audits[audit].numericValue ?? Number.NaN;
    const [paint, shift, blocking] = [value("largest-contentful-paint"), value("cumulative-layout-shift"), value("total-blocking-time")];
    figures.push(`${path} ${scores.join("/")} LCP ${(paint / 1000).toFixed(2)} s, CLS ${shift.toFixed(3)}, TBT ${Math.round(blocking)} ms, ${Math.round(value("total-byte-weight") / 1024)} KiB`);
    // A canonical address elsewhere is right where the site is measured on a machine of its own.
    const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode, id }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative" && id !== "canonical").map(({ id }) => id);
    // A figure that could not be taken is no good one either.
    const isGood = scores.every((score) => score === 100) && shift === 0 && blocking <= MOST_BLOCKING_MILLISECONDS;
    if (!isGood) found.push(`${figures.at(-1)}: ${failed.join(", ")}`);
  }
  await browser.close();
  return { figures, found };
}
