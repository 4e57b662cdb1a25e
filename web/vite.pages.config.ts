import { defineConfig } from "vite";

// The pages that the server serves, built into the Python package.
export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/manyhands/server/pages/dist",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    // The policy of the pages allows no script and no picture inside a document.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { worker: "worker.html", requester: "requester.html", preview: "preview.html" } },
  },
});
