/** The words of the worker's page in the chosen language, and how it writes amounts, times and names. */

import { computed, signal } from "@preact/signals";

import english from "./locale/en.json";

export type Word = keyof typeof english;

/** Put in by the build: language-names.ts. */
declare const __LANGUAGE_NAMES__: Readonly<Record<string, string>>;

const KEY = "manyhands.language";
const LOCALES = import.meta.glob<{ default: Partial<Record<Word, string>> }>(["./locale/*.json", "!./locale/en.json"]);
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** The languages there is a locale file for. */
export const LANGUAGES = ["en", ...Object.keys(LOCALES).map((path) => path.replace(/^.*\/|\.json$/g, ""))];

/** What each of them calls itself. */
export const LANGUAGE_NAMES = LANGUAGES.map((code) => [code, __LANGUAGE_NAMES__[code] ?? code] as const);

export const language = signal("en");
const words = signal<Readonly<Record<Word, string>>>(english);

// Made once for a language: making one costs more than a page that lists all countries has time for.
const languageNames = computed(() => new Intl.DisplayNames([language.value], { type: "language" }));
const countryNames = computed(() => new Intl.DisplayNames([language.value], { type: "region" }));
const moments = computed(() => new Intl.DateTimeFormat(language.value, { dateStyle: "medium", timeStyle: "short" }));
const amounts = computed(() => {
  // Rewards may be parts of a cent.
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 4 };
  return new Intl.NumberFormat(language.value, { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", ...digits });
});
const shares = computed(() => new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: 0 }));
const alternatives = computed(() => new Intl.ListFormat(language.value, { type: "disjunction" }));
const order = computed(() => new Intl.Collator(language.value));

export const direction = computed(() => (RIGHT_TO_LEFT.has(language.value) ? "rtl" : "ltr"));

/** Choose the language of the page: what was chosen before, else the first of the device's that there is. */
export async function startWords(): Promise<void> {
  const device = navigator.languages.map((name) => name.split("-")[0] ?? "");
  await speak([localStorage.getItem(KEY) ?? "", ...device].find((name) => LANGUAGES.includes(name)) ?? "en");
}

export async function speak(name: string): Promise<void> {
  const load = LOCALES[`./locale/${name}.json`];
  words.value = { ...english, ...(await load?.())?.default };
  language.value = name;
  document.documentElement.lang = name;
  document.documentElement.dir = direction.value;
}

export async function chooseLanguage(name: string): Promise<void> {
  localStorage.setItem(KEY, name);
  await speak(name);
}

export function t(word: Word, parameters: Readonly<Record<string, string | number>> = {}): string {
  return words.value[word].replace(/\{(\w+)\}/g, (all, name: string) => String(parameters[name] ?? all));
}

export function hasWord(word: string): word is Word {
  return word in english;
}

/** An amount in US dollars. */
export function money(amount: number): string {
  return amounts.value.format(amount);
}

export function moment(text: string): string {
  return moments.value.format(new Date(text));
}

/** A share in [0, 1] as a percentage. */
export function share(part: number): string {
  return shares.value.format(part);
}

/** Join alternatives, such as `English, German, or French`. */
export function listOr(names: readonly string[]): string {
  return alternatives.value.format(names);
}

/** Compare two names as the language of the page orders them. */
export function compareNames(a: string, b: string): number {
  return order.value.compare(a, b);
}

/** A time span such as `4:10`, or `1:05:00` from an hour on. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0/, "");
}

export function languageName(code: string): string {
  return languageNames.value.of(code.toLowerCase()) ?? code;
}

export function countryName(code: string): string {
  return countryNames.value.of(code) ?? code;
}
