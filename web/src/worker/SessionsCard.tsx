/** Where the worker is signed in. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { go } from "../site/route";
import { Entries } from "./Entries";
import { Trouble } from "./Trouble";
import { type SessionEntry, account } from "./account";
import { useAttempts } from "./attempts";
import { deviceName } from "./passkeys";
import { profile as current } from "./session";
import { moment, t } from "./words";

export function SessionsCard({ sessions, onChange }: { sessions: readonly SessionEntry[]; onChange: () => void }): VNode {
  const { error, attempt } = useAttempts();
  const [isLeaving, setLeaving] = useState(false);
  const end = async (id: string) => {
    if (await attempt(() => account.endSession(id))) onChange();
  };
  const endAll = () =>
    void attempt(async () => {
      await account.endSessions();
      current.value = null;
      go();
    });
  const nameOf = (one: SessionEntry) => deviceName(one.device) ?? t("account.unknownDevice");
  const here = sessions.find((one) => one.is_here);
  return (
    <section class="site-card" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t("account.sessions")}</h2>
      <p class="site-soft">{t("account.sessionsText")}</p>
      {here && (
        <p>
          <strong>{nameOf(here)}</strong> <span class="site-state site-state-info">{t("account.here")}</span>
        </p>
      )}
      <Entries
        label={t("account.sessions")}
        entries={sessions.filter((one) => !one.is_here).map((one) => ({ id: one.id, name: nameOf(one), facts: t("account.seen", { time: moment(one.used) }) }))}
        endLabel={t("account.end")}
        question={t("account.endSessionText")}
        onEnd={(id) => void end(id)}
      />
      {error && <Trouble error={error} />}
      <button type="button" class="mh-button" onClick={() => setLeaving(true)}>
        {t("account.endAll")}
      </button>
      {isLeaving && (
        <Dialog title={t("account.endAllTitle")} closeLabel={t("app.cancel")} onClose={() => setLeaving(false)}>
          <p>{t("account.endAllText")}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={endAll}>
            {t("account.endAll")}
          </button>
        </Dialog>
      )}
    </section>
  );
}
