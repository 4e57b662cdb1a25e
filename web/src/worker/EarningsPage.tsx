/** What was earned, and every page with what became of it. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { Trouble } from "./Trouble";
import { type PastPage, server } from "./server";
import { money, moment, t } from "./words";

const THEMES: Readonly<Record<PastPage["status"], string>> = {
  ACTIVE: "info",
  SUBMITTED: "warning",
  ACCEPTED: "success",
  REJECTED: "danger",
  SKIPPED: "plain",
  EXPIRED: "plain",
};

export function EarningsPage(): VNode {
  const { value, error, reload } = useLoaded(() => server.earnings());
  return (
    <div class="site-content">
      <h1>{t("earnings.title")}</h1>
      {error && !value && <Trouble error={error} onRetry={reload} />}
      {value && (
        <dl class="site-figures">
          <Figure name={t("earnings.paid")} text={money(value.paid)} />
          <Figure name={t("earnings.bonuses")} text={money(value.bonuses)} />
          <Figure name={t("earnings.review")} text={money(value.in_review)} />
          <Figure name={t("earnings.accepted")} text={String(value.pages.ACCEPTED ?? 0)} />
        </dl>
      )}
      <History />
    </div>
  );
}

function Figure({ name, text }: { name: string; text: string }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function History(): VNode {
  const [pages, setPages] = useState<readonly PastPage[] | null>(null);
  const [hasMore, setMore] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const load = async (before: string) => {
    try {
      const { items, has_more } = await server.history(before);
      setPages((old) => [...(before ? (old ?? []) : []), ...items]);
      setMore(has_more);
      setError(null);
    } catch (problem) {
      setError(problem as Error);
    }
  };
  useEffect(() => void load(""), []);
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{t("history.title")}</h2>
      {error && <Trouble error={error} onRetry={() => void load(pages?.at(-1)?.id ?? "")} />}
      {pages?.length === 0 && <p class="site-soft">{t("history.empty")}</p>}
      {pages && pages.length > 0 && (
        <ul class="worker-history">
          {pages.map((page) => (
            <li key={page.id}>
              <span>{moment(page.created)}</span>
              <span class={`site-state site-state-${THEMES[page.status]}`}>{t(`status.${page.status}`)}</span>
              <span class="worker-amount">{money(page.reward)}</span>
              {page.public_comment && (
                <p dir="auto">
                  <span class="mh-visually-hidden">{t("history.comment")}: </span>
                  {page.public_comment}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {hasMore && (
        <button type="button" class="mh-button" onClick={() => void load(pages?.at(-1)?.id ?? "")}>
          {t("history.more")}
        </button>
      )}
    </section>
  );
}
