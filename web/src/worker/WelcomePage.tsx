/** The first page of somebody who is not signed in. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { ApiError } from "../site/api";
import { Trouble } from "./Trouble";
import { sendLeftovers } from "./outbox";
import { server } from "./server";
import { findProfile } from "./session";
import { t } from "./words";

export function WelcomePage(): VNode {
  const [key, setKey] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const enter = async (event: Event) => {
    event.preventDefault();
    try {
      await server.signIn(key.trim());
      await findProfile();
      void sendLeftovers();
    } catch (problem) {
      setError(problem instanceof ApiError ? new Error(t("welcome.wrong")) : (problem as Error));
    }
  };
  return (
    <section class="site-card site-narrow">
      <h1>{t("welcome.title")}</h1>
      <p>{t("welcome.text")}</p>
      <form onSubmit={(event) => void enter(event)}>
        <label class="site-field">
          <span>{t("welcome.key")}</span>
          <input
            class="mh-input"
            type="password"
            autocomplete="current-password"
            required
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        {error && <Trouble error={error} />}
        <button class="mh-button mh-button-primary">{t("welcome.enter")}</button>
      </form>
    </section>
  );
}
