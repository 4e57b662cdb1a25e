import { createHash } from "node:crypto";

import { type Plugin, defineConfig } from "vite";

const source = (kind: "script" | "style", text: string) => `${kind}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Put script and style into the document, and allow nothing but these two to run and to restyle. */
function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle: {
      // After Vite itself has put its last touches to the script.
      order: "post",
      handler(_, bundle) {
        const files = Object.values(bundle);
        const page = files.find((file) => file.type === "asset" && file.fileName.endsWith(".html"));
        const styles = files.filter((file) => file.type === "asset" && file.fileName.endsWith(".css"));
        const scripts = files.filter((file) => file.type === "chunk");
        if (page?.type !== "asset" || files.length !== 3 || scripts.length !== 1 || styles.length !== 1) {
          throw new Error(`expected one page, one script and one style, found ${Object.keys(bundle).join(", ")}`);
        }
        const script = scripts.map((file) => file.code.trim().replaceAll("</script", "<\\/script")).join();
        const style = styles.map((file) => String("source" in file && file.source).trim()).join();
        page.source = withInlined(String(page.source), script, style);
        for (const file of [...scripts, ...styles]) Reflect.deleteProperty(bundle, file.fileName);
      },
    },
  };
}

// The style sheet of wavesurfer.js: see `src/manyhands/server/pages/assets.py`.
const WAVEFORM_STYLE = "'sha256-GDz2FZP0i7VZaDhs1mgc43IRUXU2xajPIjvThHvZvbs='";

function withInlined(page: string, script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    source("script", script),
    `${source("style", style)} ${WAVEFORM_STYLE}`,
    "connect-src data: blob:",
    "img-src data: blob: http: https:",
    "media-src data: blob: http: https:",
    "frame-src https:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return page
    .replace(/\s*<script type="module"[^>]*><\/script>/, "")
    .replace(/\s*<link rel="stylesheet"[^>]*>/, "")
    .replace(/<meta charset="utf-8" ?\/?>/, (charset) => `${charset}\n    <meta http-equiv="content-security-policy" content="${policy}" />`)
    .replace("</head>", () => `  <style>${style}</style>\n  </head>`)
    .replace("</body>", () => `  <script type="module">${script}</script>\n  </body>`);
}

// The preview as one document that needs no server: the Python package puts tasks into it.
export default defineConfig({
  base: "./",
  plugins: [oneFile()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/manyhands/preview/dist",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    cssCodeSplit: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    modulePreload: false,
    rollupOptions: { input: { preview: "preview.html" }, output: { codeSplitting: false } },
  },
});
