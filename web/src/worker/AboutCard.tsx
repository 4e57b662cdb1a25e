/** What the worker told of themselves, and telling it otherwise. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { ProfileFields, type Told, problemOfTold } from "./ProfileFields";
import { Trouble } from "./Trouble";
import { account } from "./account";
import { useAttempts } from "./attempts";
import type { Profile } from "./server";
import { profile as current } from "./session";
import { countryName, languageName, moment, t } from "./words";

export function AboutCard({ profile }: { profile: Profile }): VNode {
  const [isChanging, setChanging] = useState(false);
  const none = t("profile.none");
  return (
    <section class="site-card" aria-labelledby="about-title">
      <h2 id="about-title">{t("profile.about")}</h2>
      <p class="site-soft">{t("profile.aboutText")}</p>
      {isChanging ? (
        <AboutForm profile={profile} onDone={() => setChanging(false)} />
      ) : (
        <>
          <dl class="site-pairs">
            <dt>{t("profile.name")}</dt>
            <dd dir="auto">{profile.name || none}</dd>
            <dt>{t("profile.languages")}</dt>
            <dd>{profile.languages.map(languageName).join(", ") || none}</dd>
            <dt>{t("profile.country")}</dt>
            <dd>{profile.country ? countryName(profile.country) : none}</dd>
            <dt>{t("profile.birthYear")}</dt>
            <dd>{profile.birth_year ?? none}</dd>
            <dt>{t("profile.adult")}</dt>
            <dd>{t(profile.is_adult_content_allowed ? "profile.yes" : "profile.no")}</dd>
            <dt>{t("profile.joined")}</dt>
            <dd>{moment(profile.joined)}</dd>
            <dt>{t("profile.number")}</dt>
            <dd>
              <code>{profile.worker_id}</code>
            </dd>
          </dl>
          <button type="button" class="mh-button" onClick={() => setChanging(true)}>
            {t("profile.change")}
          </button>
        </>
      )}
    </section>
  );
}

function AboutForm({ profile, onDone }: { profile: Profile; onDone: () => void }): VNode {
  const { error, isBusy, attempt } = useAttempts();
  const [told, setTold] = useState(() => toldIn(profile));
  const save = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const problem = problemOfTold(told);
      if (problem) throw problem;
      current.value = await account.changeProfile({
        name: told.name.trim(),
        languages: told.languages,
        country: told.country,
        birth_year: told.year ? Number(told.year) : null,
        is_adult_content_allowed: told.isAdult,
      });
      onDone();
    });
  };
  return (
    <form class="worker-form" onSubmit={save} noValidate>
      <ProfileFields
        told={told}
        onChange={setTold}
        countryLock={profile.country_open_from ? t("profile.countryLock", { time: moment(profile.country_open_from) }) : undefined}
        yearLock={profile.is_birth_year_open ? undefined : t("profile.yearLock")}
      />
      <p class="site-soft">{t("profile.changeText")}</p>
      {error && <Trouble error={error} />}
      <div class="worker-buttons">
        <button class="mh-button mh-button-primary" disabled={isBusy}>
          {t("profile.save")}
        </button>
        <button type="button" class="mh-button" onClick={onDone}>
          {t("app.cancel")}
        </button>
      </div>
    </form>
  );
}

function toldIn(profile: Profile): Told {
  return {
    name: profile.name,
    // The list of languages has them in lower case.
    languages: profile.languages.map((code) => code.toLowerCase()),
    country: profile.country,
    year: profile.birth_year === null ? "" : String(profile.birth_year),
    isAdult: profile.is_adult_content_allowed,
  };
}
