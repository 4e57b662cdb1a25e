/** The worker's keys for other devices. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Entries } from "./Entries";
import { Trouble } from "./Trouble";
import { type KeyEntry, account } from "./account";
import { useAttempts } from "./attempts";
import { moment, t } from "./words";

export function KeysCard({ keys, onChange }: { keys: readonly KeyEntry[]; onChange: () => void }): VNode {
  const { error, isBusy, attempt } = useAttempts();
  const [key, setKey] = useState("");
  const change = async (action: () => Promise<unknown>) => {
    if (await attempt(action)) onChange();
  };
  return (
    <section class="site-card" aria-labelledby="keys-title">
      <h2 id="keys-title">{t("profile.key")}</h2>
      <p class="site-soft">{t("profile.keyText")}</p>
      <Entries
        label={t("profile.key")}
        entries={keys.map((one) => ({
          id: one.id,
          name: one.id,
          facts: t(one.used ? "account.used" : "account.made", { time: moment(one.used ?? one.created) }),
        }))}
        endLabel={t("account.end")}
        question={t("account.endKeyText")}
        onEnd={(id) => void change(() => account.endKey(id))}
      />
      {error && <Trouble error={error} />}
      {key ? (
        <label class="site-field">
          <span>{t("profile.yourKey")}</span>
          <input class="mh-input site-secret" readOnly value={key} onFocus={(event) => event.currentTarget.select()} />
        </label>
      ) : (
        <button type="button" class="mh-button" disabled={isBusy} onClick={() => void change(async () => setKey((await account.makeKey()).key))}>
          {t("profile.makeKey")}
        </button>
      )}
    </section>
  );
}
