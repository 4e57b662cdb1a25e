/** The end of a page that was not sent: its time is over, or it was not taken. */

import type { VNode } from "preact";

import { ApiError } from "../site/api";
import { Trouble } from "./Trouble";
import { t } from "./words";

export function Expired({ onNext }: { onNext: () => void }): VNode {
  return (
    <div class="site-content">
      <div class="site-empty" role="alert">
        <h1>{t("work.expired")}</h1>
        <p>{t("work.expiredText")}</p>
        <button type="button" class="mh-button mh-button-primary" onClick={onNext}>
          {t("work.next")}
        </button>
      </div>
    </div>
  );
}

/** Why a page was not taken: something on it is to be changed, or it is over. */
export function Refusal({ error, onNext }: { error: Error; onNext: () => void }): VNode {
  const isOver = error instanceof ApiError && error.code !== "VALIDATION_ERROR";
  if (!isOver) return <Trouble error={error instanceof ApiError ? new Error(t("work.refused", { message: error.message })) : error} />;
  return (
    <div class="site-trouble" role="alert">
      <p>{t("work.over")}</p>
      <button type="button" class="mh-button" onClick={onNext}>
        {t("work.next")}
      </button>
    </div>
  );
}
