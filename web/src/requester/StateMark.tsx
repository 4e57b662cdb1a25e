/** Where a launch or a pool is, in a word and a colour. */

import type { VNode } from "preact";

import type { PoolRow } from "./server";
import { named, t } from "./words";

const THEMES: Readonly<Record<string, string>> = {
  running: "info",
  publishing: "info",
  stopping: "warning",
  stopped: "warning",
  finished: "success",
  failed: "danger",
  OPEN: "info",
};

export function StateMark({ row }: { row: PoolRow }): VNode {
  if (row.is_left_alone) return <span class="site-state site-state-danger">{t("state.aloneIn", { state: named("state", row.state) })}</span>;
  // Whether a launch over HTTP runs is known where it was launched; here only its pool is.
  const isLaunch = row.kind === "launch";
  const state = isLaunch ? named("state", row.state) : named("pool", row.pool_state);
  const reason = isLaunch ? row.reason : row.close_reason && row.close_reason !== "MANUAL" ? named("closed", row.close_reason) : "";
  const theme = THEMES[isLaunch ? row.state : row.pool_state] ?? "plain";
  return <span class={`site-state site-state-${theme}`}>{reason ? `${state}: ${reason}` : state}</span>;
}
