// Opens reports in Chromium: no violation of WCAG 2.2 AA that axe knows, no sideways scrolling at 320 px, no script, nothing fetched,
// and a page that prints. Usage: node axe.mjs PAGE.html…  (CHROMIUM names the browser; /usr/bin/chromium if it is not set)
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const NARROW_PX = 320; // WCAG 2.2, 1.4.10 Reflow
const MOST_BYTES = 2 * 1024 * 1024;

const pages = process.argv.slice(2);
if (pages.length === 0) {
  console.error("name the pages to look at");
  process.exit(2);
}
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"], // the tests may run as root in a container
});
let failures = 0;

function hold(page, what, offences) {
  if (offences.length === 0) {
    console.log(`ok      ${page}: ${what}`);
    return;
  }
  failures += 1;
  console.log(`FAILED  ${page}: ${what}`);
  for (const offence of offences) console.log(`        ${offence}`);
}

async function rulesOf(tab) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), RULES);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, ${nodes[0].target.join(" ")})`);
}

async function wider(tab) {
  return tab.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    // A table may scroll in a box of its own; what sticks out of the page is listed.
    const scrolls = (element) => element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement));
    return [`the page is ${document.documentElement.scrollWidth} px wide`, ...out.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.id}`)];
  }, NARROW_PX);
}

for (const path of pages) {
  const name = path.split("/").slice(-2).join("/");
  const text = await readFile(path, "utf8");
  const size = Buffer.byteLength(text);
  hold(name, "is under 2 MB", size < MOST_BYTES ? [] : [`${size} bytes`]);
  hold(name, "has no script", /<script\b/i.test(text) ? ["a <script> element"] : []);

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  const fetched = [];
  tab.on("request", (request) => {
    if (!/^(file|data|about):/.test(request.url())) fetched.push(request.url());
  });
  const address = pathToFileURL(resolve(path)).href;
  await tab.goto(address);
  hold(name, "keeps the rules of WCAG 2.2 AA", await rulesOf(tab));
  await tab.emulateMedia({ colorScheme: "dark" });
  hold(name, "keeps them in dark colours", await rulesOf(tab));
  await tab.emulateMedia({ colorScheme: "light" });
  await tab.setViewportSize({ width: NARROW_PX, height: 800 });
  hold(name, `does not scroll sideways at ${NARROW_PX} px`, await wider(tab));
  hold(name, "keeps the rules there", await rulesOf(tab));
  const pdf = await tab.pdf({ format: "A4", printBackground: true });
  const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  hold(name, "prints on A4", sheets > 1 ? [] : [`${sheets} sheets`]);
  hold(name, "fetches nothing", fetched);
  await context.close();
}
await browser.close();
console.log(failures === 0 ? `browser tests: ${pages.length} pages, all well` : `browser tests: ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
