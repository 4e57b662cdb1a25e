/** The frame of the worker's page: where one is, and what is always at hand. */

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Unreachable } from "../site/api";
import { later } from "../site/later";
import { hrefOf, route } from "../site/route";
import { nextTheme, theme } from "../site/theme";
import { ConsentPage } from "./ConsentPage";
import { HomePage } from "./HomePage";
import { JoinPage } from "./JoinPage";
import { Trouble } from "./Trouble";
import { WelcomePage } from "./WelcomePage";
import { isOffline, lateCount } from "./outbox";
import { findProfile, home, profile, startError } from "./session";
import { loadWorkPage } from "./start-work";
import { LANGUAGE_NAMES, type Word, chooseLanguage, language, t } from "./words";

const PLACES: readonly (readonly [string, Word])[] = [
  ["", "nav.tasks"],
  ["earnings", "nav.earnings"],
  ["messages", "nav.messages"],
  ["profile", "nav.profile"],
];

const MEANWHILE = { whileLoading: Loading, whenFailed: Failed };
const WorkPage = later(async () => (await loadWorkPage()).WorkPage, MEANWHILE);
const EarningsPage = later(async () => (await import("./EarningsPage")).EarningsPage, MEANWHILE);
const MessagesPage = later(async () => (await import("./MessagesPage")).MessagesPage, MEANWHILE);
const ProfilePage = later(async () => (await import("./ProfilePage")).ProfilePage, MEANWHILE);

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
      {isOffline.value && place !== "work" && (
        <p class="site-banner" role="status">
          {t("app.offline")}
        </p>
      )}
      {lateCount.value > 0 && (
        <p class="site-banner" role="status">
          {t("app.late", { count: lateCount.value })}{" "}
          <button type="button" class="mh-button mh-button-small" onClick={() => (lateCount.value = 0)}>
            {t("app.close")}
          </button>
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
  if (place === "messages") return <MessagesPage conversationId={name} />;
  if (place === "profile") return <ProfilePage profile={profile.value} />;
  return <HomePage />;
}

function Unread(): VNode | null {
  const count = home.value?.unread_count ?? 0;
  if (count === 0) return null;
  return (
    <span class="worker-count">
      {count}
      <span class="mh-visually-hidden"> {t("messages.new")}</span>
    </span>
  );
}

function Loading(): VNode {
  return <p class="site-loading">{t("app.loading")}</p>;
}

function Failed(): VNode {
  return <Trouble error={new Unreachable()} onRetry={() => location.reload()} />;
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
              {part === "messages" && <Unread />}
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
          {LANGUAGE_NAMES.map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
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

