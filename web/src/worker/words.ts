/** The words of the worker's page in the chosen language, and how it writes amounts, times and names. */

import { computed, signal } from "@preact/signals";

import { ENGLISH, type Texts, loadTexts } from "../view";
import english from "./locale/en.json";

export type Word = keyof typeof english;

const KEY = "manyhands.language";
const LOCALES = import.meta.glob<{ default: Partial<Record<Word, string>> }>("./locale/*.json");
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** The languages there is a locale file for. */
export const LANGUAGES = Object.keys(LOCALES).map((path) => path.replace(/^.*\/|\.json$/g, ""));

export const language = signal("en");
export const texts = signal<Texts>(ENGLISH);
const words = signal<Readonly<Record<Word, string>>>(english);

export const direction = computed(() => (RIGHT_TO_LEFT.has(language.value) ? "rtl" : "ltr"));

/** Choose the language of the page: what was chosen before, else the first of the device's that there is. */
export async function startWords(): Promise<void> {
  const device = navigator.languages.map((name) => name.split("-")[0] ?? "");
  const wanted = [localStorage.getItem(KEY) ?? "", ...device].find((name) => LANGUAGES.includes(name));
  await speak(wanted ?? "en");
}

export async function speak(name: string): Promise<void> {
  const load = LOCALES[`./locale/${name}.json`];
  const [loaded, view] = await Promise.all([load?.(), loadTexts(name)]);
  words.value = { ...english, ...loaded?.default };
  texts.value = view;
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

/** An amount in US dollars; rewards may be parts of a cent. */
export function money(amount: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 4 };
  return new Intl.NumberFormat(language.value, { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", ...digits }).format(amount);
}

export function moment(text: string): string {
  return new Intl.DateTimeFormat(language.value, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));
}

/** A time span such as `4:10`, or `1:05:00` from an hour on. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0/, "");
}

export function languageName(code: string): string {
  return new Intl.DisplayNames([language.value], { type: "language" }).of(code.toLowerCase()) ?? code;
}

export function countryName(code: string): string {
  return new Intl.DisplayNames([language.value], { type: "region" }).of(code) ?? code;
}
