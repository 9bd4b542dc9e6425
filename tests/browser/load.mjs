// Eighteen encoders typing at once: how long a save takes, whether anything is lost, and how much memory the server takes.
// Usage: node load.mjs CATALYSE [SECONDS] [ENCODERS]. Measured on the release build; it needs no browser.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [program, seconds = "60", encoders = "18"] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "catalyse-load-"));
const server = spawn(program, ["serve", "--demo", "--store", join(folder, "load"), "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
const link = await new Promise((done) => server.stdout.on("data", (bytes) => String(bytes).startsWith("http") && done(String(bytes).trim())));
const base = new URL(link).origin;
const entered = await fetch(link, { redirect: "manual" });
const cookie = entered.headers.get("set-cookie").split(";")[0];
const headers = { cookie };

// What is typed, over and over: numbers, choices, reasons, dates.
const TYPED = [
  ["adults", "2"], ["children", "1"], ["household_size", "3"], ["interview_date", "020924"], ["gender", "F"], ["housing_situation", "0"],
  ["birth_date", "140388"], ["household_income", "1450"], ["works", "non"], ["diploma_year", "2004"],
];
const took = [];
let lost = 0;
const until = Date.now() + Number(seconds) * 1000;

async function encoder(number) {
  const form = new URLSearchParams({ wave: "w3", person: `LOAD-${String(number).padStart(4, "0")}` });
  const begun = await fetch(`${base}/fiches`, { method: "POST", headers, body: form, redirect: "manual" });
  const draft = begun.headers.get("location").match(/\/fiches\/(\d+)/)[1];
  const seen = {};
  const last = {};
  for (let turn = 0; Date.now() < until; turn += 1) {
    const [key, text] = TYPED[turn % TYPED.length];
    const typed = turn % 20 < 10 ? { text } : { text: "", missing: "" };
    const from = performance.now();
    const response = await fetch(`${base}/fiches/${draft}/champ`, {
      method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify({ key, seen: seen[key] ?? 0, ...typed }),
    });
    const reply = await response.json();
    took.push(performance.now() - from);
    if (reply.outcome !== "saved") throw new Error(`${key}: ${reply.outcome} ${reply.say}`);
    seen[key] = reply.version;
    last[key] = reply.version;
    // A quick typist: an answer every 600 ms, the pauses not in step.
    await new Promise((done) => setTimeout(done, 400 + Math.random() * 400));
  }
  const page = await (await fetch(`${base}/fiches/${draft}/situation.household`, { headers })).text();
  for (const key of ["adults", "children"]) {
    if (!page.includes(`name="${key}:seen" value="${last[key]}"`)) lost += 1;
  }
}

await Promise.all(Array.from({ length: Number(encoders) }, (_, number) => encoder(number)));
const memory = Number((await readFile(`/proc/${server.pid}/status`, "utf8")).match(/VmHWM:\s+(\d+)/)[1]) / 1024;
server.kill("SIGINT");
await rm(folder, { recursive: true, force: true });
took.sort((one, other) => one - other);
const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1);
console.log(`${encoders} encoders, ${seconds} s: ${took.length} saves, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, lost ${lost}, peak memory ${memory.toFixed(0)} MB`);
process.exit(lost === 0 ? 0 : 1);
