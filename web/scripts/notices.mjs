/** Write the licences of the libraries that the built pages contain, beside them. */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { URL } from "node:url";

const root = new URL("../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const names = Object.keys(JSON.parse(read("package.json")).dependencies);
// What a library of ours stands on, too.
names.push("@preact/signals-core");

const notices = names.sort().map((name) => {
  const folder = `node_modules/${name}/`;
  const { version, license, author } = JSON.parse(read(`${folder}package.json`));
  const file = readdirSync(new URL(folder, root)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? read(folder + file).trim() : `${license}${author ? `, ${author.name ?? author}` : ""}`;
  return `${name} ${version}\n\n${text}\n`;
});
writeFileSync(new URL("../src/manyhands/server/pages/dist/NOTICES.txt", root), notices.join(`\n${"-".repeat(80)}\n\n`));
