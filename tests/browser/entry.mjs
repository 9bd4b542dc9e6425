// The life of entry in Chromium: start, come in by the link, enter records by keyboard alone, skips, a soft finding with its reason, the server
// killed in the middle, a correction, the next wave, the report; and the rules of axe on every page, wide, at 320 px and at 200 % zoom.
// Usage: node entry.mjs CATALYSE [FOLDER FOR PICTURES]
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { N_QUESTIONS, keysOf, writeStudy } from "./coded_study.mjs";
import { NARROW_PX, failures, hold, launch, rulesOf, wider } from "./browser.mjs";

const [program, pictures] = process.argv.slice(2);
if (!program) {
  console.error("name the program");
  process.exit(2);
}
const N_RECORDS = Number(process.env.RECORDS ?? 10);
const folder = await mkdtemp(join(tmpdir(), "catalyse-entry-"));
if (pictures) await mkdir(pictures, { recursive: true });

// Starts the server and returns it with the link that it prints. A demonstration store that exists is gone on with.
function start(study, name, port = 0) {
  const server = spawn(program, ["serve", "--demo", "--study", study, "--store", join(folder, name), "--port", String(port)], { stdio: ["ignore", "pipe", "pipe"] });
  let talk = "";
  server.stderr.on("data", (bytes) => { talk += bytes; });
  return new Promise((done, fail) => {
    server.on("exit", (code) => fail(new Error(`the server ended with ${code}: ${talk}`)));
    server.stdout.on("data", (bytes) => {
      const link = String(bytes).trim();
      if (link.startsWith("http")) done({ server, link, base: new URL(link).origin });
    });
  });
}
const stop = (server, signal = "SIGINT") => new Promise((done) => {
  server.removeAllListeners("exit");
  server.on("exit", done);
  server.kill(signal);
});

const browser = await launch();
const PATIENCE_MS = 180_000; // an unoptimised build on a busy machine
let n_keys = 0;

async function press(tab, key) {
  n_keys += 1;
  await tab.keyboard.press(key);
}

async function type(tab, text) {
  for (const key of text) await press(tab, key);
}

const equal = (found, wanted) => (found === wanted ? [] : [`${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`]);
const isSaved = (tab, key) => tab.waitForFunction((name) => document.querySelector(`.field[data-key="${name}"] .status`)?.classList.contains("done"), key);

// Looks at a page with axe: wide, in dark colours, at 320 px, and at 200 % zoom (640 × 450 CSS px on a screen of 1280 × 900).
async function look(tab, name) {
  hold(name, "keeps the rules of WCAG 2.2 AA", await rulesOf(tab));
  if (pictures) await tab.screenshot({ path: join(pictures, `${name}.png`) });
  await tab.emulateMedia({ colorScheme: "dark" });
  hold(name, "keeps them in dark colours", await rulesOf(tab));
  await tab.emulateMedia({ colorScheme: "light" });
  await tab.setViewportSize({ width: 640, height: 450 });
  hold(name, "keeps them at 200 % zoom", await rulesOf(tab));
  await tab.setViewportSize({ width: NARROW_PX, height: 800 });
  hold(name, `does not scroll sideways at ${NARROW_PX} px`, await wider(tab));
  hold(name, "keeps the rules there", await rulesOf(tab));
  if (pictures) await tab.screenshot({ path: join(pictures, `${name}-320.png`) });
  await tab.setViewportSize({ width: 1280, height: 900 });
}

// ── A pile of paper: sixty coded questions, by keyboard alone ─────────────────────────────────────────────────────────
async function keyboard() {
  const study = join(folder, "coded");
  await writeStudy(study);
  let { server, link, base } = await start(study, "coded");
  const port = new URL(base).port;
  const tab = await browser.newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  await tab.goto(link);
  const perField = [];
  for (let record = 0; record < N_RECORDS; record += 1) {
    await tab.goto(`${base}/`);
    await tab.focus("#person");
    await type(tab, `P-${String(record + 1).padStart(4, "0")}`);
    await Promise.all([tab.waitForURL(/record\.keys/), press(tab, "Enter")]);
    await tab.focus("#i-interview_date");
    await type(tab, "020324");
    await press(tab, "Enter");
    await Promise.all([tab.waitForURL(/record\.part_1/), press(tab, "Enter")]);
    const before = n_keys;
    for (let index = 0; index < N_QUESTIONS; index += 1) {
      if (record === 1 && index === 30) {
        // The power goes. What was acknowledged is there again; nothing else is asked of the encoder.
        await isSaved(tab, `q${index}`);
        const address = tab.url();
        await stop(server, "SIGKILL");
        ({ server, link } = await start(study, "coded", port));
        await tab.goto(address);
        const first = await tab.evaluate(() => document.activeElement.closest(".field")?.dataset.key);
        hold("crash", "entry goes on at the question after the last one saved", equal(first, `q${index + 1}`));
      }
      for (const key of keysOf(index, record)) await press(tab, key);
      const isLast = (index + 1) % 20 === 0;
      if (isLast) {
        const next = index + 1 === N_QUESTIONS ? /\/fin$/ : new RegExp(`part_${(index + 1) / 20 + 1}`);
        await Promise.all([tab.waitForURL(next), press(tab, "Enter")]);
      }
    }
    perField.push((n_keys - before) / N_QUESTIONS);
    // Record 0 says no, then yes: a soft finding, whose reason is one key.
    for (const [index] of (await tab.$$(".finding-card.soft")).entries()) {
      void index;
      await press(tab, "2");
    }
    await Promise.all([tab.waitForURL(`${base}/`), press(tab, "Enter")]);
  }
  const most = Math.max(...perField);
  hold("keyboard", `a record of ${N_QUESTIONS} coded questions takes ${most.toFixed(2)} keystrokes a field`, most <= 1.3 ? [] : [`${most}`]);
  const rows = await tab.$$("tbody tr");
  hold("keyboard", `${N_RECORDS} records are accepted`, equal(rows.length >= N_RECORDS, true));
  await tab.close();
  await stop(server);
}

// ── The study of the five centres ─────────────────────────────────────────────────────────────────────────────────────
async function life() {
  const { server, link, base } = await start("integra", "integra");
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  const foreign = [];
  tab.on("request", (request) => { if (!request.url().startsWith(base)) foreign.push(request.url()); });
  const violations = [];
  tab.on("console", (message) => { if (message.type() === "error") violations.push(message.text()); });
  await tab.goto(`${base}/entrer`);
  await look(tab, "entrer");
  await tab.goto(link);
  await look(tab, "accueil");
  await tab.fill("#person", "DUR-9001");
  await tab.click("button.primary");
  await tab.waitForURL(/person\.identity/);
  await look(tab, "identite");
  const draft = new URL(tab.url()).pathname.split("/")[2];
  const section = (name) => tab.goto(`${base}/fiches/${draft}/${name}`);

  // Skips: no dwelling, no question about its tenure.
  await section("situation.household");
  await look(tab, "menage");
  const visible = (key) => tab.isVisible(`.field[data-key="${key}"]`);
  await section("situation.housing");
  await tab.check('.field[data-key="housing_situation"] input[value="1"]');
  await isSaved(tab, "housing_situation");
  hold("skips", "without a dwelling its tenure is not asked", equal(await visible("tenure"), false));
  await tab.check('.field[data-key="housing_situation"] input[value="0"]');
  await tab.waitForSelector('.field[data-key="tenure"]:not(.skipped)');
  hold("skips", "with one it is", equal(await visible("tenure"), true));

  // The top row of AZERTY without Shift, a reason in one key, a date without marks.
  await section("situation.household");
  await tab.focus("#i-adults");
  // Playwright knows no AZERTY: the event is made as such a keyboard makes it.
  await tab.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "é", code: "Digit2", bubbles: true, cancelable: true })));
  hold("keys", "é of AZERTY is 2 in a number", equal(await tab.inputValue("#i-adults"), "2"));
  await press(tab, "Enter");
  await press(tab, "r");
  await isSaved(tab, "children");
  hold("keys", "r is a refusal", equal(await tab.inputValue('select[name="children:missing"]'), "refused"));
  await section("situation.interview");
  await tab.focus("#i-interview_date");
  await type(tab, "020924");
  await press(tab, "Enter");
  await isSaved(tab, "interview_date");
  await press(tab, "?");
  hold("keys", "? in a text is a question mark; elsewhere it shows the keys", equal(await tab.isVisible("dialog[open]"), false));

  // A timeline.
  await section("work-spells.spell");
  await tab.click("button.add");
  await tab.waitForURL(/work-spells\.1/);
  await tab.fill('[id="i-work-spells.1.spell_start"]', "0123");
  await tab.press('[id="i-work-spells.1.spell_start"]', "Enter");
  await isSaved(tab, "work-spells.1.spell_start");
  await tab.reload();
  hold("timeline", "the spell is drawn", equal(await tab.locator("svg .spell").count(), 1));
  await look(tab, "parcours");

  await section("fin");
  await look(tab, "terminer");
  for (const card of await tab.$$(".finding-card.soft")) await (await card.$('input[value="as_on_paper"]')).check();
  const blocked = await tab.$$(".finding-card.hard");
  hold("acceptance", "nothing blocks", equal(blocked.length, 0));
  await Promise.all([tab.waitForURL(`${base}/`), tab.click("#go-on")]);

  // A correction, then the next wave with what was before at hand.
  const row = tab.locator("tr", { hasText: "DUR-9001" });
  await row.getByRole("button", { name: /Corriger/ }).click();
  await tab.waitForURL(/fiches/);
  await tab.goto(tab.url().replace(/[^/]*$/, "situation.household"));
  hold("correction", "it begins with what is accepted", equal(await tab.inputValue("#i-adults"), "2"));
  await tab.goto(`${base}/`);
  await tab.selectOption("#wave", "w3");
  await tab.fill("#person", await tab.locator("tbody th").first().evaluate((cell) => cell.firstChild.textContent.trim()));
  await tab.click("button.primary");
  await tab.waitForURL(/fiches/);
  await tab.goto(tab.url().replace(/[^/]*$/, "situation.household"));
  await tab.focus("#i-adults");
  const before = await tab.getAttribute('.field[data-key="adults"]', "data-before");
  await press(tab, "=");
  await isSaved(tab, "adults");
  hold("next wave", "one key takes what was before", equal(await tab.inputValue("#i-adults"), before));
  await look(tab, "vague-suivante");

  for (const [path, name] of [["constats", "constats"], ["papier", "papier"], ["qualite", "qualite"], ["acces-sante", "acces-sante"]]) {
    await tab.goto(`${base}/${path}`);
    await look(tab, name);
  }
  await tab.goto(`${base}/rapport`, { timeout: 300_000 });
  hold("report", "the page makes it", equal((await tab.title()).length > 0 && (await tab.locator("figure").count()) > 0, true));
  hold("all pages", "fetch nothing from elsewhere", foreign);
  hold("all pages", "meet no error in the browser", violations.filter((text) => !text.includes("404")));
  await context.close();

  // Without a script everything can still be read and saved.
  const plain = await browser.newContext({ javaScriptEnabled: false });
  await stop(server);
  const again = await start("integra", "integra");
  const page = await plain.newPage();
  await page.goto(again.link);
  await page.fill("#person", "DUR-9002");
  await page.click("button.primary");
  const number = new URL(page.url()).pathname.split("/")[2];
  await page.goto(`${again.base}/fiches/${number}/situation.household`);
  await page.fill("#i-adults", "1");
  await page.click("#go-on");
  await page.goto(`${again.base}/fiches/${number}/situation.household`);
  hold("without a script", "an answer is saved by the button", equal(await page.inputValue("#i-adults"), "1"));
  await plain.close();
  await stop(again.server);
}

try {
  await keyboard();
  await life();
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(failures === 0 ? "entry tests: all well" : `entry tests: ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
