/** What the languages of the worker's page call themselves, told when the pages are built: asking a slow phone for it takes it longer than all else at the start. */

import { readdirSync } from "node:fs";

const codes = readdirSync(new URL("src/worker/locale/", import.meta.url)).map((name) => name.replace(/\.json$/, ""));
const names = codes.map((code) => [code, new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code]);

export const languageNames = { __LANGUAGE_NAMES__: JSON.stringify(Object.fromEntries(names)) };
