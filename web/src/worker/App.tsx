/** The frame of the worker's page: where one is, and what is always at hand. */

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { hrefOf, route } from "../site/route";
import { nextTheme, theme } from "../site/theme";
import { ConsentPage } from "./ConsentPage";
import { EarningsPage } from "./EarningsPage";
import { HomePage } from "./HomePage";
import { JoinPage } from "./JoinPage";
import { Trouble } from "./Trouble";
import { ProfilePage } from "./ProfilePage";
import { WelcomePage } from "./WelcomePage";
import { WorkPage } from "./WorkPage";
import { isOffline } from "./outbox";
import { findProfile, profile, startError } from "./session";
import { LANGUAGES, type Word, chooseLanguage, language, languageName, t } from "./words";

const PLACES: readonly (readonly [string, Word])[] = [
  ["", "nav.tasks"],
  ["earnings", "nav.earnings"],
  ["profile", "nav.profile"],
];

export function App(): VNode {
  const [place = "", name = ""] = route.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Whoever cannot see that the page has changed is taken to its beginning.
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
    scrollTo(0, 0);
  }, [place, name]);
  return (
    <div class="mh-page site">
      <a class="site-skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {t("app.skip")}
      </a>
      {place !== "work" && <Header place={place} />}
      {isOffline.value && (
        <p class="site-banner" role="status">
          {t("app.offline")}
        </p>
      )}
      <main ref={main} id="main" tabIndex={-1}>
        {startError.value ? <Trouble error={startError.value} onRetry={() => void findProfile()} /> : <Place place={place} name={name} />}
      </main>
    </div>
  );
}

function Place({ place, name }: { place: string; name: string }): VNode | null {
  if (profile.value === undefined) return null;
  if (place === "join") return <JoinPage invitation={name} />;
  if (profile.value === null) return <WelcomePage />;
  if (profile.value.is_consent_needed) return <ConsentPage />;
  if (place === "work") return <WorkPage key={name} poolId={name} />;
  if (place === "earnings") return <EarningsPage />;
  if (place === "profile") return <ProfilePage profile={profile.value} />;
  return <HomePage />;
}

function Header({ place }: { place: string }): VNode {
  return (
    <header class="site-header">
      <a class="site-brand" href={hrefOf()}>
        <span class="site-mark" aria-hidden="true" />
        {t("app.name")}
      </a>
      {profile.value && (
        <nav aria-label={t("nav.label")}>
          {PLACES.map(([part, word]) => (
            <a key={part} href={part ? hrefOf(part) : hrefOf()} aria-current={place === part ? "page" : undefined}>
              {t(word)}
            </a>
          ))}
        </nav>
      )}
      <div class="site-settings">
        <select
          class="site-select"
          aria-label={t("app.language")}
          value={language.value}
          onChange={(event) => void chooseLanguage(event.currentTarget.value)}
        >
          {LANGUAGES.map((code) => (
            <option key={code} value={code} lang={code}>
              {new Intl.DisplayNames([code], { type: "language" }).of(code) ?? languageName(code)}
            </option>
          ))}
        </select>
        <button type="button" class="mh-tool" onClick={nextTheme} aria-label={t(`app.theme.${theme.value}`)} title={t(`app.theme.${theme.value}`)}>
          <span class={`site-theme site-theme-${theme.value}`} aria-hidden="true" />
        </button>
      </div>
    </header>
  );
}

