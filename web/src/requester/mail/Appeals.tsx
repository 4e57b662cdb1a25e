/** Appeals against rejections: what the worker was told, what the worker says, and the decision. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useLoaded } from "../../site/load";
import { hrefOf } from "../../site/route";
import { Refresh } from "../Refresh";
import { Trouble } from "../Trouble";
import { pools } from "../live";
import { moment, shortId, t } from "../words";
import { type AppealEntry, countWaiting, post, textOf } from "./post";

const STATES = ["OPEN", "GRANTED", "DECLINED"] as const;

export function Appeals(): VNode {
  const [state, setState] = useState<(typeof STATES)[number]>("OPEN");
  const loaded = useLoaded(() => post.appeals(state), state);
  const decided = () => {
    loaded.reload();
    void countWaiting();
  };
  return (
    <>
      <Refresh
        loaded={loaded}
        hint={
          <label class="requester-inline">
            {t("appeals.state")}{" "}
            <select class="mh-input mh-select" value={state} onChange={(event) => setState(event.currentTarget.value as typeof state)}>
              {STATES.map((name) => (
                <option key={name} value={name}>
                  {t(`appeals.${name}`)}
                </option>
              ))}
            </select>
          </label>
        }
      />
      {loaded.value?.length === 0 && (
        <div class="site-empty">
          <p>{t("appeals.empty")}</p>
          <p class="site-soft">{t("appeals.emptyText")}</p>
        </div>
      )}
      {loaded.value?.map((entry) => <AppealCard key={entry.id} entry={entry} onDecided={decided} />)}
    </>
  );
}

function AppealCard({ entry, onDecided }: { entry: AppealEntry; onDecided: () => void }): VNode {
  const worker = shortId(entry.worker_id);
  return (
    <article class="requester-review">
      <header>
        <h2>{t("appeals.of", { worker })}</h2>
        <span class={`site-state ${entry.state === "OPEN" ? "site-state-warning" : ""}`}>{t(`appeals.${entry.state}`)}</span>
        <span class="site-soft">{moment(entry.created)}</span>
      </header>
      <p class="site-soft">
        <bdi>{pools.value?.get(entry.pool_id)?.name ?? entry.title}</bdi> ·{" "}
        <a class="mh-link" href={hrefOf("launch", entry.pool_id, "review")}>
          {t("appeals.page")}
        </a>{" "}
        ·{" "}
        <a class="mh-link" href={hrefOf("launch", entry.pool_id, "workers", entry.worker_id)}>
          {t("appeals.worker")}
        </a>{" "}
        ·{" "}
        <a class="mh-link" href={hrefOf("messages", "thread", entry.id)}>
          {t("appeals.talk")}
        </a>
      </p>
      <dl class="site-pairs">
        <dt>{t("appeals.told")}</dt>
        <dd dir="auto">{entry.rejection || "–"}</dd>
        <dt>{t("appeals.says")}</dt>
        <dd dir="auto">
          <b>{textOf(entry.text)}</b>
        </dd>
        {entry.state !== "OPEN" && (
          <>
            <dt>{t("appeals.answered")}</dt>
            <dd dir="auto">{entry.answer || "–"}</dd>
          </>
        )}
      </dl>
      {entry.state === "OPEN" && <Decision appealId={entry.id} onDecided={onDecided} />}
    </article>
  );
}

/** Granting pays the page; declining needs a reason, which the worker is told. */
export function Decision({ appealId, onDecided }: { appealId: string; onDecided: () => void }): VNode {
  const [answer, setAnswer] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const decide = async (action: () => Promise<unknown>) => {
    try {
      setError(null);
      await action();
      onDecided();
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const decline = () => {
    if (!answer.trim()) setError(new Error(t("review.needReason")));
    else void decide(() => post.decline(appealId, answer.trim()));
  };
  return (
    <>
      <div class="requester-judge">
        <label class="site-field">
          <span>{t("appeals.answer")}</span>
          <input class="mh-input" maxLength={500} value={answer} onInput={(event) => setAnswer(event.currentTarget.value)} />
        </label>
        <button type="button" class="mh-button" onClick={decline}>
          {t("appeals.decline")}
        </button>
        <button type="button" class="mh-button mh-button-primary" onClick={() => void decide(() => post.grant(appealId, answer.trim()))}>
          {t("appeals.grant")}
        </button>
      </div>
      {error && <Trouble error={error} />}
    </>
  );
}
