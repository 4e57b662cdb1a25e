/** What a worker lacks for some work, in plain words. */

import { type Wanted } from "./server";
import { type Word, countryName, hasWord, languageName, listOr, t } from "./words";

const NOT = new Set(["NE", "NOT_IN"]);

/** Return one sentence part for each thing that is lacking. */
export function tellWanted(groups: readonly (readonly Wanted[])[]): string[] {
  const told = groups.map((group) => listOr([...new Set(merge(group).map(tell))]));
  return [...new Set(told.filter(Boolean))];
}

/** Put values of the same thing together: to live in one of two countries is one condition. */
function merge(group: readonly Wanted[]): Wanted[] {
  const merged = new Map<string, Wanted>();
  for (const one of group) {
    const kind = `${one.category} ${one.key} ${NOT.has(one.operator) ? "not" : directionOf(one.operator)}`;
    const known = merged.get(kind);
    merged.set(kind, known ? { ...known, value: [known.value, one.value].flat() } : one);
  }
  return [...merged.values()];
}

function tell({ category, key, operator, value }: Wanted): string {
  if (category === "skill") return key ? t("wanted.skill", { name: key }) : t("wanted.hiddenSkill");
  const names = (Array.isArray(value) ? value : [value]).map((one) => nameOf(key, one));
  // To want that something does not hold is to want the opposite.
  const isDenied = NOT.has(operator) !== (value === false);
  const word = `wanted.${key}.${isDenied ? "not" : directionOf(operator)}`;
  return hasWord(word) ? t(word, { value: listOr(names) }) : t("wanted.other" satisfies Word);
}

function directionOf(operator: string): "is" | "less" | "more" {
  if (operator === "LT" || operator === "LTE") return "less";
  return operator === "GT" || operator === "GTE" ? "more" : "is";
}

function nameOf(key: string, value: unknown): string {
  const text = String(value ?? "");
  if (key === "languages") return languageName(text);
  if (key === "country") return countryName(text);
  // Dates of birth are told as seconds; the year is what people know by heart.
  return key === "date_of_birth" && typeof value === "number" ? String(new Date(value * 1000).getUTCFullYear()) : text;
}
