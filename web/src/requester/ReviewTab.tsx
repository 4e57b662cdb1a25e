/** Pages to judge by hand: those that wait, and those whose rejection may be taken back. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { Refresh } from "./Refresh";
import { Trouble } from "./Trouble";
import { usePoolVersion } from "./live";
import { type AppealEntry, countWaiting, post, textOf } from "./mail/post";
import { type ReviewEntry, server } from "./server";
import { count, line, moment, shortId, t } from "./words";

export function ReviewTab({ poolId }: { poolId: string; part: string }): VNode {
  const loaded = useLoaded(() => server.reviews(poolId), String(usePoolVersion(poolId)));
  const appeals = useLoaded(() => post.appeals("OPEN"));
  const judged = () => {
    loaded.reload();
    appeals.reload();
    void countWaiting();
  };
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
      {list?.items.map((entry) => (
        <ReviewCard key={entry.id} entry={entry} appeal={appeals.value?.find((appeal) => appeal.page_id === entry.id)} onJudged={judged} />
      ))}
    </>
  );
}

function ReviewCard({ entry, appeal, onJudged }: { entry: ReviewEntry; appeal?: AppealEntry; onJudged: () => void }): VNode {
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
  /** Both tell the worker why. */
  const refuse = (action: () => Promise<unknown>) => {
    if (!reason.trim()) setError(new Error(t("review.needReason")));
    else void judge(action);
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
      {appeal && (
        <p class="site-notice mh-theme-warning" dir="auto">
          {t("review.appeal", { text: textOf(appeal.text) })}
        </p>
      )}
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
          <button type="button" class="mh-button" onClick={() => refuse(() => server.reject(entry.id, reason.trim()))}>
            {t("review.reject")}
          </button>
        )}
        {appeal && (
          <button type="button" class="mh-button" onClick={() => refuse(() => post.decline(appeal.id, reason.trim()))}>
            {t("appeals.decline")}
          </button>
        )}
        <button type="button" class="mh-button mh-button-primary" onClick={() => void judge(() => (appeal ? post.grant(appeal.id, reason.trim()) : server.accept(entry.id, reason.trim())))}>
          {t(isWaiting ? "review.accept" : "review.forgive")}
        </button>
      </div>
      {error && <Trouble error={error} />}
    </article>
  );
}
