// Puts the pictures of the README and the encoder's guide in place: of those that entry.mjs takes on its way, the ones below.
// Usage: node entry.mjs CATALYSE FOLDER && node pictures.mjs FOLDER
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PICTURES = {
  accueil: "saisie-accueil",
  "vague-suivante": "saisie",
  terminer: "saisie-fin",
  bordereau: "saisie-bordereaux",
  trancher: "saisie-trancher",
  "rapport-preparation": "saisie-edition",
};
const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("name the folder that entry.mjs filled");
  process.exit(2);
}
const place = fileURLToPath(new URL("../../docs/pictures", import.meta.url));
for (const [from, to] of Object.entries(PICTURES)) await copyFile(join(folder, `${from}.png`), join(place, `${to}.png`));
