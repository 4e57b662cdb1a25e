/** The words of the requester's page, and how it writes amounts, shares and times. */

import english from "./locale/en.json";

export type Word = keyof typeof english;

const LANGUAGE = "en";

export function t(word: Word, parameters: Readonly<Record<string, string | number>> = {}): string {
  return english[word].replace(/\{(\w+)\}/g, (all, name: string) => String(parameters[name] ?? all));
}

export function hasWord(word: string): word is Word {
  return word in english;
}

/** The word of a group for a name that the server gave, such as `pages` and `ACCEPTED`; the name itself where there is none. */
export function named(group: string, name: string): string {
  const word = `${group}.${name}`;
  return hasWord(word) ? t(word) : name.toLowerCase().replaceAll("_", " ");
}

const MONEY = new Intl.NumberFormat(LANGUAGE, { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4 });
const COUNT = new Intl.NumberFormat(LANGUAGE);
const SHARE = new Intl.NumberFormat(LANGUAGE, { style: "percent", maximumFractionDigits: 1 });
const NUMBER = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SHORT_MOMENT = new Intl.DateTimeFormat(LANGUAGE, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const MOMENT = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });

export const money = (amount: number): string => MONEY.format(amount);
export const count = (number: number): string => COUNT.format(number);
export const number = (value: number): string => NUMBER.format(value);
export const shortMoment = (stamp: number): string => SHORT_MOMENT.format(new Date(stamp));
export const share = (part: number | null): string => (part === null ? "–" : SHARE.format(part));
export const moment = (text: string | null): string => (text ? MOMENT.format(new Date(text)) : "–");

const UNITS: readonly (readonly [number, Intl.NumberFormat])[] = (
  [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
    [1, "second"],
  ] as const
).map(([seconds, unit]) => [seconds, new Intl.NumberFormat(LANGUAGE, { style: "unit", unit, unitDisplay: "short", maximumSignificantDigits: 2 })]);

/** A time span in its largest unit, such as `3.5 hr`. */
export function span(seconds: number): string {
  const [size, format] = UNITS.find(([unit]) => seconds >= unit) ?? [1, new Intl.NumberFormat(LANGUAGE, { style: "unit", unit: "second", unitDisplay: "short", maximumFractionDigits: 0 })];
  return format.format(seconds / size);
}

/** The values of a task or an answer in one line; a single value stands for itself. */
export function line(values: Readonly<Record<string, unknown>> | null): string {
  if (values === null) return t("objects.unknown");
  const entries = Object.entries(values);
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return entries.length === 1 ? text(entries[0]?.[1]) : entries.map(([name, value]) => `${name}: ${text(value)}`).join(" · ");
}

/** A worker's number, short enough for a table; the same everywhere. */
export const shortId = (id: string): string => (id.length > 20 ? id.slice(0, 8) : id);
