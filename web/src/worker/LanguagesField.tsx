/** Choosing the languages that one reads: the most common ones and those of the device, and all when asked. */

import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { READ_LANGUAGES } from "./places";
import { languageName, t } from "./words";

const COMMON_COUNT = 8;

interface LanguagesFieldProps {
  readonly languages: readonly string[];
  readonly onChange: (languages: readonly string[]) => void;
}

export function LanguagesField({ languages, onChange }: LanguagesFieldProps): VNode {
  const [shown, setShown] = useState(() => READ_LANGUAGES.filter((code, place) => place < COMMON_COUNT || languages.includes(code)));
  const chips = useRef<HTMLDivElement>(null);
  const isAll = shown.length === READ_LANGUAGES.length;
  const wasAll = useRef(isAll);
  useLayoutEffect(() => {
    // The button that had the focus is gone.
    if (isAll && !wasAll.current) chips.current?.querySelectorAll("input")[COMMON_COUNT]?.focus();
    wasAll.current = isAll;
  }, [isAll]);
  const toggle = (code: string) => onChange(languages.includes(code) ? languages.filter((one) => one !== code) : [...languages, code]);
  return (
    <fieldset class="site-field">
      <legend>{t("join.languages")}</legend>
      <div ref={chips} class="site-chips">
        {shown.map((code) => (
          <label key={code} class="site-chip">
            <input type="checkbox" checked={languages.includes(code)} onChange={() => toggle(code)} />
            <span>{languageName(code)}</span>
          </label>
        ))}
        {!isAll && (
          <button type="button" class="mh-button mh-button-small" onClick={() => setShown(READ_LANGUAGES)}>
            {t("join.moreLanguages")}
          </button>
        )}
      </div>
    </fieldset>
  );
}
