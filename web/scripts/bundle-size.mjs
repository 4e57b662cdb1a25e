// Print the gzipped size of what a page loads at once and of what it loads on demand; fail above the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 150;
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const sizeOf = (file) => gzipSync(readFileSync(`dist/${file}`)).length / 1000;

function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((other) => filesOf(other, seen))];
}

const entry = Object.keys(manifest).find((key) => key.endsWith("src/view/index.ts")) ?? Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = [...new Set(filesOf(entry))].filter((file) => !file.endsWith(".html"));
const total = first.reduce((sum, file) => sum + sizeOf(file), 0);
for (const file of first) console.log(`${sizeOf(file).toFixed(1).padStart(7)} kB  ${file}`);
console.log(`${total.toFixed(1).padStart(7)} kB  loaded at once (budget ${BUDGET_KB} kB, gzipped)`);
for (const key of Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry)) {
  const files = filesOf(key).filter((file) => !first.includes(file));
  console.log(`${files.reduce((sum, file) => sum + sizeOf(file), 0).toFixed(1).padStart(7)} kB  on demand: ${key}`);
}
if (total > BUDGET_KB) process.exit(1);
