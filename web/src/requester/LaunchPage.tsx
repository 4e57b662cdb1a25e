/** One launch: where it is, what it costs, how sure it is; then its parts. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { hrefOf } from "../site/route";
import { ControlsTab } from "./ControlsTab";
import { Bar } from "./LaunchesPage";
import { ObjectsTab } from "./ObjectsTab";
import { PreviewTab } from "./PreviewTab";
import { ReviewTab } from "./ReviewTab";
import { StateMark } from "./StateMark";
import { Trouble } from "./Trouble";
import { WorkersTab } from "./WorkersTab";
import { launches } from "./live";
import { type LaunchRow, saveAnswers, server } from "./server";
import { type Word, count, money, share, span, t } from "./words";

const TABS = {
  objects: ObjectsTab,
  workers: WorkersTab,
  controls: ControlsTab,
  review: ReviewTab,
  preview: PreviewTab,
} as const;
type TabName = keyof typeof TABS;

const PAGE_STATES = ["ACTIVE", "SUBMITTED", "ACCEPTED", "REJECTED", "SKIPPED", "EXPIRED"] as const;
const IS_AT_WORK = new Set(["running", "publishing"]);

export function LaunchPage({ poolId, tab }: { poolId: string; tab: string }): VNode {
  if (launches.value === null) return <p class="site-loading">{t("app.loading")}</p>;
  const row = launches.value.get(poolId);
  if (!row) return <p class="site-loading">{t("launch.gone")}</p>;
  const chosen = tab in TABS ? (tab as TabName) : "objects";
  const Tab = TABS[chosen];
  return (
    <div class="site-content requester-content">
      <div class="requester-title">
        <div>
          <a class="mh-link" href={hrefOf()}>
            {t("launch.back")}
          </a>
          <h1 dir="auto">
            {row.name} <StateMark row={row} />
          </h1>
        </div>
        <Actions row={row} />
      </div>
      {row.is_stop_requested && <p class="site-notice mh-theme-warning">{t("launch.stopAsked")}</p>}
      <Figures row={row} />
      <section class="site-card requester-details">
        <nav class="requester-tabs" aria-label={t("tab.label")}>
          {(Object.keys(TABS) as TabName[]).map((name) => (
            <a key={name} href={hrefOf("launch", poolId, name)} aria-current={name === chosen ? "page" : undefined}>
              {t(`tab.${name}`)}
            </a>
          ))}
        </nav>
        <Tab key={chosen} poolId={poolId} />
      </section>
    </div>
  );
}

function Figures({ row }: { row: LaunchRow }): VNode {
  const completion = row.object_count ? row.finished_count / row.object_count : 1;
  const { eta_seconds: eta, eta_low_seconds: low, eta_high_seconds: high } = row;
  return (
    <>
      <div class="requester-completion">
        <Bar part={completion} />
        <p>
          <b>{share(completion)}</b> {t("row.of", { done: count(row.finished_count), count: count(row.object_count) })}
        </p>
      </div>
      <dl class="site-figures requester-figures">
        <Figure name="launch.answers" text={count(row.answer_count)} />
        <Figure name="launch.workers" text={count(row.worker_count)} />
        <Figure name="launch.confidence" text={share(row.confidence)} hint={t("launch.confidenceHint")} />
        <Figure name="launch.agreement" text={share(row.agreement)} hint={t("launch.agreementHint")} />
        <Figure name="launch.control" text={share(row.control_accuracy)} />
        <Figure name="launch.paid" text={money(row.paid)} />
        <Figure name="launch.reserved" text={money(row.reserved)} />
        {row.budget !== null && row.budget_left !== null && (
          <Figure name="launch.left" text={money(row.budget_left)} hint={t("launch.of", { budget: money(row.budget) })} />
        )}
        {eta !== null && low !== null && high !== null && (
          <Figure name="launch.eta" text={span(eta)} hint={t("launch.range", { low: span(low), high: span(high) })} />
        )}
      </dl>
      <ul class="site-facts requester-page-states" aria-label={t("launch.pages")}>
        {PAGE_STATES.map((state) => (
          <li key={state}>
            <b>{count(row.pages[state] ?? 0)}</b> {t(`pages.${state}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Figure({ name, text, hint }: { name: Word; text: string; hint?: string }): VNode {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>
        {text}
        {hint && <small class="site-soft">{hint}</small>}
      </dd>
    </div>
  );
}

function Actions({ row }: { row: LaunchRow }): VNode {
  const [open, setOpen] = useState<"stop" | "budget" | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const attempt = (action: () => Promise<unknown>) => {
    setError(null);
    setOpen(null);
    action().catch((problem: unknown) => setError(problem as Error));
  };
  return (
    <div class="requester-actions">
      {error && <Trouble error={error} />}
      <button type="button" class="mh-button" onClick={() => attempt(() => saveAnswers(row.pool_id, row.name))}>
        {t("launch.export")}
      </button>
      {row.budget !== null && (
        <button type="button" class="mh-button" onClick={() => setOpen("budget")}>
          {t("launch.budget")}
        </button>
      )}
      {IS_AT_WORK.has(row.state) && !row.is_stop_requested && (
        <button type="button" class="mh-button requester-stop" onClick={() => setOpen("stop")}>
          {t("launch.stop")}
        </button>
      )}
      {open === "stop" && (
        <Dialog title={t("launch.stopTitle")} closeLabel={t("app.cancel")} onClose={() => setOpen(null)}>
          <p>{t("launch.stopText")}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={() => attempt(() => server.stop(row.pool_id))}>
            {t("launch.stopDo")}
          </button>
        </Dialog>
      )}
      {open === "budget" && (
        <Dialog title={t("launch.budget")} closeLabel={t("app.cancel")} onClose={() => setOpen(null)}>
          <BudgetForm ceiling={row.budget ?? 0} onSet={(ceiling) => attempt(() => server.setBudget(row.pool_id, ceiling))} />
        </Dialog>
      )}
    </div>
  );
}

function BudgetForm({ ceiling, onSet }: { ceiling: number; onSet: (ceiling: string) => void }): VNode {
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    const isAmount = /^\d+(\.\d{1,4})?$/.test(text) && Number(text) > ceiling;
    setWrong(!isAmount);
    if (isAmount) onSet(text);
  };
  return (
    <form class="requester-form" onSubmit={submit} noValidate>
      <p>{t("launch.budgetText")}</p>
      <label class="site-field">
        <span>{t("launch.budgetNew")}</span>
        <input
          class="mh-input"
          inputMode="decimal"
          placeholder={String(ceiling * 2)}
          value={text}
          aria-invalid={isWrong}
          onInput={(event) => setText(event.currentTarget.value.trim())}
        />
      </label>
      {isWrong && <p role="alert">{t("launch.budgetLow", { amount: money(ceiling) })}</p>}
      <button class="mh-button mh-button-primary">{t("launch.budget")}</button>
    </form>
  );
}
