// Print the gzipped size of what the worker's page loads: at once, with the first page of tasks, and on demand; fail above a budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FOLDER = "../src/manyhands/server/pages/dist";
const FIRST_BUDGET_KB = 40;
const WORK_BUDGET_KB = 150;
const WORK = "src/worker/WorkPage.tsx";
const manifest = JSON.parse(readFileSync(`${FOLDER}/worker.json`, "utf8"));
const sizeOf = (file) => gzipSync(readFileSync(`${FOLDER}/${file}`)).length / 1000;

function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((other) => filesOf(other, seen))];
}

function show(title, files, budget) {
  const total = files.reduce((sum, file) => sum + sizeOf(file), 0);
  for (const file of files) console.log(`${sizeOf(file).toFixed(1).padStart(7)} kB  ${file}`);
  console.log(`${total.toFixed(1).padStart(7)} kB  ${title}${budget ? ` (budget ${budget} kB, gzipped)` : ""}`);
  if (budget && total > budget) process.exitCode = 1;
}

const start = Object.keys(manifest).find((key) => manifest[key].name === "worker");
const first = [...new Set(filesOf(start))];
const work = [...new Set([...first, ...filesOf(WORK)])];
show("the first page", first, FIRST_BUDGET_KB);
show("with a page of tasks", work, WORK_BUDGET_KB);
for (const key of Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry && name !== WORK)) {
  show(`on demand: ${key}`, filesOf(key).filter((file) => !work.includes(file)));
}
