/** Signing in with a token. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { ApiError } from "../site/api";
import { Trouble } from "./Trouble";
import { keepToken, server } from "./server";
import { t } from "./words";

export function SignInPage(): VNode {
  const [text, setText] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const enter = async (event: Event) => {
    event.preventDefault();
    try {
      await server.check(text.trim());
      keepToken(text.trim());
    } catch (problem) {
      setError(problem instanceof ApiError ? new Error(t("signIn.wrong")) : (problem as Error));
    }
  };
  return (
    <section class="site-card site-narrow">
      <h1>{t("signIn.title")}</h1>
      <p>{t("signIn.text")}</p>
      <form onSubmit={(event) => void enter(event)}>
        <label class="site-field">
          <span>{t("signIn.token")}</span>
          <input class="mh-input" type="password" autocomplete="off" required value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        {error && <Trouble error={error} />}
        <button class="mh-button mh-button-primary">{t("signIn.enter")}</button>
      </form>
    </section>
  );
}
