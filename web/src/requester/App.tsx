/** The frame of the requester's page. */

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { go, hrefOf, route } from "../site/route";
import { nextTheme, theme } from "../site/theme";
import { AccessPage } from "./AccessPage";
import { LaunchPage } from "./LaunchPage";
import { LaunchesPage } from "./LaunchesPage";
import { MessagesPage } from "./MessagesPage";
import { ProjectPage } from "./ProjectPage";
import { ProjectsPage } from "./ProjectsPage";
import { SignInPage } from "./SignInPage";
import { WholePage } from "./WholePage";
import { isLive, watch } from "./live";
import { waiting, watchWaiting } from "./mail/post";
import { keepToken, token } from "./server";
import { count, t } from "./words";

export function App(): VNode {
  const [place = "", name = ""] = route.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (place !== "enter") return;
    // The token of a link goes into the tab, and out of the address.
    keepToken(name);
    history.replaceState(null, "", location.pathname);
    route.value = [];
  }, [place, name]);
  useEffect(() => (token.value ? watch() : undefined), [token.value]);
  useEffect(() => (token.value ? watchWaiting() : undefined), [token.value]);
  useEffect(() => {
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
    scrollTo(0, 0);
  }, [place, name]);
  return (
    <div class="mh-page site">
      <a class="site-skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {t("app.skip")}
      </a>
      <Header place={place} />
      <main ref={main} id="main" tabIndex={-1}>
        {token.value ? <Place /> : <SignInPage />}
      </main>
    </div>
  );
}

function Place(): VNode {
  const [place = "", name = "", tab = "", part = ""] = route.value;
  switch (place) {
    case "access":
      return <AccessPage />;
    case "messages":
      return <MessagesPage tab={name} part={tab} />;
    case "projects":
      return <ProjectsPage />;
    case "project":
      return <ProjectPage key={name} projectId={name} />;
    case "whole":
      return <WholePage key={name} name={name} />;
    case "launch":
      return <LaunchPage key={name} poolId={name} tab={tab} part={part} />;
    default:
      return <LaunchesPage />;
  }
}

function Header({ place }: { place: string }): VNode {
  const isLaunches = ["", "launch", "whole"].includes(place);
  const isProjects = ["projects", "project"].includes(place);
  return (
    <header class="site-header">
      <a class="site-brand" href={hrefOf()}>
        <span class="site-mark" aria-hidden="true" />
        {t("app.name")}
      </a>
      {token.value && (
        <nav aria-label={t("nav.label")}>
          <a href={hrefOf()} aria-current={isLaunches ? "page" : undefined}>
            {t("nav.launches")}
          </a>
          <a href={hrefOf("projects")} aria-current={isProjects ? "page" : undefined}>
            {t("nav.projects")}
          </a>
          <a href={hrefOf("messages")} aria-current={place === "messages" ? "page" : undefined}>
            {t("nav.messages")}{" "}
            {waiting.value > 0 && (
              <span class="requester-count">
                {count(waiting.value)} <span class="mh-visually-hidden">{t("nav.waiting")}</span>
              </span>
            )}
          </a>
          <a href={hrefOf("access")} aria-current={place === "access" ? "page" : undefined}>
            {t("nav.access")}
          </a>
        </nav>
      )}
      <div class="site-settings">
        {token.value && isLive.value && <span class="requester-live">{t("app.live")}</span>}
        <button type="button" class="mh-tool" onClick={nextTheme} aria-label={t(`app.theme.${theme.value}`)} title={t(`app.theme.${theme.value}`)}>
          <span class={`site-theme site-theme-${theme.value}`} aria-hidden="true" />
        </button>
        {token.value && (
          <button type="button" class="mh-button mh-button-small" onClick={() => (keepToken(""), go())}>
            {t("nav.signOut")}
          </button>
        )}
      </div>
    </header>
  );
}
