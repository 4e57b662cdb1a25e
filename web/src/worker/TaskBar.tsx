/** The bar above a page of tasks: where one is, what it pays, how much time is left, and what is always at hand. */

import type { VNode } from "preact";

import { hrefOf } from "../site/route";
import { Icon } from "../view";
import { PageKey } from "./PageKey";
import type { OwnKeys } from "./own-keys";
import { clock, money, t } from "./words";

const HURRY_S = 30;

interface TaskBarProps {
  readonly title: string;
  readonly reward: number;
  readonly secondsLeft: number;
  readonly doneCount: number;
  readonly count: number;
  readonly hasInstruction: boolean;
  readonly keys: OwnKeys;
  readonly onOpen: (dialog: "instruction" | "report" | "keys") => void;
}

export function TaskBar({ title, reward, secondsLeft, doneCount, count, hasInstruction, keys, onOpen }: TaskBarProps): VNode {
  return (
    <header class="worker-bar">
      <a class="mh-tool" href={hrefOf()} aria-label={t("work.back")} title={t("work.back")}>
        <span class="worker-back" aria-hidden="true" />
      </a>
      <h1 dir="auto">{title}</h1>
      <dl>
        {reward > 0 && (
          <div>
            <dt class="mh-visually-hidden">{t("work.reward")}</dt>
            <dd>{money(reward)}</dd>
          </div>
        )}
        <div class={secondsLeft < HURRY_S ? "worker-hurry" : ""}>
          <dt class="mh-visually-hidden">{t("work.left")}</dt>
          <dd>
            <time role="timer">{clock(secondsLeft)}</time>
          </dd>
        </div>
      </dl>
      <div class="worker-tools">
        {hasInstruction && (
          <button type="button" class="mh-button mh-button-small" onClick={() => onOpen("instruction")}>
            {t("work.instruction")} <PageKey action="instruction" keys={keys} />
          </button>
        )}
        <button type="button" class="mh-button mh-button-small worker-report" title={t("work.report")} onClick={() => onOpen("report")}>
          <Icon name="flag" />
          <span>{t("work.report")}</span>
        </button>
        <button type="button" class="mh-button mh-button-small worker-keys" onClick={() => onOpen("keys")}>
          {t("work.keys")} <kbd class="mh-key" aria-hidden="true">?</kbd>
        </button>
      </div>
      <progress max={count} value={doneCount} aria-label={t("work.progress", { done: doneCount, count })} />
    </header>
  );
}
