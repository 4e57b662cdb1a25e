/** A password being typed, hidden unless the worker wants to see it. */

import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";

import { t } from "./words";

interface SecretInputProps {
  readonly label: string;
  readonly value: string;
  readonly isNew?: boolean;
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}

export function SecretInput({ label, value, isNew = false, hint, onChange }: SecretInputProps): VNode {
  const [isShown, setShown] = useState(false);
  const id = useId();
  return (
    <div class="site-field">
      <label for={id}>{label}</label>
      <div class="worker-secret">
        <input
          id={id}
          class="mh-input"
          {...(isShown ? { type: "text" as const } : { type: "password" as const })}
          autocomplete={isNew ? "new-password" : "current-password"}
          autocapitalize="none"
          spellcheck={false}
          required
          maxLength={256}
          value={value}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <button type="button" class="mh-button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {t("password.show")}
        </button>
      </div>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}
