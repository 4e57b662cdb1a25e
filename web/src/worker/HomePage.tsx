/** What there is to do and what it pays, what leads to more, and what is not for the worker now, and why. */

import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";

import { hrefOf } from "../site/route";
import { CourseCard } from "./CourseCard";
import { Restrictions } from "./Restrictions";
import { Trouble } from "./Trouble";
import type { Home, OpenPool } from "./server";
import { hasJustLooked, home, lookAround } from "./session";
import { loadWorkPageAhead } from "./start-work";
import { tellWanted } from "./wanted";
import { type WorkEntry, coursesTo, listWork } from "./work-list";
import { clock, hasWord, money, t } from "./words";

const LOOK_AGAIN_MS = 15_000;

export function HomePage(): VNode {
  const [error, setError] = useState<Error | null>(null);
  const value = home.value;
  const reload = useCallback(() => void lookAround().then(() => setError(null), setError), []);
  useEffect(() => {
    if (!hasJustLooked()) reload();
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), LOOK_AGAIN_MS);
    addEventListener("focus", reload);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", reload);
    };
  }, [reload]);
  useEffect(loadWorkPageAhead, []);
  return (
    <div class="site-content">
      <h1>{t("home.title")}</h1>
      {error && !value && <Trouble error={error} onRetry={reload} />}
      {value && <Lists home={value} />}
    </div>
  );
}

function Lists({ home }: { home: Home }): VNode {
  const { open, closed, courses } = listWork(home);
  return (
    <>
      <Restrictions items={home.restrictions} />
      {open.length === 0 && (
        <div class="site-empty">
          <p>{t("home.empty")}</p>
          <p class="site-soft">{t(courses.some((course) => course.is_available) ? "home.onlyCourses" : "home.emptyText")}</p>
        </div>
      )}
      <ul class="site-list">{open.map((entry) => entry.pool && <OpenCard key={entry.pool.pool_id} pool={entry.pool} />)}</ul>
      {courses.length > 0 && (
        <section class="worker-section" aria-labelledby="courses-title">
          <h2 id="courses-title">{t("course.title")}</h2>
          <ul class="site-list">
            {courses.map((course) => (
              <CourseCard key={course.pool_id} course={course} pool={home.pools.find((pool) => pool.pool_id === course.pool_id)} />
            ))}
          </ul>
        </section>
      )}
      {closed.length > 0 && (
        <section class="worker-section" aria-labelledby="closed-title">
          <h2 id="closed-title">{t("home.closed")}</h2>
          <ul class="site-list">
            {closed.map((entry) => (
              <ClosedCard key={entry.pools[0]?.pool_id} entry={entry} home={home} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function OpenCard({ pool }: { pool: OpenPool }): VNode {
  const titleId = `pool-${pool.pool_id}`;
  return (
    <li class="site-card worker-pool">
      <Description pool={pool} titleId={titleId} heading="h2" />
      <div class="worker-pool-side">
        <Pay pool={pool} />
        <a class="mh-button mh-button-primary" href={hrefOf("work", pool.pool_id)} aria-describedby={titleId}>
          {pool.has_page_in_hand ? t("home.continue") : t("home.start")}
        </a>
      </div>
    </li>
  );
}

/** Work that is not for the worker now, and what would make it so. */
function ClosedCard({ entry, home }: { entry: WorkEntry; home: Home }): VNode | null {
  const [pool] = entry.pools;
  if (!pool) return null;
  const reason = entry.obstacle?.reason ?? "exhausted";
  const wanted = tellWanted(entry.obstacle?.wanted ?? []);
  const word = `work.none.${reason}`;
  const courses = reason === "training_required" ? coursesTo(home, pool.pool_id) : [];
  return (
    <li class="site-card worker-pool worker-closed">
      <div>
        <Description pool={pool} titleId={`pool-${pool.pool_id}`} heading="h3" />
        <p class="worker-why">{t(wanted.length > 0 ? "wanted.title" : hasWord(word) ? word : "work.none.other")}</p>
        {wanted.length > 0 && (
          <ul class="worker-wanted">
            {wanted.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        {courses.map((course) => (
          <p key={course.pool_id}>
            <a class="mh-link" href={hrefOf("work", course.pool_id)}>
              {t("course.goTo", { title: course.title })}
            </a>
          </p>
        ))}
      </div>
      <div class="worker-pool-side">
        <Pay pool={pool} />
      </div>
    </li>
  );
}

function Description({ pool, titleId, heading: Heading }: { pool: OpenPool; titleId: string; heading: "h2" | "h3" }): VNode {
  return (
    <div>
      <Heading id={titleId} dir="auto">
        {pool.title}
      </Heading>
      <p class="site-soft" dir="auto">
        {pool.description}
      </p>
      <ul class="site-facts">
        <li>{pool.task_count === 1 ? t("home.task") : t("home.tasks", { count: pool.task_count })}</li>
        <li>{t("home.limit", { time: clock(pool.limit_seconds) })}</li>
        {pool.has_page_in_hand && <li class="site-mark-accent">{t("home.inHand")}</li>}
      </ul>
    </div>
  );
}

function Pay({ pool }: { pool: OpenPool }): VNode {
  return (
    <p>
      <strong>{t("home.perPage", { reward: money(pool.reward) })}</strong>
      <span class="site-soft">
        {pool.hourly_reward === null ? t("home.hourlyUnknown") : t("home.hourly", { amount: money(pool.hourly_reward) })}
      </span>
    </p>
  );
}
