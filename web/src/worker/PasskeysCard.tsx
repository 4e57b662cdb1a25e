/** The worker's passkeys. */

import type { VNode } from "preact";

import { Entries } from "./Entries";
import { Trouble } from "./Trouble";
import { type PasskeyEntry, account } from "./account";
import { useAttempts } from "./attempts";
import { findObstacle, makePasskey, tellObstacle } from "./passkeys";
import { moment, t } from "./words";

export function PasskeysCard({ passkeys, onChange }: { passkeys: readonly PasskeyEntry[]; onChange: () => void }): VNode {
  const { error, isBusy, attempt } = useAttempts();
  const obstacle = findObstacle();
  const change = async (action: () => Promise<unknown>) => {
    if (await attempt(action)) onChange();
  };
  return (
    <section class="site-card" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{t("passkey.title")}</h2>
      <p class="site-soft">{t("passkey.text")}</p>
      <Entries
        label={t("passkey.title")}
        entries={passkeys.map((one) => ({
          id: one.id,
          name: one.label || t("passkey.unnamed"),
          facts: t(one.used ? "passkey.used" : "passkey.made", { site: one.site, time: moment(one.used ?? one.created) }),
        }))}
        endLabel={t("account.remove")}
        question={t("passkey.removeText")}
        onEnd={(id) => void change(() => account.removePasskey(id))}
      />
      {error && <Trouble error={error} />}
      {obstacle ? (
        <p class="site-soft">{tellObstacle(obstacle)}</p>
      ) : (
        <button type="button" class="mh-button" disabled={isBusy} onClick={() => void change(async () => account.addPasskey(await makePasskey(await account.newPasskey())))}>
          {t("passkey.add")}
        </button>
      )}
    </section>
  );
}
