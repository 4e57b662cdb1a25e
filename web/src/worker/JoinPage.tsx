/** Becoming a worker by invitation: a few facts, and consent. */

import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";

import { ApiError } from "../site/api";
import { go, hrefOf } from "../site/route";
import { Trouble } from "./Trouble";
import { COUNTRIES, READ_LANGUAGES } from "./places";
import { server } from "./server";
import { findProfile, profile } from "./session";
import { countryName, language, languageName, t } from "./words";

const OLDEST = 120;

export function JoinPage({ invitation }: { invitation: string }): VNode {
  if (profile.value) {
    return (
      <section class="site-card site-narrow">
        <h1>{t("join.already")}</h1>
        <a class="mh-button mh-button-primary" href={hrefOf()}>
          {t("nav.tasks")}
        </a>
      </section>
    );
  }
  return <JoinForm invitation={invitation} />;
}

function JoinForm({ invitation }: { invitation: string }): VNode {
  const [name, setName] = useState("");
  const [languages, setLanguages] = useState(() => deviceLanguages());
  const [country, setCountry] = useState(() => deviceCountry());
  const [year, setYear] = useState("");
  const [isAdult, setAdult] = useState(false);
  const [isAgreed, setAgreed] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const countries = useMemo(
    () => COUNTRIES.map((code) => ({ code, name: countryName(code) })).sort((a, b) => a.name.localeCompare(b.name, language.value)),
    [language.value],
  );
  const toggle = (code: string) => setLanguages((old) => (old.includes(code) ? old.filter((one) => one !== code) : [...old, code]));

  const join = async (event: Event) => {
    event.preventDefault();
    const problem = problemOf(languages, year, isAgreed);
    setError(problem);
    if (problem) return;
    try {
      await server.join({
        invitation,
        name: name.trim(),
        languages,
        country,
        // Only the year is asked: its last day makes nobody older than they are.
        birth_date: year ? `${year}-12-31` : null,
        is_adult_content_allowed: isAdult,
      });
      await findProfile();
      go();
    } catch (refusal) {
      setError(refusal instanceof ApiError && refusal.status === 401 ? new Error(t("join.invalid")) : (refusal as Error));
    }
  };

  return (
    <form class="site-card site-narrow" onSubmit={(event) => void join(event)} noValidate>
      <h1>{t("join.title")}</h1>
      <p class="site-soft">{t("join.text")}</p>
      <label class="site-field">
        <span>{t("join.name")}</span>
        <input class="mh-input" autocomplete="nickname" maxLength={80} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <fieldset class="site-field">
        <legend>{t("join.languages")}</legend>
        <div class="site-chips">
          {READ_LANGUAGES.map((code) => (
            <label key={code} class="site-chip">
              <input type="checkbox" checked={languages.includes(code)} onChange={() => toggle(code)} />
              <span>{languageName(code)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="site-columns">
        <label class="site-field">
          <span>{t("join.country")}</span>
          <select class="mh-input mh-select" value={country} onChange={(event) => setCountry(event.currentTarget.value)}>
            <option value="">{t("join.chooseCountry")}</option>
            {countries.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label class="site-field">
          <span>{t("join.birthYear")}</span>
          <input
            class="mh-input"
            inputMode="numeric"
            autocomplete="bday-year"
            maxLength={4}
            value={year}
            onInput={(event) => setYear(event.currentTarget.value.trim())}
            aria-describedby="birth-year-hint"
          />
          <small id="birth-year-hint">{t("join.birthYearHint")}</small>
        </label>
      </div>
      <label class="site-check">
        <input type="checkbox" checked={isAdult} onChange={(event) => setAdult(event.currentTarget.checked)} />
        <span>{t("join.adult")}</span>
      </label>
      <section class="site-consent" aria-labelledby="consent-title">
        <h2 id="consent-title">{t("join.consentTitle")}</h2>
        <ul>
          <li>{t("join.consent1")}</li>
          <li>{t("join.consent2")}</li>
          <li>{t("join.consent3")}</li>
          <li>{t("join.consent4")}</li>
        </ul>
        <label class="site-check">
          <input type="checkbox" checked={isAgreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
          <span>{t("join.agree")}</span>
        </label>
      </section>
      {error && <Trouble error={error} />}
      <button class="mh-button mh-button-primary site-wide">{t("join.enter")}</button>
    </form>
  );
}

function problemOf(languages: readonly string[], year: string, isAgreed: boolean): Error | null {
  const now = new Date().getFullYear();
  if (languages.length === 0) return new Error(t("join.needLanguage"));
  if (year && !(/^\d{4}$/.test(year) && Number(year) <= now && Number(year) > now - OLDEST)) return new Error(t("join.badYear"));
  return isAgreed ? null : new Error(t("join.needAgree"));
}

function deviceLanguages(): string[] {
  const codes = navigator.languages.map((name) => name.split("-")[0] ?? "");
  return READ_LANGUAGES.filter((code) => codes.includes(code));
}

function deviceCountry(): string {
  const region = navigator.language.split("-").at(-1) ?? "";
  return COUNTRIES.includes(region) ? region : "";
}
