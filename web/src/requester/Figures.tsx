/** Where a launch, or all baskets of one, are: what is done, how right it is, what it costs, how long it will take. */

import type { ComponentChildren, VNode } from "preact";

import { Bar } from "./Rows";
import type { PoolRow } from "./server";
import type { Totals } from "./totals";
import { type Word, count, money, number, share, span, t } from "./words";

const PAGE_STATES = ["ACTIVE", "SUBMITTED", "ACCEPTED", "REJECTED", "SKIPPED", "EXPIRED"] as const;

/** The figures of one row where there is only one, else what can be said of several. */
export function Figures({ totals, row, sharedBy = 1 }: { totals: Totals; row?: PoolRow; sharedBy?: number }): VNode {
  const completion = totals.objectCount ? totals.finishedCount / totals.objectCount : 1;
  const { etaSeconds: eta, etaLowSeconds: low, etaHighSeconds: high } = totals;
  return (
    <>
      <div class="requester-completion">
        <Bar part={completion} />
        <p>
          <b>{share(completion)}</b> {t("row.of", { done: count(totals.finishedCount), count: count(totals.objectCount) })}
        </p>
      </div>
      <div class="requester-cards">
        <Card title={t("launch.work")}>
          <Figure name="launch.answers" text={count(totals.answerCount)} />
          {row && <Figure name="launch.workers" text={count(row.worker_count)} />}
          {totals.openCount > 0 && (
            <Figure
              name="launch.eta"
              text={eta === null ? "–" : span(eta)}
              hint={low === null || high === null ? t("row.noEta") : t("launch.range", { low: span(low), high: span(high) })}
            />
          )}
        </Card>
        <Card title={t("launch.quality")}>
          <Figure name="launch.expected" text={share(totals.expected)} hint={expectedHint(row)} />
          <Figure name="launch.confidence" text={share(totals.confidence)} hint={t("launch.confidenceHint")} />
          <Figure name="launch.control" text={share(totals.controlAccuracy)} hint={t("launch.controlHint")} />
          <Figure name="launch.agreement" text={share(totals.agreement)} hint={agreementHint(row)} />
        </Card>
        <Card title={t("launch.money")}>
          <Figure name="launch.paid" text={money(totals.paid)} />
          <Figure name="launch.reserved" text={money(totals.reserved)} hint={t("launch.reservedHint")} />
          {totals.budget !== null && totals.budgetLeft !== null && (
            <Figure
              name="launch.left"
              text={money(totals.budgetLeft)}
              hint={sharedBy > 1 ? t("launch.ofShared", { budget: money(totals.budget), count: count(sharedBy) }) : t("launch.of", { budget: money(totals.budget) })}
            />
          )}
        </Card>
      </div>
      <ul class="site-facts requester-page-states" aria-label={t("launch.pages")}>
        {PAGE_STATES.map((state) => (
          <li key={state}>
            <b>{count(totals.pages[state] ?? 0)}</b> {t(`pages.${state}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <section class="requester-card">
      <h2>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

export function Figure({ name, text, hint }: { name: Word; text: string; hint?: string }): VNode {
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

function expectedHint(row: PoolRow | undefined): string {
  if (!row || row.expected_low === null || row.expected_high === null) return t("launch.expectedHint");
  return t("launch.expectedRange", { low: share(row.expected_low), high: share(row.expected_high), count: count(row.expected_count) });
}

function agreementHint(row: PoolRow | undefined): string {
  return row && row.alpha !== null ? t("launch.agreementAlpha", { alpha: number(row.alpha) }) : t("launch.agreementHint");
}
