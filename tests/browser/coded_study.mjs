// A study of sixty coded questions, as a pile of paper is keyed: 36 yes or no, 18 of four choices, 6 of twelve.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export const N_QUESTIONS = 60;
const kindOf = (index) => (index % 10 === 9 ? "twelve" : index % 10 < 6 ? "yes" : "four");

export async function writeStudy(folder) {
  const label = (text) => `label = { fr = "${text}", en = "${text}" }`;
  const keys = [["person_id", "pseudonym", "Personne"], ["wave", "wave", "Vague"], ["partner", "partner", "Centre"], ["interview_date", "date", "Entretien"]];
  const keyed = keys.map(([name, type, words]) => `[[section.variable]]\nname = "${name}"\ntype = "${type}"\n${label(words)}\n`);
  const asked = Array.from({ length: N_QUESTIONS }, (_, index) => {
    const kind = kindOf(index);
    const type = kind === "yes" ? "yes_no" : `select_one ${kind}`;
    return `[[section.variable]]\nname = "q${index + 1}"\ntype = "${type}"\n${label(`Question ${index + 1}`)}\nmissing = ["refused", "unknown"]\n`;
  });
  const sections = [`[[section]]\nname = "keys"\ntitle = { fr = "Fiche", en = "Record" }\n${keyed.join("")}`];
  for (let from = 0; from < N_QUESTIONS; from += 20) {
    const title = `Questions ${from + 1} à ${from + 20}`;
    sections.push(`[[section]]\nname = "part_${from / 20 + 1}"\ntitle = { fr = "${title}", en = "${title}" }\n${asked.slice(from, from + 20).join("")}`);
  }
  const wave = (id, from, to) => `[[wave]]\nid = "${id}"\nlabel = { fr = "${id}", en = "${id}" }\nfrom = "${from}"\nto = "${to}"\n`;
  const study = `id = "coded"
title = { fr = "Soixante questions", en = "Sixty questions" }
population = { fr = "personnes", en = "persons" }
forms = ["forms/record.toml"]
checks = ["checks.toml"]
policy = "partnership"
[keys]
person = "person_id"
wave = "wave"
partner = "partner"
interview_date = "interview_date"
[[partner]]
id = "durbuy"
${label("Durbuy")}
${wave("w1", "2024-03-01", "2024-05-31")}`;
  const check = `[[check]]\nid = "second-follows-first"\nkind = "expression"\nform = "record"\nvariables = ["q2"]\nseverity = "soft"\nassert = "q1 OR NOT q2"\nmessage = { fr = "{ $label } : à vérifier.", en = "{ $label }: to be confirmed." }\n`;
  const list = (n) => `code,label_fr,label_en,source\n${Array.from({ length: n }, (_, index) => `c${index + 1},choix ${index + 1},choice ${index + 1},a test`).join("\n")}\n`;
  const files = {
    "study.toml": study,
    "forms/record.toml": `name = "record"\ntitle = { fr = "Fiche", en = "Record" }\ngrain = "person-wave"\n${sections.join("")}`,
    "checks.toml": check,
    "common/code-lists/four.csv": list(4),
    "common/code-lists/twelve.csv": list(12),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

// What an encoder types for an answer.
export const keysOf = (index, record) => {
  const kind = kindOf(index);
  if (kind === "yes") return [(index + record) % 3 === 0 ? "0" : "1"];
  if (kind === "four") return [String(((index + record) % 4) + 1)];
  return [...String(((index + record) % 12) + 1).padStart(2, "0")];
};
