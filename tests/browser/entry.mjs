// The life of entry in Chromium: start, come in by the link, enter records by keyboard alone, skips, a soft finding with its reason, the server
// killed in the middle, a correction, the next wave, the report; and the rules of axe on every page, wide, at 320 px and at 200 % zoom.
// Usage: node entry.mjs [--server URL] CATALYSE [FOLDER FOR PICTURES]
// With the address of a PostgreSQL server each store is a database of its own there; else each is a file.
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { N_QUESTIONS, keysOf, writeStudy } from "./coded_study.mjs";
import { NARROW_PX, failures, hold, launch, rulesOf, wider } from "./browser.mjs";
import { start, stop } from "./server.mjs";

const given = process.argv.slice(2);
const SERVER = given[0] === "--server" ? given.splice(0, 2)[1] : "";
const [program, pictures] = given;
if (!program) {
  console.error("name the program");
  process.exit(2);
}
const N_RECORDS = Number(process.env.RECORDS ?? 10);
const folder = await mkdtemp(join(tmpdir(), "catalyse-entry-"));
if (pictures) await mkdir(pictures, { recursive: true });

// Says where a store is: a file of its own, or a database that is made when it is first named.
const databases = new Set();
function place(name) {
  if (!SERVER) return ["--store", join(folder, name)];
  const database = `entry_${name}_${process.pid}`;
  const host = new URL(SERVER).searchParams.get("host");
  if (!databases.has(database)) {
    const made = spawnSync("createdb", ["-h", host, "-U", "catalyse", database], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`no database ${database}: ${made.stderr ?? made.error}`);
    databases.add(database);
  }
  return ["--store", SERVER.replace("/postgres?", `/${database}?`), "--key", join(folder, `${name}.cle.json`)];
}

const serve = (study, name, { port = 0, user = "demo" } = {}) =>
  start(program, ["--study", study, ...place(name), "--port", String(port), "--user", user]);

const browser = await launch();
const PATIENCE_MS = 90_000; // an unoptimised build on a busy machine
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
  // Windows in high contrast: colours are the system's, and what only a colour told must still be told.
  await tab.emulateMedia({ forcedColors: "active" });
  hold(name, "keeps them in forced colours", await rulesOf(tab));
  if (pictures) await tab.screenshot({ path: join(pictures, `${name}-contrast.png`) });
  await tab.emulateMedia({ forcedColors: "none" });
  if (pictures) await tab.screenshot({ path: join(pictures, `${name}.png`) });
  await tab.emulateMedia({ colorScheme: "dark" });
  hold(name, "keeps them in dark colours", await rulesOf(tab));
  await tab.emulateMedia({ colorScheme: "light" });
  await tab.setViewportSize({ width: 640, height: 450 });
  if (pictures) await tab.screenshot({ path: join(pictures, `${name}-200.png`) });
  hold(name, "does not scroll sideways at 200 % zoom", await wider(tab, 640));
  await tab.setViewportSize({ width: NARROW_PX, height: 800 });
  hold(name, `does not scroll sideways at ${NARROW_PX} px`, await wider(tab));
  const boxes = await tab.$$eval(".scroll", (all) => all.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => `${box.ariaLabel}: ${box.scrollWidth} px`));
  hold(name, "nor does a table in it", boxes);
  hold(name, "keeps the rules there", await rulesOf(tab));
  if (pictures) await tab.screenshot({ path: join(pictures, `${name}-320.png`) });
  await tab.setViewportSize({ width: 1280, height: 900 });
}

// ── A pile of paper: sixty coded questions, by keyboard alone ─────────────────────────────────────────────────────────
async function keyboard() {
  const study = join(folder, "coded");
  await writeStudy(study);
  let { server, link, base } = await serve(study, "coded");
  const port = new URL(base).port;
  const tab = await browser.newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  await come(tab, link);
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
        ({ server, link } = await serve(study, "coded", { port }));
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
const foreign = [];
const errors = [];
let base = "";

// Somebody at a desk of their own: a browser that fetches nothing from elsewhere and meets no error.
// The page of a link that works once has a button: looking at it uses nothing up.
const enter = (tab) => Promise.all([tab.waitForURL((address) => address.pathname === "/"), tab.click("main button.primary")]);

async function come(tab, link) {
  await tab.goto(link);
  await enter(tab);
}

async function somebody(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  tab.on("request", (request) => { if (!request.url().startsWith(base)) foreign.push(request.url()); });
  tab.on("console", (message) => { if (message.type() === "error") errors.push(`${message.text()} ${tab.url()}`); });
  tab.on("pageerror", (error) => errors.push(String(error)));
  await tab.goto(address);
  return tab;
}

async function signIn(name) {
  const tab = await somebody(`${base}/entrer`);
  await tab.fill("#name", name);
  await tab.fill("#password", PASSWORD);
  await Promise.all([tab.waitForURL(`${base}/`), tab.press("#password", "Enter")]);
  return tab;
}
const PASSWORD = "quatre mots bien longs";
const visible = (tab, key) => tab.isVisible(`.field[data-key="${key}"]`);
const draftOf = (tab) => new URL(tab.url()).pathname.split("/")[2];

// Begins a sheet about a person, from the pile of a slip if one is named.
async function begin(tab, person, { wave, slip } = {}) {
  await tab.goto(`${base}/`);
  if (wave) await tab.selectOption("#wave", wave);
  if (slip) await tab.selectOption("#slip", slip);
  await tab.fill("#person", person);
  await Promise.all([tab.waitForURL(/fiches/), tab.press("#person", "Enter")]);
  return draftOf(tab);
}

// Types numbers into a section, by keyboard.
async function numbers(tab, draft, answers, section = "household") {
  await tab.goto(`${base}/fiches/${draft}/situation.${section}`);
  for (const [key, text] of Object.entries(answers)) {
    await tab.focus(`[id="i-${key}"]`);
    await tab.keyboard.press("Control+a");
    await type(tab, text);
    await press(tab, "Enter");
    await isSaved(tab, key);
  }
}

// Accepts a sheet with one reason for all that is soft, and says how many there were.
async function accept(tab, draft, way = `${base}/`) {
  await tab.goto(`${base}/fiches/${draft}/fin`);
  // One key for all questions that stay empty; those that do not allow the reason remain for the next.
  for (const key of ["s", "n", "r"]) {
    if (await tab.$(`button[data-letter="${key}"]`)) await Promise.all([tab.waitForEvent("load"), tab.keyboard.press(key)]);
  }
  hold("acceptance", "nothing is left empty without a reason", equal(await tab.locator(".unanswered").count(), 0));
  // A reason that was given for the same answer before is there already.
  const cards = await tab.$$('.finding-card.soft:not(:has(input:checked)) input[value="as_on_paper"]');
  for (const reason of cards) await Promise.all([tab.waitForResponse(/motif/), reason.check()]);
  await Promise.all([tab.waitForURL(way), tab.click("#go-on")]);
  return cards.length;
}

async function accounts(link) {
  const tab = await somebody(`${base}/entrer`);
  await look(tab, "entrer");
  await come(tab, link);
  await tab.goto(`${base}/comptes`);
  for (const name of ["anne", "bert"]) {
    await tab.fill("#name", name);
    await tab.selectOption("#role", "encoder");
    await tab.selectOption("#partner", "durbuy");
    await tab.fill("#password", PASSWORD);
    await Promise.all([tab.waitForResponse(/comptes/), tab.press("#password", "Enter")]);
    await tab.waitForSelector(`th:text-is("${name}")`);
  }
  await tab.locator("tr", { has: tab.locator('th:text-is("demo")') }).getByRole("button", { name: /Lien/ }).click();
  const once = await tab.textContent("code.link");
  await look(tab, "comptes");
  await tab.goto(`${base}/acces-sante`);
  await look(tab, "acces-sante");
  await tab.context().close();
  return once;
}

async function sheet(tab) {
  await look(tab, "accueil");
  const draft = await begin(tab, "DUR-9001");
  await look(tab, "identite");
  const section = (name) => tab.goto(`${base}/fiches/${draft}/${name}`);

  // Skips: no dwelling, no question about its tenure.
  await section("situation.housing");
  await tab.check('.field[data-key="housing_situation"] input[value="1"]');
  await isSaved(tab, "housing_situation");
  hold("skips", "without a dwelling its tenure is not asked", equal(await visible(tab, "tenure"), false));
  await tab.check('.field[data-key="housing_situation"] input[value="0"]');
  await tab.waitForSelector('.field[data-key="tenure"]:not(.skipped)');
  hold("skips", "with one it is", equal(await visible(tab, "tenure"), true));

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
  // The key on the button, where there is no field yet.
  await press(tab, "+");
  await tab.waitForURL(/work-spells\.1/);
  await tab.fill('[id="i-work-spells.1.spell_start"]', "0123");
  await tab.press('[id="i-work-spells.1.spell_start"]', "Enter");
  await isSaved(tab, "work-spells.1.spell_start");
  hold("dates", "a month is shown as it was understood", equal(/janvier 2023/.test(await tab.textContent('.field[data-key="work-spells.1.spell_start"] .status')), true));
  await tab.reload();
  hold("timeline", "the spell is drawn", equal(await tab.locator("svg .spell").count(), 1));
  await look(tab, "parcours");

  await numbers(tab, draft, { children: "1", household_size: "3" });
  await look(tab, "menage");

  // A rent that is rarely so high: a soft finding at the field, overridden with a reason that waits for its author.
  await section("situation.housing");
  await tab.check('.field[data-key="tenure"] input[value="3"]');
  await isSaved(tab, "tenure");
  await numbers(tab, draft, { housing_cost: "2000" }, "housing");
  await tab.waitForSelector('[id="g-housing_cost"] .finding.soft');
  await look(tab, "logement");
  await section("fin");
  await Promise.all([tab.waitForResponse(/motif/), tab.check('.finding-card.soft input[value="rare_but_true"] >> nth=0')]);
  await tab.reload();
  hold("acceptance", "a reason that was picked is there again", equal(await tab.locator('input[value="rare_but_true"]:checked').count(), 1));
  await look(tab, "terminer");
  hold("acceptance", "nothing blocks", equal(await tab.locator(".finding-card.hard").count(), 0));
  hold("acceptance", "something had to be confirmed", equal((await accept(tab, draft)) > 0, true));
}

// Where the hand is: after an answer that hides the question behind it, at an address that names a question, in the list of keys.
async function hand(tab) {
  const held = () => tab.evaluate(() => document.activeElement.closest(".field")?.dataset.key ?? (document.activeElement.id || document.activeElement.tagName));
  const settled = async (key) => { await isSaved(tab, key); await tab.waitForTimeout(300); };
  const picked = (key) => tab.evaluate((name) => document.querySelector(`.field[data-key="${name}"] input:checked`)?.value ?? "", key);
  const stops = () => tab.$$eval(".field", (all) => all.filter((field) => field.offsetParent !== null && field.querySelector(".choices input, .boxed input, .boxed textarea")).map((field) => field.dataset.key));
  const draft = await begin(tab, "DUR-9006");
  const section = (name) => tab.goto(`${base}/fiches/${draft}/${name}`);

  // By hand: the question behind the answer is hidden by the reply, and the next one that is asked has the focus.
  for (const [name, keys, last] of [["situation.health", "1110", "unmet_care"], ["situation.housing", "1", "housing_situation"]]) {
    await section(name);
    await type(tab, keys);
    await settled(last);
    const asked = await stops();
    hold("hand", `after ${last} the next question that is asked has the focus`, equal(await held(), asked[asked.indexOf(last) + 1] ?? "go-on"));
  }
  // At speed: what is typed before the reply goes to what the reply asks, whether it hides a question or brings one.
  await section("situation.health");
  await tab.check('.field[data-key="unmet_care"] input[value="oui"]');
  await tab.waitForSelector('.field[data-key="unmet_care_reason"]:not(.skipped)');
  for (const [keys, what, wanted] of [["111011", "hides", " 1 1"], ["1111222", "brings", "2 2 2"]]) {
    await section("situation.health");
    await tab.focus('.field[data-key="health"] .choices input >> nth=0');
    await type(tab, keys);
    await settled("wg_hearing");
    const said = await Promise.all(["unmet_care_reason", "wg_seeing", "wg_hearing"].map(picked));
    hold("hand", `digits typed before a reply that ${what} a question fill those that are asked`, equal(said.join(" "), wanted));
    const asked = await stops();
    hold("hand", "and the hand is behind them", equal(await held(), asked[asked.indexOf("wg_hearing") + 1]));
  }

  // An address that names a question; and a spell that was just added.
  await section("situation.household#f-children");
  await tab.waitForTimeout(300);
  hold("hand", "an address that names a question puts the hand there", equal(await held(), "children"));
  await section("work-spells.spell");
  await press(tab, "+");
  await tab.waitForURL(/work-spells\.1/);
  await tab.waitForTimeout(300);
  hold("hand", "and so does a spell that was added", equal(/^work-spells\.1\./.test(await held()), true));

  // The list of keys, from inside a text and with the mouse.
  await section("person.identity");
  await tab.focus("#i-last_name");
  await press(tab, "F1");
  hold("hand", "F1 shows the keys from inside a text", equal(await tab.isVisible("dialog[open]"), true));
  await press(tab, "Escape");
  await tab.waitForSelector("dialog[open]", { state: "detached" });
  hold("hand", "and the hand is where it was", equal(await held(), "last_name"));
  await tab.click("#show-keys");
  hold("hand", "a button shows them too", equal(await tab.isVisible("dialog[open]"), true));
  await press(tab, "Escape");
  await tab.waitForSelector("dialog[open]", { state: "detached" });
  // The page takes the hand back once the browser has told it that the list is closed.
  await tab.waitForFunction(() => document.activeElement?.id === "i-last_name", null, { timeout: 2_000 }).catch(() => null);
  hold("hand", "and gives the hand back", equal(await held(), "last_name"));
  await tab.request.post(`${base}/fiches/${draft}/jeter`);
}

// A name in the box of codes is searched; who means a code says so.
async function named(tab) {
  await tab.goto(`${base}/`);
  await tab.fill("#person", "Personnedecenom");
  await Promise.all([tab.waitForEvent("load"), tab.press("#person", "Enter")]);
  hold("code", "a name is searched and begins nobody", equal(await tab.locator("#meant").count(), 1));
  await look(tab, "nom-ou-code");
}

const RENT = /loyer/i; // what the check on rents says
async function correction(tab) {
  await tab.goto(`${base}/constats`);
  await look(tab, "constats");
  await tab.locator(".rows a", { hasText: "DUR-9001" }).filter({ hasText: RENT }).first().click();
  await tab.waitForURL(/constats\/\d+/);
  const finding = tab.url();
  await tab.getByRole("button", { name: "Rouvrir" }).click();
  await tab.waitForSelector('button[value="closed"]');
  await look(tab, "constat");
  await Promise.all([tab.waitForURL(/fiches/), tab.getByRole("button", { name: "Corriger la fiche" }).click()]);
  const draft = draftOf(tab);
  await tab.goto(`${base}/fiches/${draft}/situation.household`);
  hold("correction", "it begins with what is accepted", equal(await tab.inputValue("#i-adults"), "2"));
  await numbers(tab, draft, { housing_cost: "500" }, "housing");
  await accept(tab, draft);
  await tab.goto(finding);
  hold("correction", "closes its finding", equal(/· clos/.test(await tab.textContent(".finding-card")), true));
}

// Two begin a sheet about somebody new with one code: the second takes the first one's record over and picks what differs.
async function takenOver(tab) {
  const drafts = [await begin(tab, "DUR-9005")];
  hold("taken over", "the same new code opens the same sheet", equal(await begin(tab, "DUR-9005"), drafts[0]));
  drafts.push(await begin(tab, ""));
  await tab.goto(`${base}/fiches/${drafts[1]}/person.identity`);
  await tab.fill("#i-person_id", "DUR-9005");
  await tab.press("#i-person_id", "Enter");
  await isSaved(tab, "person_id");
  for (const [index, draft] of drafts.entries()) {
    await tab.goto(`${base}/fiches/${draft}/situation.interview`);
    await tab.fill("#i-interview_date", "020924");
    await tab.press("#i-interview_date", "Enter");
    await isSaved(tab, "interview_date");
    await numbers(tab, draft, { adults: String(index + 2) });
  }
  await accept(tab, drafts[0]);
  await tab.goto(`${base}/fiches/${drafts[1]}/fin`);
  await look(tab, "code-connu");
  await Promise.all([tab.waitForURL(/reprendre/), tab.getByRole("button", { name: /C’est elle/ }).click()]);
  await look(tab, "reprendre");
  await tab.check('input[name="adults"][value="mine"]');
  await Promise.all([tab.waitForURL(/fin$/), tab.getByRole("button", { name: "Reprendre ainsi" }).click()]);
  await accept(tab, drafts[1]);
  const again = await begin(tab, "DUR-9005");
  await tab.goto(`${base}/fiches/${again}/situation.household`);
  hold("taken over", "the record says what was picked", equal(await tab.inputValue("#i-adults"), "3"));
  await tab.goto(`${base}/fiches/${again}/fin`);
  await Promise.all([tab.waitForURL(/jeter$/), tab.getByRole("link", { name: "Jeter cette saisie" }).click()]);
  await look(tab, "jeter");
  await Promise.all([tab.waitForURL(`${base}/`), tab.getByRole("button", { name: "Jeter pour de bon" }).click()]);
  await tab.fill("#person", "dur9005");
  await Promise.all([tab.waitForResponse(/fiches$/), tab.press("#person", "Enter")]);
  await tab.waitForSelector("text=Est-ce la même personne");
  await look(tab, "code-pareil");
}

async function nextWave(tab) {
  await tab.goto(`${base}/`);
  await tab.fill("#q", "DUR-0");
  await Promise.all([tab.waitForURL(/chercher$/), tab.press("#q", "Enter")]);
  const person = await tab.locator("tbody th").first().evaluate((cell) => cell.firstChild.textContent.trim());
  await Promise.all([tab.waitForURL(/acceptees/), tab.locator('a[href^="/acceptees/"]').first().click()]);
  await look(tab, "fiche-acceptee");
  const draft = await begin(tab, person, { wave: "w3" });
  await tab.goto(`${base}/fiches/${draft}/situation.household`);
  // One question in twenty is asked anew blind: the first number that is not.
  const key = await tab.getAttribute('.field[data-look="number"][data-before]', "data-key");
  await tab.focus(`#i-${key}`);
  const before = await tab.getAttribute(`.field[data-key="${key}"]`, "data-before");
  await press(tab, "=");
  await isSaved(tab, key);
  hold("next wave", "one key takes what was before", equal(await tab.inputValue(`#i-${key}`), before));
  await look(tab, "vague-suivante");
}

// A pile of one form: anne keys it, bert keys it again without seeing hers, the coordinator decides with the paper.
async function twice(coordinator) {
  const [anne, bert] = [await signIn("anne"), await signIn("bert")];
  await anne.goto(`${base}/bordereaux`);
  await look(anne, "bordereaux");
  await anne.fill("#title", "campagne de septembre");
  await anne.selectOption("#wave", "w2");
  await anne.fill("#n_forms", "1");
  await anne.selectOption("#variable", "adults");
  await anne.fill("#total", "2");
  await Promise.all([anne.waitForURL(/bordereaux\/\d+/), anne.press("#total", "Enter")]);
  const slip = anne.url();
  const first = await begin(anne, "DUR-9003", { slip: slip.split("/").at(-1) });
  await numbers(anne, first, { adults: "3", children: "0", household_size: "3" });
  await accept(anne, first);
  hold("slip", "the next form of the pile is at hand", equal(`${await anne.inputValue("#slip")} ${await anne.inputValue("#wave")}`, `${slip.split("/").at(-1)} w2`));
  await anne.goto(slip);
  hold("slip", "says that a total is over by one", equal(/en trop : 1/.test(await anne.textContent("main")), true));
  await coordinator.goto(slip);
  await coordinator.getByRole("button", { name: "Tirer au sort" }).click();
  await coordinator.waitForSelector(".act-line");
  await bert.goto(slip);
  await Promise.all([bert.waitForURL(/fiches/), bert.getByRole("button", { name: /Saisir/ }).click()]);
  const second = draftOf(bert);
  await numbers(bert, second, { adults: "2", children: "1", household_size: "3" });
  await look(bert, "seconde-saisie");
  hold("double entry", "does not ask who the person is", equal(await bert.locator('[data-section="person.identity"]').count(), 0));
  await accept(bert, second, slip);
  await coordinator.goto(slip);
  await Promise.all([coordinator.waitForURL(/doubles/), coordinator.getByRole("link", { name: /Trancher/ }).click()]);
  hold("double entry", "shows neither of the two", equal(await coordinator.inputValue("#i-adults"), ""));
  await look(coordinator, "trancher");
  await coordinator.fill("#i-adults", "2");
  await coordinator.fill("#i-children", "1");
  await Promise.all([coordinator.waitForURL(/fin$/), coordinator.click("#go-on")]);
  await accept(coordinator, draftOf(coordinator));
  await coordinator.goto(slip);
  hold("double entry", "tells the coordinator the rate of errors", equal(/Intervalle de Wilson/.test(await coordinator.textContent("main")), true));
  await anne.goto(slip);
  const forAnne = await anne.textContent("main");
  hold("double entry", "tells an encoder no count of errors", equal(/Wilson|erreurs de la première/.test(forAnne), false));
  hold("slip", "adds up once corrected", equal(await coordinator.locator("text=Tout tombe juste").count(), 1));
  await look(coordinator, "bordereau");
  await anne.goto(`${base}/mot-de-passe`);
  await look(anne, "mot-de-passe");
  const refused = errors.length;
  await anne.goto(`${base}/comptes`);
  await look(anne, "refus");
  await anne.goto(`${base}/constats/99999`);
  await look(anne, "absent");
  errors.splice(refused); // the browser calls a page that is refused an error
  await anne.context().close();
  await bert.context().close();
}

// The questions in Dutch: what the study has in it, and the rest in the language of the pages.
async function tongues(tab) {
  await tab.goto(`${base}/`);
  await tab.click('button[name="questions"][value="nl"]');
  const draft = await begin(tab, "DUR-9004");
  await tab.goto(`${base}/fiches/${draft}/situation.health`);
  hold("tongues", "a question is in Dutch", equal(await tab.locator('.label [lang="nl"]', { hasText: "Gezondheid in het algemeen" }).count(), 1));
  await look(tab, "neerlandais");
  await tab.goto(`${base}/`);
  await tab.click('button[name="questions"][value="fr"]');
}

// TLS by the program's own options, on all addresses of the machine.
async function secret() {
  const files = [join(folder, "certificat.pem"), join(folder, "certificat-cle.pem")];
  const made = spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", files[0], "-keyout", files[1]]);
  hold("TLS", "a certificate is made", equal(made.status, 0));
  const { server, link } = await start(program, [...place("tls"), "--port", "0", "--address", "0.0.0.0", "--host", "localhost", "--certificate", files[0], "--certificate-key", files[1], "--persons", "5"]);
  const address = link.replace("0.0.0.0", "localhost");
  hold("TLS", "the link is one of https", equal(link.startsWith("https://0.0.0.0:"), true));
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const tab = await context.newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  await come(tab, address);
  const cookies = await context.cookies();
  hold("TLS", "signs in, and the session never travels in the clear", equal(cookies.length === 1 && cookies[0].secure && (await tab.locator("h1").count()) === 1, true));
  const plain = await fetch(address.replace("https:", "http:")).then(() => "answered", () => "refused");
  hold("TLS", "a plain request gets nothing", equal(plain, "refused"));
  await context.close();
  await stop(server);
  const bare = spawnSync(program, ["serve", "--demo", "--store", join(folder, "nu"), "--address", "0.0.0.0", "--port", "0", "--persons", "5"], { timeout: PATIENCE_MS });
  hold("TLS", "without it an office address is refused", equal(bare.status !== 0 && bare.status !== null, true));
}

// What is not on the disk is on the screen, and told: an answer that cannot be read, and one for a record that a colleague threw away.
async function unsaved(tab) {
  const draft = await begin(tab, "DUR-9003");
  const section = `${base}/fiches/${draft}/situation.interview`;
  await tab.goto(section);
  await tab.focus("#i-interview_date");
  await type(tab, "31/02/24");
  await press(tab, "Enter");
  await tab.click("#go-on");
  await tab.waitForSelector("#not-saved");
  hold("not saved", "an unreadable answer stays, and the page with it", equal(`${tab.url()} ${await tab.inputValue("#i-interview_date")}`, `${section} 31/02/24`));
  hold("not saved", "keeps the rules of WCAG 2.2 AA", await rulesOf(tab));
  await tab.fill("#i-interview_date", "");
  await type(tab, "020924");
  await press(tab, "Enter");
  await isSaved(tab, "interview_date");
  await Promise.all([tab.waitForURL((address) => address.href !== section), tab.click("#go-on")]);

  await tab.goto(`${base}/fiches/${draft}/situation.household`);
  await tab.request.post(`${base}/fiches/${draft}/jeter`);
  const n_errors = errors.length;
  let n_tries = 0;
  tab.on("request", (request) => { n_tries += Number(request.url().endsWith("/champ")); });
  await tab.focus("#i-adults");
  await type(tab, "2");
  await press(tab, "Enter");
  await tab.waitForSelector('.field[data-key="adults"].wrong');
  await tab.waitForTimeout(2_000); // longer than the first tries of one that is tried again
  hold("not saved", "what the server refuses is tried once, and stays", equal(`${n_tries} ${await tab.inputValue("#i-adults")}`, "1 2"));
  hold("not saved", "the field says so", equal(/n’est plus ouverte/.test(await tab.textContent('.field[data-key="adults"] .status')), true));
  errors.length = n_errors; // the browser notes the refusal itself
  tab.once("dialog", (dialog) => dialog.accept());
  await tab.goto(`${base}/`);
}

// An edition of the report: fixed once, read as it was fixed, with its figures out of the archive.
async function editions(tab) {
  await tab.goto(`${base}/rapport`);
  hold("report", "no edition is there before one is fixed", equal(await tab.locator(".edition").count(), 0));
  await tab.locator("form.stack button").first().click();
  await tab.waitForURL(/preparation/);
  hold("report", "an edition is prepared beside the page", equal(await tab.locator("#waiting").count(), 1));
  hold("report", "the page of it keeps the rules of WCAG 2.2 AA", await rulesOf(tab));
  // The page looks by itself, and shows what would be fixed.
  await tab.waitForSelector("#note", { timeout: 300_000 });
  hold("report", "what would be fixed is told before", equal(/Environ \d+ fiches.*première édition/s.test(await tab.textContent("main")), true));
  await look(tab, "rapport-preparation");
  hold("report", "and so does what is shown before it is fixed", await rulesOf(tab));
  await tab.fill("#note", "pour le comité");
  await tab.getByRole("button", { name: /Fixer/ }).click();
  await tab.waitForSelector(".edition");
  hold("report", "an edition says who fixed it and why", equal(/demo.*pour le comité/s.test(await tab.textContent(".edition")), true));
  await look(tab, "rapport");
  const file = await tab.getByRole("link", { name: /Lire/ }).getAttribute("href");
  const twice = await Promise.all([1, 2].map(async () => (await tab.request.get(base + file)).text()));
  hold("report", "is the same bytes each time", equal(twice[0] === twice[1] && twice[0].length > 10_000, true));
  await tab.goto(base + file);
  hold("report", "is a page with figures", equal((await tab.title()).length > 0 && (await tab.locator("figure").count()) > 0, true));
  hold("report", "keeps the rules of WCAG 2.2 AA", await rulesOf(tab));
  const figure = await tab.locator('a[href^="figures/"]').first().evaluate((link) => link.href);
  hold("report", "its figures are there too", equal((await tab.request.get(figure)).status(), 200));
}

async function life() {
  const began = await serve("integra", "integra", { user: "comptes" });
  base = began.base;
  const link = await accounts(began.link);
  const tab = await somebody(link);
  await enter(tab);
  await sheet(tab);
  await hand(tab);
  await named(tab);
  await correction(tab);
  await takenOver(tab);
  await unsaved(tab);
  await nextWave(tab);
  await tongues(tab);
  await twice(tab);
  for (const path of ["papier", "qualite"]) {
    await tab.goto(`${base}/${path}`);
    await look(tab, path);
  }
  await editions(tab);
  hold("all pages", "fetch nothing from elsewhere", foreign);
  hold("all pages", "meet no error in the browser", errors);
  await tab.context().close();

  // Without a script everything can still be read and saved.
  await stop(began.server);
  const again = await serve("integra", "integra");
  base = again.base;
  const plain = await somebody(again.link, { javaScriptEnabled: false });
  await enter(plain);
  const draft = await begin(plain, "DUR-9002");
  await plain.goto(`${base}/fiches/${draft}/situation.household`);
  await plain.fill("#i-adults", "1");
  await plain.click("#go-on");
  await plain.goto(`${base}/fiches/${draft}/situation.household`);
  hold("without a script", "an answer is saved by the button", equal(await plain.inputValue("#i-adults"), "1"));
  // A commune by a part of its name: what fits is offered.
  const commune = `${base}/fiches/${draft}/person.profile`;
  await plain.goto(commune);
  await plain.fill("#i-area_of_residence", "saint j");
  await plain.click("#go-on");
  hold("without a script", "several communes fit, and each is offered", equal((await plain.locator(".matches label").count()) > 1, true));
  await plain.check('.matches input[value="21014"]');
  await plain.click("#go-on");
  await plain.goto(commune);
  hold("without a script", "the one that is picked is saved", equal(await plain.inputValue("#i-area_of_residence"), "21014 – Saint-Josse-ten-Noode"));
  await plain.context().close();
  await stop(again.server);
}

const clock = Date.now();
try {
  await keyboard();
  console.log(`        ${N_RECORDS} records by keyboard in ${((Date.now() - clock) / 1000).toFixed(0)} s`);
  await life();
  await secret();
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(failures === 0 ? `entry tests: all well in ${((Date.now() - clock) / 1000).toFixed(0)} s` : `entry tests: ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
