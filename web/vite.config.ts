import { defineConfig } from "vitest/config";

// Two entry points: the worker bundle holds the renderer alone, the harness is for development and screenshots.
export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    sourcemap: false,
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { view: "src/view/index.ts", harness: "harness.html" }, preserveEntrySignatures: "exports-only" },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.{ts,tsx}"], setupFiles: ["tests/setup.ts"] },
});
