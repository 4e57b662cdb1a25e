import { defineConfig } from "vite";

import { languageNames } from "./language-names.ts";

// One page that the server serves, named by the mode, built into the Python package; scripts/build-pages.mjs builds all of them.
export default defineConfig(({ mode }) => ({
  base: "./",
  define: languageNames,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/manyhands/server/pages/dist",
    emptyOutDir: false,
    target: "es2022",
    sourcemap: false,
    manifest: `${mode}.json`,
    // The policy of the pages allows no script and no picture inside a document.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { [mode]: `${mode}.html` },
      // What a page needs at once comes as one file: on a slow line every further request costs more than what is in it.
      output: { codeSplitting: { groups: [{ name: mode, tags: ["$initial"] }] } },
    },
  },
}));
