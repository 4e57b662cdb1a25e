/** What was earned, and every page with what became of it. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { TextForm } from "./TextForm";
import { Trouble } from "./Trouble";
import { messages } from "./messages";
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

/** What became of an appeal against the rejection of a page, or the way to one. */
function AppealState({ page, onAppeal }: { page: PastPage; onAppeal: () => void }): VNode | null {
  if (!page.appeal && !page.appeal_until) return null;
  return (
    <div class="worker-appeal">
      {page.appeal && (
        <a class="mh-link" href={hrefOf("messages", page.appeal.id)}>
          {t(`appeal.${page.appeal.state}`)}
        </a>
      )}
      {page.appeal_until && (
        <>
          <button type="button" class="mh-button mh-button-small" onClick={onAppeal}>
            {t("appeal.begin")}
          </button>
          <span class="site-soft">{t("appeal.until", { time: moment(page.appeal_until) })}</span>
        </>
      )}
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
  const [appealing, setAppealing] = useState<PastPage | null>(null);
  const appeal = (page: PastPage) => async (text: string) => {
    const made = await messages.appeal(page.id, text);
    setPages((old) => old?.map((one) => (one.id === page.id ? { ...one, appeal: made, appeal_until: null } : one)) ?? null);
    setAppealing(null);
  };
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{t("history.title")}</h2>
      {error && <Trouble error={error} onRetry={() => void load(pages?.at(-1)?.id ?? "")} />}
      {pages?.length === 0 && <p class="site-soft">{t("history.empty")}</p>}
      {pages && pages.length > 0 && (
        <ul class="worker-history">
          {pages.map((page) => (
            <li key={page.id}>
              <span class="worker-past">
                <strong dir="auto">{page.title}</strong>
                <span class="site-soft">{moment(page.created)}</span>
              </span>
              <span class={`site-state site-state-${THEMES[page.status]}`}>{t(`status.${page.status}`)}</span>
              <span class="worker-amount">{money(page.reward)}</span>
              {page.public_comment && (
                <p dir="auto">
                  <span class="mh-visually-hidden">{t("history.comment")}: </span>
                  {page.public_comment}
                </p>
              )}
              <AppealState page={page} onAppeal={() => setAppealing(page)} />
            </li>
          ))}
        </ul>
      )}
      {appealing && (
        <Dialog title={t("appeal.title")} closeLabel={t("app.cancel")} onClose={() => setAppealing(null)}>
          {appealing.public_comment && <blockquote dir="auto">{appealing.public_comment}</blockquote>}
          <TextForm label={t("appeal.why")} hint={t("appeal.hint")} sendLabel={t("appeal.send")} onSend={appeal(appealing)} />
        </Dialog>
      )}
      {hasMore && (
        <button type="button" class="mh-button" onClick={() => void load(pages?.at(-1)?.id ?? "")}>
          {t("history.more")}
        </button>
      )}
    </section>
  );
}
