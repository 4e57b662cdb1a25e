/** What workers tell of themselves, on joining and later. */

import type { VNode } from "preact";
import { useId } from "preact/hooks";

import { CountryField } from "./CountryField";
import { LanguagesField } from "./LanguagesField";
import { COUNTRIES, READ_LANGUAGES } from "./places";
import { t } from "./words";

const OLDEST = 120;

/** What is being typed; the year of birth as text. */
export interface Told {
  readonly name: string;
  readonly languages: readonly string[];
  readonly country: string;
  readonly year: string;
  readonly isAdult: boolean;
}

interface ProfileFieldsProps {
  readonly told: Told;
  readonly onChange: (told: Told) => void;
  /** Why the country or the year of birth cannot be changed now. */
  readonly countryLock?: string;
  readonly yearLock?: string;
}

/** Return what is wrong before it is sent; null for nothing. */
export function problemOfTold({ languages, year }: Told): Error | null {
  const now = new Date().getFullYear();
  if (languages.length === 0) return new Error(t("join.needLanguage"));
  if (year && !(/^\d{4}$/.test(year) && Number(year) <= now && Number(year) > now - OLDEST)) return new Error(t("join.badYear"));
  return null;
}

export function ProfileFields({ told, onChange, countryLock, yearLock }: ProfileFieldsProps): VNode {
  const id = useId();
  return (
    <>
      <label class="site-field">
        <span>{t("join.name")}</span>
        <input
          class="mh-input"
          autocomplete="nickname"
          maxLength={80}
          value={told.name}
          onInput={(event) => onChange({ ...told, name: event.currentTarget.value })}
        />
      </label>
      <LanguagesField languages={told.languages} onChange={(languages) => onChange({ ...told, languages })} />
      <div class="site-columns">
        <CountryField country={told.country} lock={countryLock} onChange={(country) => onChange({ ...told, country })} />
        <label class="site-field">
          <span>{t("join.birthYear")}</span>
          <input
            class="mh-input"
            inputMode="numeric"
            autocomplete="bday-year"
            maxLength={4}
            value={told.year}
            disabled={yearLock !== undefined}
            onInput={(event) => onChange({ ...told, year: event.currentTarget.value.trim() })}
            aria-describedby={`${id}-year`}
          />
          <small id={`${id}-year`}>{yearLock ?? t("join.birthYearHint")}</small>
        </label>
      </div>
      <label class="site-check">
        <input type="checkbox" checked={told.isAdult} onChange={(event) => onChange({ ...told, isAdult: event.currentTarget.checked })} />
        <span>{t("join.adult")}</span>
      </label>
    </>
  );
}

/** What the device tells of whoever uses it, so that there is less to type. */
export function toldByDevice(): Told {
  const codes = navigator.languages.map((name) => name.split("-")[0] ?? "");
  const region = navigator.language.split("-").at(-1) ?? "";
  return {
    name: "",
    languages: READ_LANGUAGES.filter((code) => codes.includes(code)),
    country: COUNTRIES.includes(region) ? region : "",
    year: "",
    isAdult: false,
  };
}
