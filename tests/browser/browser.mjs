// What the browser tests share: the browser, the rules of axe, what sticks out of a narrow page, and the count of failures.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const NARROW_PX = 320; // WCAG 2.2, 1.4.10 Reflow

export const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"], // the tests may run as root in a container
  });

export let failures = 0;

export function hold(page, what, offences) {
  if (offences.length === 0) {
    console.log(`ok      ${page}: ${what}`);
    return;
  }
  failures += 1;
  console.log(`FAILED  ${page}: ${what}`);
  for (const offence of offences) console.log(`        ${offence}`);
}

export async function rulesOf(tab) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), RULES);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, ${nodes[0].target.join(" ")})`);
}

export async function wider(tab, widest = NARROW_PX) {
  return tab.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    // A table may scroll in a box of its own; what sticks out of the page is listed.
    const scrolls = (element) => element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement));
    return [`the page is ${document.documentElement.scrollWidth} px wide`, ...out.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.id}`)];
  }, widest);
}
