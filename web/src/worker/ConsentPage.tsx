/** Agreeing again, because the text has changed since the worker agreed. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { ConsentBox } from "./ConsentText";
import { Trouble } from "./Trouble";
import { account, entrance } from "./account";
import { useAttempts } from "./attempts";
import { findProfile } from "./session";
import { language, t } from "./words";

export function ConsentPage(): VNode {
  const loaded = useLoaded(() => entrance.show(language.value), language.value);
  const { error, isBusy, attempt } = useAttempts();
  const [isAgreed, setAgreed] = useState(false);
  const agree = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      if (!isAgreed || !loaded.value) throw new Error(t("join.needAgree"));
      await account.agree(loaded.value.consent.version);
      await findProfile();
    });
  };
  return (
    <form class="site-card site-narrow" onSubmit={agree}>
      <h1>{t("consent.title")}</h1>
      <p class="site-soft">{t("consent.changed")}</p>
      {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
      {loaded.value && <ConsentBox consent={loaded.value.consent} isAgreed={isAgreed} onAgree={setAgreed} />}
      {error && <Trouble error={error} />}
      <button class="mh-button mh-button-primary site-wide" disabled={isBusy}>
        {t("consent.continue")}
      </button>
    </form>
  );
}
