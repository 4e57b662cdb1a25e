import { defineConfig } from "vitest/config";

import { languageNames } from "./language-names.ts";

// What the pages are served with: nothing that a task brings along may run or restyle them.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "style-src 'self'",
  "frame-src 'self' data:",
].join("; ");

// Two entry points: the renderer alone, and the gallery for development and screenshots.
export default defineConfig({
  base: "./",
  define: languageNames,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    sourcemap: false,
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { view: "src/view/index.ts", harness: "harness.html" }, preserveEntrySignatures: "exports-only" },
  },
  preview: { headers: { "Content-Security-Policy": CONTENT_SECURITY_POLICY } },
  test: { environment: "jsdom", include: ["tests/**/*.test.{ts,tsx}"], setupFiles: ["tests/setup.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
