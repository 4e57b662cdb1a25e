/** Choosing a user name and a password. */

import type { VNode } from "preact";

import { SecretInput } from "./SecretInput";
import type { NewPassword } from "./account";
import { t } from "./words";

const NAME = /^[\p{L}\p{N}\p{M}_.@+-]{3,64}$/u;
const SHORTEST = 15;

/** Return what is wrong with a user name and a password before they are sent; null for nothing that the page knows. */
export function problemOfPassword({ name, password }: NewPassword): Error | null {
  if (!NAME.test(name.normalize("NFKC"))) return new Error(t("refusal.NAME_UNSUITABLE"));
  return isLongEnough(password) ? null : new Error(t("password.short"));
}

export function isLongEnough(password: string): boolean {
  return [...password.normalize("NFKC")].length >= SHORTEST;
}

export function NewPasswordFields({ value, onChange }: { value: NewPassword; onChange: (value: NewPassword) => void }): VNode {
  return (
    <>
      <label class="site-field">
        <span>{t("password.name")}</span>
        <input
          class="mh-input"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={64}
          value={value.name}
          aria-describedby="user-name-hint"
          onInput={(event) => onChange({ ...value, name: event.currentTarget.value.trim() })}
        />
        <small id="user-name-hint">{t("password.nameHint")}</small>
      </label>
      <SecretInput label={t("password.new")} isNew hint={t("password.hint")} value={value.password} onChange={(password) => onChange({ ...value, password })} />
    </>
  );
}
