/** The words of the renderer, from a locale file; `{name}` stands for a parameter. */

import english from "../locale/en.json";

export type TextKey = keyof typeof english;
export type Texts = Readonly<Record<TextKey, string>>;

export const ENGLISH: Texts = english;

/** Locale files by language; each is loaded when it is asked for. */
const LOCALES = import.meta.glob<{ default: Partial<Texts> }>(["../locale/*.json", "!../locale/en.json"]);

/** Return the words of a language; what its file lacks, and unknown languages, are English. */
export async function loadTexts(language: string): Promise<Texts> {
  const load = LOCALES[`../locale/${language}.json`] ?? LOCALES[`../locale/${language.split("-")[0]}.json`];
  return load ? { ...ENGLISH, ...(await load()).default } : ENGLISH;
}

export function format(text: string, parameters: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(parameters[name] ?? placeholder));
}
