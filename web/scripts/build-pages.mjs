// Build the pages into the Python package, each by itself, and compress what browsers load as far as it goes.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";

const PAGES = ["worker", "requester", "preview"];
const FOLDER = "../src/manyhands/server/pages/dist";
// Smaller files fit into one packet as they are.
const LARGE_BYTES = 1024;

rmSync(FOLDER, { recursive: true, force: true });
for (const mode of PAGES) await build({ configFile: "vite.pages.config.ts", mode, logLevel: "warn" });
for (const name of readdirSync(`${FOLDER}/assets`)) {
  const content = readFileSync(`${FOLDER}/assets/${name}`);
  if (content.length >= LARGE_BYTES) writeFileSync(`${FOLDER}/assets/${name}.br`, brotliCompressSync(content));
}
