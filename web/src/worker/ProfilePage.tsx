/** What the worker told, what they come in with, where they are in, and signing out. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { useLoaded } from "../site/load";
import { go } from "../site/route";
import { AboutCard } from "./AboutCard";
import { ConsentText } from "./ConsentText";
import { KeysCard } from "./KeysCard";
import { PasskeysCard } from "./PasskeysCard";
import { PasswordCard } from "./PasswordCard";
import { SessionsCard } from "./SessionsCard";
import { Trouble } from "./Trouble";
import { type Account, account, entrance } from "./account";
import { useAttempts } from "./attempts";
import type { Profile } from "./server";
import { profile as current } from "./session";
import { language, moment, t } from "./words";

export function ProfilePage({ profile }: { profile: Profile }): VNode {
  const loaded = useLoaded(() => account.show());
  const { error, attempt } = useAttempts();
  const [isLeaving, setLeaving] = useState(false);
  const [isReading, setReading] = useState(false);
  const value = loaded.value;
  const leave = () =>
    void attempt(async () => {
      await entrance.signOut();
      current.value = null;
      go();
    });
  return (
    <div class="site-content">
      <h1>{t("profile.title")}</h1>
      {value && !hasWayBack(value) && (
        <section class="site-notice mh-theme-warning" aria-labelledby="no-way-back">
          <h2 id="no-way-back">{t("account.noWayBack")}</h2>
          <p>{t("account.noWayBackText")}</p>
        </section>
      )}
      {error && <Trouble error={error} />}
      {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
      <AboutCard profile={profile} />
      {value && (
        <>
          <PasskeysCard passkeys={value.passkeys} onChange={loaded.reload} />
          <PasswordCard userName={value.user_name} onChange={loaded.reload} />
          <KeysCard keys={value.keys} onChange={loaded.reload} />
          <SessionsCard sessions={value.sessions} onChange={loaded.reload} />
        </>
      )}
      <section class="site-card">
        <h2>{t("profile.settings")}</h2>
        <button type="button" class="mh-button" onClick={() => setLeaving(true)}>
          {t("profile.logout")}
        </button>
        {profile.agreed && (
          <p class="site-soft">
            {t("consent.agreed", { time: moment(profile.agreed) })}{" "}
            <button type="button" class="worker-link mh-link" onClick={() => setReading(true)}>
              {t("consent.read")}
            </button>
          </p>
        )}
      </section>
      {isReading && (
        <Dialog title={t("join.consentTitle")} closeLabel={t("app.close")} onClose={() => setReading(false)}>
          <AgreedText />
        </Dialog>
      )}
      {isLeaving && (
        <Dialog title={t("profile.logoutTitle")} closeLabel={t("app.cancel")} onClose={() => setLeaving(false)}>
          <p>{t(value && hasWayBack(value) ? "profile.logoutAgain" : "profile.logoutText")}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={leave}>
            {t("profile.logout")}
          </button>
        </Dialog>
      )}
    </div>
  );
}

function AgreedText(): VNode {
  const loaded = useLoaded(() => entrance.show(language.value));
  if (loaded.error) return <Trouble error={loaded.error} onRetry={loaded.reload} />;
  return loaded.value ? <ConsentText consent={loaded.value.consent} /> : <p>{t("app.loading")}</p>;
}

function hasWayBack({ user_name, passkeys, keys }: Account): boolean {
  return user_name !== null || passkeys.length > 0 || keys.length > 0;
}
