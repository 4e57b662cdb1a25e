// Take pictures of the built gallery (dist/harness.html): light and dark, wide and phone. Look at them afterwards.
// Run `npm run build` before. CHROMIUM names the browser.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { preview } from "vite";

const BROWSER = process.env.CHROMIUM ?? "chromium";
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
];
const SIZES = [[1280, 9600], [360, 12000]];

mkdirSync("screenshots", { recursive: true });
const server = await preview({ preview: { host: "127.0.0.1", port: 0 } });
const { port } = server.httpServer.address();
for (const theme of ["light", "dark"]) {
  for (const [width, height] of SIZES) {
    const profile = mkdtempSync(join(tmpdir(), "manyhands-chromium-"));
    const file = `screenshots/gallery-${theme}-${width}.png`;
    const flags = [...FLAGS, `--user-data-dir=${profile}`, `--window-size=${width},${height}`, "--virtual-time-budget=4000"];
    const url = `http://127.0.0.1:${port}/harness.html?theme=${theme}`;
    await promisify(execFile)(BROWSER, [...flags, `--screenshot=${file}`, url], { timeout: 120_000 });
    rmSync(profile, { recursive: true, force: true });
    console.log(file);
  }
}
await server.close();
