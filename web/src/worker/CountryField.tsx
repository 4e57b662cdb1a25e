/** Choosing a country. All of them are many for a slow phone, so they come in one after the other once the form is there. */

import type { VNode } from "preact";
import { useEffect, useId, useMemo, useState } from "preact/hooks";

import { COUNTRIES } from "./places";
import { compareNames, countryName, language, t } from "./words";

const AT_ONCE = 40;

interface CountryFieldProps {
  readonly country: string;
  /** Why it cannot be changed now. */
  readonly lock?: string;
  readonly onChange: (country: string) => void;
}

export function CountryField({ country, lock, onChange }: CountryFieldProps): VNode {
  const id = useId();
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (count >= COUNTRIES.length) return undefined;
    const timer = setTimeout(() => setCount(count + AT_ONCE));
    return () => clearTimeout(timer);
  }, [count]);
  // Options that stay the same are not looked at again while somebody types elsewhere.
  const options = useMemo(() => optionsOf(count, country), [count, country, language.value]);
  const all = () => setCount(COUNTRIES.length);
  return (
    <label class="site-field">
      <span>{t("join.country")}</span>
      <select
        class="mh-input mh-select"
        value={country}
        disabled={lock !== undefined}
        aria-describedby={lock && id}
        onFocus={all}
        onPointerDown={all}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{t("join.chooseCountry")}</option>
        {options}
      </select>
      {lock && <small id={id}>{lock}</small>}
    </label>
  );
}

/** Return the first countries in order of their names, and the one that is chosen. */
function optionsOf(count: number, chosen: string): VNode[] {
  if (count === 0) return chosen ? [option(chosen, countryName(chosen))] : [];
  const countries = COUNTRIES.map((code) => ({ code, name: countryName(code) })).sort((a, b) => compareNames(a.name, b.name));
  return countries.filter(({ code }, place) => place < count || code === chosen).map(({ code, name }) => option(code, name));
}

function option(code: string, name: string): VNode {
  return (
    <option key={code} value={code}>
      {name}
    </option>
  );
}
