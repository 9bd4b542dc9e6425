// Eighteen encoders typing at once over a store of ten thousand records: how long a save takes, whether anything is lost, how much memory the
// server takes; and, in a browser beside them, how long it takes from a key to the next field.
// Usage: node load.mjs CATALYSE [--minutes 1] [--encoders 18] [--persons 5000] [--folder FOLDER] [--no-browser]
// A folder that is named is kept and used again: making the store takes longer than the run.
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { start, stop } from "./server.mjs";

const [program, ...words] = process.argv.slice(2);
if (!program) {
  console.error("name the program");
  process.exit(2);
}
const option = (name, other) => (words.includes(`--${name}`) ? words[words.indexOf(`--${name}`) + 1] : other);
const minutes = Number(option("minutes", 1));
const nEncoders = Number(option("encoders", 18));
const persons = option("persons", "5000");
const kept = option("folder", "");
const folder = kept || (await mkdtemp(join(tmpdir(), "catalyse-load-")));
// The link is for whoever keeps the accounts: each encoder gets one of their own.
const options = (port = 0) => ["--store", join(folder, "load"), "--port", String(port), "--persons", persons, "--user", "comptes"];

// The store is made by a server of its own, so that the memory of the one that is measured is that of serving.
if (!(await stat(join(folder, "load.demo", "catalyse.db")).catch(() => null))) {
  const from = performance.now();
  await stop((await start(program, options())).server);
  console.log(`${persons} persons were invented and accepted in ${((performance.now() - from) / 1000).toFixed(0)} s`);
}
let { server, link, base } = await start(program, options());
const port = new URL(base).port;

const enter = async (address) => (await fetch(address, { method: "POST", redirect: "manual" })).headers.get("set-cookie").split(";")[0];
const PASSWORD = "quatre mots bien longs";
const keeper = { cookie: await enter(link) };
const send = (path, headers, fields) => fetch(base + path, { method: "POST", headers, body: new URLSearchParams(fields), redirect: "manual" });

// Signs an encoder in, under an account of their own; it is opened unless an earlier run did.
async function signIn(name) {
  const known = await send("/entrer", {}, { name, password: PASSWORD });
  if (known.status === 303) return { cookie: known.headers.get("set-cookie").split(";")[0] };
  const made = await send("/comptes", keeper, { name, role: "encoder", partner: "durbuy", password: PASSWORD });
  if (made.status !== 303) throw new Error(`the account ${name}: ${made.status}`);
  const entered = await send("/entrer", {}, { name, password: PASSWORD });
  if (entered.status !== 303) throw new Error(`${name} cannot sign in: ${entered.status}`);
  return { cookie: entered.headers.get("set-cookie").split(";")[0] };
}
const sessions = [];
for (let number = 0; number <= nEncoders; number += 1) sessions.push(await signIn(`charge-${number}`));
if (new Set(sessions.map((one) => one.cookie)).size !== nEncoders + 1) throw new Error("two encoders share a session");
const page = async (path, headers) => {
  const response = await fetch(base + path, { headers });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
};

// What is typed, section by section: what stands in the form, answered by its kind.
function answersOf(html) {
  const typed = [];
  for (const field of html.split('<div class="field').slice(1)) {
    if (field.startsWith(" derived")) continue;
    const key = field.match(/data-key="([^"]+)"/)[1];
    const look = field.match(/data-look="([^"]+)"/)[1];
    const codes = [...field.matchAll(/value="([^"]+)" data-pick/g)].map((found) => found[1]);
    if (["person_id", "national_number"].includes(key)) continue; // keys that must differ or have a check digit
    const text = { number: "2", month: "0323", date: "020924", choice: codes[0], choices: codes.slice(0, 2).join(" "), line: "x", lines: "une remarque" }[look];
    if (text && field.includes(`name="${key}:seen"`)) typed.push([key, text]);
  }
  return typed;
}

const took = [];
const pages = [];
let errors = 0;
const acknowledged = new Map(); // draft → section → key → version
const timed = async (list, work) => {
  const from = performance.now();
  const result = await work();
  list.push(performance.now() - from);
  return result;
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function encoder(number, until) {
  const headers = sessions[number];
  await pause(Math.random() * 600);
  for (let record = 0; Date.now() < until; record += 1) {
    const form = new URLSearchParams({ wave: "w3", person: `LOAD-${process.pid}-${number}-${record}` });
    const begun = await fetch(`${base}/fiches`, { method: "POST", headers, body: form, redirect: "manual" });
    const draft = begun.headers.get("location").match(/\/fiches\/(\d+)/)[1];
    acknowledged.set(draft, new Map());
    const first = await page(`/fiches/${draft}`, headers);
    for (const section of [...first.matchAll(/data-section="([^"]+)"/g)].map((found) => found[1])) {
      if (Date.now() >= until) return;
      const known = new Map();
      acknowledged.get(draft).set(section, known);
      for (const [key, text] of answersOf(await timed(pages, () => page(`/fiches/${draft}/${section}`, headers)))) {
        if (Date.now() >= until) return;
        const body = JSON.stringify({ key, text, seen: known.get(key) ?? 0 });
        const response = await timed(took, () => fetch(`${base}/fiches/${draft}/champ`, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body }));
        const reply = response.ok ? await response.json() : { outcome: String(response.status) };
        if (reply.outcome === "saved") known.set(key, reply.version);
        else {
          errors += 1;
          console.log(`${key}: ${reply.outcome} ${reply.say ?? ""}`);
        }
        // A quick typist: an answer every 600 ms, the pauses not in step.
        await pause(400 + Math.random() * 400);
      }
    }
  }
}

// One encoder in a real browser: from the key that picks a choice until the next field is painted.
async function key_to_next(until) {
  const browser = await launch();
  const tab = await browser.newPage();
  const [name, value] = sessions[nEncoders].cookie.split("=");
  await tab.context().addCookies([{ name, value, url: base }]);
  await tab.goto(base);
  await tab.fill("#person", `LOAD-${process.pid}-B`);
  await tab.click("button.primary");
  await tab.waitForURL(/fiches/);
  const sections = await tab.$$eval("[data-section]", (links) => links.map((one) => one.href));
  const painted = [];
  while (Date.now() < until) {
    for (const section of sections) {
      if (Date.now() >= until) break;
      await tab.goto(section);
      const keys = await tab.evaluate(async () => {
        const wait = (ms) => new Promise((done) => setTimeout(done, ms));
        const took = [];
        for (let n = 0; n < 20; n += 1) {
          const here = document.activeElement;
          const pick = here?.dataset?.pick;
          if (!pick || pick.length > 1) {
            here?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
            if (document.activeElement === here) break;
            continue;
          }
          const from = performance.now();
          here.dispatchEvent(new KeyboardEvent("keydown", { key: pick, bubbles: true, cancelable: true }));
          await new Promise((done) => requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); }));
          took.push(performance.now() - from);
          await wait(300 + Math.random() * 300);
        }
        return took;
      });
      painted.push(...keys);
    }
  }
  await browser.close();
  return painted;
}

const memoryOf = async (key) => Number((await readFile(`/proc/${server.pid}/status`, "utf8")).match(new RegExp(`${key}:\\s+(\\d+)`))[1]) / 1024;
const until = Date.now() + minutes * 60_000;
const loads = [];
const watch = setInterval(() => loads.push(loadavg()[0]), 5_000);
const [painted] = await Promise.all([
  words.includes("--no-browser") ? [] : key_to_next(until),
  ...Array.from({ length: nEncoders }, (_, number) => encoder(number, until)),
]);
clearInterval(watch);
const [peak, now] = [await memoryOf("VmHWM"), await memoryOf("VmRSS")];

// The power goes; everything that was acknowledged must be there.
await stop(server, "SIGKILL");
({ server, link } = await start(program, options(port)));
const again = sessions[0]; // a session outlives the server
let n = 0;
let lost = 0;
for (const [draft, sections] of acknowledged) {
  for (const [section, known] of sections) {
    if (known.size === 0) continue;
    const html = await page(`/fiches/${draft}/${section}`, again);
    for (const [key, version] of known) {
      n += 1;
      if (!html.includes(`name="${key}:seen" value="${version}"`)) lost += 1;
    }
  }
}
await stop(server);
if (!kept) await rm(folder, { recursive: true, force: true });

const line = (name, list) => {
  if (list.length === 0) return;
  list.sort((one, other) => one - other);
  const at = (share) => list[Math.min(list.length - 1, Math.floor(list.length * share))].toFixed(1);
  console.log(`${name}: ${list.length} times, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${list.at(-1).toFixed(1)} ms`);
};
console.log(`${nEncoders} encoders with an account and a session each, ${minutes} min, ${persons} persons in the store, ${availableParallelism()} processors, load of the machine ${(loads.reduce((sum, one) => sum + one, 0) / loads.length).toFixed(1)}`);
line("save (request to answer)", took);
line("page of a section", pages);
line("key to next field painted", painted);
console.log(`errors ${errors}; acknowledged and there after kill -9: ${n - lost} of ${n}; memory ${now.toFixed(0)} MB, peak ${peak.toFixed(0)} MB`);
process.exit(lost === 0 && errors === 0 ? 0 : 1);
