/** What several rows are together. */

import type { PoolRow } from "./server";

export interface Totals {
  readonly count: number;
  readonly openCount: number;
  readonly aloneCount: number;
  readonly objectCount: number;
  readonly finishedCount: number;
  readonly answerCount: number;
  readonly waitingCount: number;
  readonly pages: Readonly<Record<string, number>>;
  readonly paid: number;
  readonly reserved: number;
  /** The ceilings of all budgets together, each counted once; null where a row has none. */
  readonly budget: number | null;
  readonly budgetLeft: number | null;
  readonly confidence: number | null;
  readonly agreement: number | null;
  readonly controlAccuracy: number | null;
  readonly expected: number | null;
  /** Until the last one is finished. */
  readonly etaSeconds: number | null;
  readonly etaLowSeconds: number | null;
  readonly etaHighSeconds: number | null;
}

export function totalsOf(rows: readonly PoolRow[]): Totals {
  const sum = (of: (row: PoolRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const pages: Record<string, number> = {};
  for (const row of rows) for (const [state, count] of Object.entries(row.pages)) pages[state] = (pages[state] ?? 0) + count;
  const budgets = new Map(rows.map((row) => [row.budget_id, row]));
  const isLimited = rows.length > 0 && rows.every((row) => row.budget !== null);
  const last = (of: (row: PoolRow) => number | null) => rows.reduce<number | null>((found, row) => larger(found, of(row)), null);
  return {
    count: rows.length,
    openCount: rows.filter(isOpen).length,
    aloneCount: rows.filter((row) => row.is_left_alone).length,
    objectCount: sum((row) => row.object_count),
    finishedCount: sum((row) => row.finished_count),
    answerCount: sum((row) => row.answer_count),
    waitingCount: pages["SUBMITTED"] ?? 0,
    pages,
    paid: sum((row) => row.paid),
    reserved: sum((row) => row.reserved),
    budget: isLimited ? [...budgets.values()].reduce((total, row) => total + (row.budget ?? 0), 0) : null,
    budgetLeft: isLimited ? [...budgets.values()].reduce((total, row) => total + (row.budget_left ?? 0), 0) : null,
    confidence: mean(rows, (row) => row.confidence),
    agreement: mean(rows, (row) => row.agreement),
    controlAccuracy: mean(rows, (row) => row.control_accuracy),
    expected: mean(rows, (row) => row.expected),
    etaSeconds: last((row) => row.eta_seconds),
    etaLowSeconds: last((row) => row.eta_low_seconds),
    etaHighSeconds: last((row) => row.eta_high_seconds),
  };
}

/** Whether pages are given out, or are about to be, and somebody looks after them. */
export function isOpen(row: PoolRow): boolean {
  if (row.is_left_alone) return false;
  return row.state === "running" || row.state === "publishing" || (row.state === "" && row.pool_state === "OPEN");
}

/** The mean over rows in which it is known, weighted by their answers. */
function mean(rows: readonly PoolRow[], of: (row: PoolRow) => number | null): number | null {
  let total = 0;
  let weight = 0;
  for (const row of rows) {
    const value = of(row);
    if (value === null) continue;
    total += value * row.answer_count;
    weight += row.answer_count;
  }
  return weight > 0 ? total / weight : null;
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
