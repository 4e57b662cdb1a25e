/** Coming in again: with a passkey, a user name and a password, or a key. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { ApiError } from "../site/api";
import { SecretInput } from "./SecretInput";
import { Trouble } from "./Trouble";
import { entrance } from "./account";
import { useAttempts } from "./attempts";
import { sendLeftovers } from "./outbox";
import { findObstacle, presentPasskey, tellObstacle } from "./passkeys";
import { findProfile } from "./session";
import { type Word, t } from "./words";

export function SignIn(): VNode {
  const { error, isBusy, attempt } = useAttempts();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [key, setKey] = useState("");
  const obstacle = findObstacle();
  const enter = (action: () => Promise<unknown>, wrong: Word) =>
    void attempt(async () => {
      await action().catch((problem: unknown) => {
        throw problem instanceof ApiError && problem.status === 401 ? new Error(t(wrong)) : problem;
      });
      await findProfile();
      void sendLeftovers();
    });
  const withPasskey = () => enter(async () => entrance.signIn({ passkey: await presentPasskey(await entrance.passkey()) }), "passkey.failed");
  const withPassword = (event: Event) => {
    event.preventDefault();
    enter(() => entrance.signIn({ name: name.trim(), password }), "signIn.wrong");
  };
  const withKey = (event: Event) => {
    event.preventDefault();
    enter(() => entrance.signIn({ key: key.trim() }), "welcome.wrong");
  };
  return (
    <div class="worker-sign-in">
      {error && <Trouble error={error} />}
      {obstacle ? (
        <p class="site-soft">{tellObstacle(obstacle)}</p>
      ) : (
        <button type="button" class="mh-button mh-button-primary site-wide" disabled={isBusy} onClick={withPasskey}>
          {t("signIn.passkey")}
        </button>
      )}
      <form aria-label={t("signIn.byPassword")} onSubmit={withPassword}>
        <label class="site-field">
          <span>{t("password.name")}</span>
          <input
            class="mh-input"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            maxLength={64}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <SecretInput label={t("password.label")} value={password} onChange={setPassword} />
        <button class="mh-button" disabled={isBusy}>
          {t("signIn.enter")}
        </button>
      </form>
      <details>
        <summary>{t("signIn.withKey")}</summary>
        <form aria-label={t("signIn.withKey")} onSubmit={withKey}>
          <SecretInput label={t("welcome.key")} value={key} onChange={setKey} />
          <button class="mh-button" disabled={isBusy}>
            {t("welcome.enter")}
          </button>
        </form>
      </details>
    </div>
  );
}
