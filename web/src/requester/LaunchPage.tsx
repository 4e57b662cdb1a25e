/** One launch, or a pool that nobody launched: where it is, what it costs, how right it is; then its parts. */

import type { VNode } from "preact";

import { hrefOf } from "../site/route";
import { Actions } from "./Actions";
import { ControlsTab } from "./ControlsTab";
import { Figures } from "./Figures";
import { ObjectsTab } from "./ObjectsTab";
import { PlotsTab } from "./PlotsTab";
import { PoolTab } from "./PoolTab";
import { PreviewTab } from "./PreviewTab";
import { ReviewTab } from "./ReviewTab";
import { LaunchName } from "./Rows";
import { StateMark } from "./StateMark";
import { WorkersTab } from "./WorkersTab";
import { pools } from "./live";
import type { PoolRow } from "./server";
import { totalsOf } from "./totals";
import { t } from "./words";

/** What stands below the figures; `part` names an object, a worker or a control task. */
const TABS = {
  objects: ObjectsTab,
  workers: WorkersTab,
  controls: ControlsTab,
  plots: PlotsTab,
  review: ReviewTab,
  preview: PreviewTab,
  pool: PoolTab,
} as const;
type TabName = keyof typeof TABS;

export function LaunchPage({ poolId, tab, part }: { poolId: string; tab: string; part: string }): VNode {
  if (pools.value === null) return <p class="site-loading">{t("app.loading")}</p>;
  const row = pools.value.get(poolId);
  if (!row) return <p class="site-loading">{t("launch.gone")}</p>;
  const chosen = tab in TABS ? (tab as TabName) : "objects";
  const Tab = TABS[chosen];
  const sharedBy = row.budget_id === null ? 1 : [...pools.value.values()].filter((other) => other.budget_id === row.budget_id).length;
  return (
    <div class="site-content requester-content">
      <div class="requester-title">
        <div>
          <Back row={row} />
          <h1>
            <LaunchName row={row} /> <StateMark row={row} />
          </h1>
        </div>
        <Actions rows={[row]} name={row.name} source={{ poolId }} />
      </div>
      <Notices row={row} />
      <Figures totals={totalsOf([row])} row={row} sharedBy={sharedBy} />
      <section class="site-card requester-details">
        <nav class="requester-tabs" aria-label={t("tab.label")}>
          {(Object.keys(TABS) as TabName[]).map((name) => (
            <a key={name} href={hrefOf("launch", poolId, name)} aria-current={name === chosen ? "page" : undefined}>
              {t(`tab.${name}`)}
              {name === "controls" && row.suspicious_count > 0 && (
                <>
                  {" "}
                  <span class="requester-count">
                    {row.suspicious_count} <span class="mh-visually-hidden">{t("controls.suspicious")}</span>
                  </span>
                </>
              )}
            </a>
          ))}
        </nav>
        <Tab key={chosen} poolId={poolId} part={part} />
      </section>
    </div>
  );
}

function Back({ row }: { row: PoolRow }): VNode {
  if (row.whole) {
    return (
      <a class="mh-link" href={hrefOf("whole", row.whole)}>
        {t("launch.backToWhole", { name: row.whole })}
      </a>
    );
  }
  const isLaunch = row.kind === "launch" || row.kind === "elsewhere";
  return (
    <a class="mh-link" href={isLaunch ? hrefOf() : hrefOf("project", row.project_id)}>
      {t(isLaunch ? "launch.back" : "project.back")}
    </a>
  );
}

function Notices({ row }: { row: PoolRow }): VNode {
  return (
    <>
      {row.is_left_alone && (
        <div class="site-notice mh-theme-danger" role="status">
          <b>{t("launch.alone")}</b>
          <span>{t(row.pool_state === "OPEN" ? "launch.aloneOpen" : "launch.aloneClosed")}</span>
        </div>
      )}
      {row.is_stop_requested && <p class="site-notice mh-theme-warning">{t("launch.stopAsked")}</p>}
      {row.is_resume_requested && <p class="site-notice mh-theme-info">{t("launch.resumeAsked")}</p>}
      {row.is_hosted && !row.is_left_alone && row.state === "running" && <p class="site-notice mh-theme-info">{t("launch.hosted")}</p>}
      {row.problem && (
        <p class="site-notice mh-theme-danger" dir="auto">
          {t("launch.problem", { problem: row.problem })}
        </p>
      )}
      {row.kind === "elsewhere" && <p class="site-notice mh-theme-info">{t("launch.elsewhere")}</p>}
    </>
  );
}
