// Opens reports in Chromium: no violation of WCAG 2.2 AA that axe knows, no sideways scrolling at 320 px, no script, nothing fetched,
// and a page that prints. Usage: node axe.mjs PAGE.html…  (CHROMIUM names the browser; /usr/bin/chromium if it is not set)
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { NARROW_PX, failures, hold, launch, rulesOf, wider } from "./browser.mjs";

const MOST_BYTES = 2 * 1024 * 1024;

const pages = process.argv.slice(2);
if (pages.length === 0) {
  console.error("name the pages to look at");
  process.exit(2);
}
const browser = await launch();

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
