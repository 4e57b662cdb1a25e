/** Pages to judge by hand: those that wait, and those whose rejection may be taken back. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { Refresh } from "./Refresh";
import { Trouble } from "./Trouble";
import { type ReviewEntry, server } from "./server";
import { count, line, moment, shortId, t } from "./words";

export function ReviewTab({ poolId }: { poolId: string; part: string }): VNode {
  const loaded = useLoaded(() => server.reviews(poolId));
  const list = loaded.value;
  return (
    <>
      <Refresh loaded={loaded} hint={list ? t("review.counts", { waiting: count(list.waiting_count), rejected: count(list.rejected_count) }) : ""} />
      {list?.items.length === 0 && (
        <div class="site-empty">
          <p>{t("review.empty")}</p>
          <p class="site-soft">{t("review.emptyText")}</p>
        </div>
      )}
      {list?.items.map((entry) => <ReviewCard key={entry.id} entry={entry} onJudged={loaded.reload} />)}
    </>
  );
}

function ReviewCard({ entry, onJudged }: { entry: ReviewEntry; onJudged: () => void }): VNode {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const judge = async (action: () => Promise<unknown>) => {
    try {
      await action();
      onJudged();
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const isWaiting = entry.status === "SUBMITTED";
  const reject = () => {
    if (!reason.trim()) setError(new Error(t("review.needReason")));
    else void judge(() => server.reject(entry.id, reason.trim()));
  };
  return (
    <article class="requester-review">
      <header>
        <h2>{t("review.page", { worker: shortId(entry.worker_id) })}</h2>
        <span class={`site-state site-state-${isWaiting ? "warning" : "danger"}`}>{t(isWaiting ? "pages.SUBMITTED" : "pages.REJECTED")}</span>
        <span class="site-soft">
          {moment(entry.submitted)} · {t("review.took", { seconds: (entry.seconds ?? 0).toFixed(0) })}
        </span>
      </header>
      {entry.public_comment && <p class="site-soft" dir="auto">{entry.public_comment}</p>}
      <div class="requester-table" tabIndex={0} role="group" aria-label={t("review.page", { worker: shortId(entry.worker_id) })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("review.input")}</th>
              <th scope="col">{t("review.answer")}</th>
              <th scope="col">{t("review.known")}</th>
            </tr>
          </thead>
          <tbody>
            {entry.tasks.map((task, i) => (
              <tr key={i} class={task.is_right === false ? "requester-wrong" : ""}>
                <td dir="auto">{line(task.input_values)}</td>
                <td dir="auto">{line(task.values)}</td>
                <td dir="auto">{task.known ? line(task.known) : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="requester-judge">
        <label class="site-field">
          <span>{t("review.reason")}</span>
          <input class="mh-input" maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        {isWaiting && (
          <button type="button" class="mh-button" onClick={reject}>
            {t("review.reject")}
          </button>
        )}
        <button type="button" class="mh-button mh-button-primary" onClick={() => void judge(() => server.accept(entry.id, reason.trim()))}>
          {t(isWaiting ? "review.accept" : "review.forgive")}
        </button>
      </div>
      {error && <Trouble error={error} />}
    </article>
  );
}
