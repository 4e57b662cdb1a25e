/** What the worker told, a key for other devices, and signing out. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { go } from "../site/route";
import { Trouble } from "./Trouble";
import { type Profile, server } from "./server";
import { profile as current } from "./session";
import { countryName, languageName, moment, t } from "./words";

export function ProfilePage({ profile }: { profile: Profile }): VNode {
  const [key, setKey] = useState("");
  const [isLeaving, setLeaving] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const attempt = (action: () => Promise<void>) => () => void action().catch((problem: unknown) => setError(problem as Error));
  const leave = attempt(async () => {
    await server.signOut();
    current.value = null;
    go();
  });
  const none = t("profile.none");
  return (
    <div class="site-content">
      <h1>{t("profile.title")}</h1>
      {error && <Trouble error={error} />}
      <section class="site-card">
        <h2>{t("profile.about")}</h2>
        <p class="site-soft">{t("profile.aboutText")}</p>
        <dl class="site-pairs">
          <dt>{t("profile.name")}</dt>
          <dd>{profile.name || none}</dd>
          <dt>{t("profile.languages")}</dt>
          <dd>{profile.languages.map(languageName).join(", ") || none}</dd>
          <dt>{t("profile.country")}</dt>
          <dd>{profile.country ? countryName(profile.country) : none}</dd>
          <dt>{t("profile.birthYear")}</dt>
          <dd>{profile.birth_year ?? none}</dd>
          <dt>{t("profile.joined")}</dt>
          <dd>{moment(profile.joined)}</dd>
          <dt>{t("profile.number")}</dt>
          <dd>
            <code>{profile.worker_id}</code>
          </dd>
        </dl>
      </section>
      <section class="site-card">
        <h2>{t("profile.key")}</h2>
        <p class="site-soft">{t("profile.keyText")}</p>
        {key ? (
          <label class="site-field">
            <span>{t("profile.yourKey")}</span>
            <input class="mh-input site-secret" readOnly value={key} onFocus={(event) => event.currentTarget.select()} />
          </label>
        ) : (
          <button type="button" class="mh-button" onClick={attempt(async () => setKey((await server.makeKey()).key))}>
            {t("profile.makeKey")}
          </button>
        )}
      </section>
      <section class="site-card">
        <h2>{t("profile.settings")}</h2>
        <button type="button" class="mh-button" onClick={() => setLeaving(true)}>
          {t("profile.logout")}
        </button>
      </section>
      {isLeaving && (
        <Dialog title={t("profile.logoutTitle")} closeLabel={t("app.cancel")} onClose={() => setLeaving(false)}>
          <p>{t("profile.logoutText")}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={leave}>
            {t("profile.logout")}
          </button>
        </Dialog>
      )}
    </div>
  );
}
