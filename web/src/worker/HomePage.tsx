/** The tasks that are there, with what they pay. */

import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";

import { hrefOf } from "../site/route";
import { Restrictions } from "./Restrictions";
import { Trouble } from "./Trouble";
import type { OpenPool } from "./server";
import { hasJustLooked, home, lookAround } from "./session";
import { loadWorkPageAhead } from "./start-work";
import { clock, money, t } from "./words";

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
      {value && <Restrictions items={value.restrictions} />}
      {value?.pools.length === 0 && (
        <div class="site-empty">
          <p>{t("home.empty")}</p>
          <p class="site-soft">{t("home.emptyText")}</p>
        </div>
      )}
      <ul class="site-list">{value?.pools.map((pool) => <PoolCard key={pool.pool_id} pool={pool} />)}</ul>
    </div>
  );
}

function PoolCard({ pool }: { pool: OpenPool }): VNode {
  const titleId = `pool-${pool.pool_id}`;
  return (
    <li class="site-card worker-pool">
      <div>
        <h2 id={titleId} dir="auto">{pool.title}</h2>
        <p class="site-soft" dir="auto">{pool.description}</p>
        <ul class="site-facts">
          {pool.requires_training && <li class="site-mark-warning">{t("home.needsTraining")}</li>}
          <li>{pool.task_count === 1 ? t("home.task") : t("home.tasks", { count: pool.task_count })}</li>
          <li>{t("home.limit", { time: clock(pool.limit_seconds) })}</li>
          {pool.has_page_in_hand && <li class="site-mark-accent">{t("home.inHand")}</li>}
        </ul>
      </div>
      <div class="worker-pool-side">
        {pool.is_training ? (
          <strong>{t("home.training")}</strong>
        ) : (
          <p>
            <strong>{t("home.perPage", { reward: money(pool.reward) })}</strong>
            <span class="site-soft">
              {pool.hourly_reward === null ? t("home.hourlyUnknown") : t("home.hourly", { amount: money(pool.hourly_reward) })}
            </span>
          </p>
        )}
        <a class="mh-button mh-button-primary" href={hrefOf("work", pool.pool_id)} aria-describedby={titleId}>
          {pool.has_page_in_hand ? t("home.continue") : t("home.start")}
        </a>
      </div>
    </li>
  );
}
