/** Where a launch is, in a word and a colour. */

import type { VNode } from "preact";

import type { LaunchRow } from "./server";
import { hasWord, t } from "./words";

const THEMES: Readonly<Record<string, string>> = {
  running: "info",
  publishing: "info",
  stopping: "warning",
  stopped: "warning",
  finished: "success",
  failed: "danger",
};

export function StateMark({ row }: { row: LaunchRow }): VNode {
  const word = `state.${row.state}`;
  const state = hasWord(word) ? t(word) : row.state;
  return (
    <span class={`site-state site-state-${THEMES[row.state] ?? "plain"}`}>
      {row.reason ? `${state}: ${row.reason}` : state}
    </span>
  );
}
