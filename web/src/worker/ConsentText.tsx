/** What workers agree to: the text of whoever runs the server, else our own. */

import type { VNode } from "preact";

import { Unreachable } from "../site/api";
import { later } from "../site/later";
import { Trouble } from "./Trouble";
import type { Entrance } from "./account";
import { t } from "./words";

// Only a text of whoever runs the server needs what shows texts of others.
const Markdown = later(async () => (await import("../view")).Markdown, { whileLoading: () => null, whenFailed: Failed });

export function ConsentText({ consent }: { consent: Entrance["consent"] }): VNode {
  if (consent.text !== null) return <Markdown text={consent.text} />;
  return (
    <ul>
      <li>{t("join.consent1")}</li>
      <li>{t("join.consent2")}</li>
      <li>{t("join.consent3")}</li>
      <li>{t("join.consent4")}</li>
      <li>{t("join.consent5")}</li>
    </ul>
  );
}

function Failed(): VNode {
  return <Trouble error={new Unreachable()} onRetry={() => location.reload()} />;
}

export function ConsentBox({
  consent,
  isAgreed,
  onAgree,
}: {
  consent: Entrance["consent"];
  isAgreed: boolean;
  onAgree: (isAgreed: boolean) => void;
}): VNode {
  return (
    <section class="site-consent" aria-labelledby="consent-title">
      <h2 id="consent-title">{t("join.consentTitle")}</h2>
      <ConsentText consent={consent} />
      <label class="site-check">
        <input type="checkbox" checked={isAgreed} onChange={(event) => onAgree(event.currentTarget.checked)} />
        <span>{t("join.agree")}</span>
      </label>
    </section>
  );
}
