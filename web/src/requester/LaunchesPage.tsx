/** All launches, live; baskets of one call stand together. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { type Item, Rows } from "./Rows";
import { pools } from "./live";
import type { PoolRow } from "./server";
import { type Totals, totalsOf } from "./totals";
import { count, money, t } from "./words";

const STATES = ["running", "publishing", "stopping", "finished", "stopped", "failed"] as const;
/** So many baskets are shown below their whole; more are folded away until somebody wants to see them. */
const UNFOLDED_COUNT = 20;
const FOLDS = "manyhands.folds";

export function LaunchesPage(): VNode {
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const [folds, setFolds] = useState<Readonly<Record<string, boolean>>>(readFolds);
  if (pools.value === null) return <p class="site-loading">{t("app.loading")}</p>;
  const rows = [...pools.value.values()].filter((row) => row.kind === "launch" || row.kind === "elsewhere");
  const wanted = rows.filter((row) => row.name.toLowerCase().includes(text.toLowerCase()) && isOfState(row, state));
  const fold = (name: string, isUnfolded: boolean) => {
    const changed = { ...folds, [name]: isUnfolded };
    sessionStorage.setItem(FOLDS, JSON.stringify(changed));
    setFolds(changed);
  };
  return (
    <div class="site-content requester-content">
      <div class="requester-title">
        <h1>{t("launches.title")}</h1>
        <div class="requester-filters">
          <input class="mh-input" type="search" placeholder={t("launches.find")} aria-label={t("launches.find")} value={text} onInput={(event) => setText(event.currentTarget.value)} />
          <select class="mh-input mh-select" aria-label={t("launches.state")} value={state} onChange={(event) => setState(event.currentTarget.value)}>
            <option value="">{t("launches.all")}</option>
            {STATES.map((name) => (
              <option key={name} value={name}>
                {t(`state.${name}`)}
              </option>
            ))}
            <option value="alone">{t("state.alone")}</option>
          </select>
        </div>
      </div>
      {rows.length > 0 && <TotalFigures totals={totalsOf(wanted)} />}
      {rows.length === 0 ? (
        <div class="site-empty">
          <p>{t("launches.empty")}</p>
          <p class="site-soft">{t("launches.emptyText")}</p>
        </div>
      ) : wanted.length === 0 ? (
        <p class="site-soft">{t("launches.none")}</p>
      ) : (
        <Rows items={itemsOf(rows, wanted, folds, text !== "", fold)} />
      )}
    </div>
  );
}

export function TotalFigures({ totals }: { totals: Totals }): VNode {
  const figures: readonly (readonly [string, string])[] = [
    [t("launches.running"), `${count(totals.openCount)} / ${count(totals.count)}`],
    [t("launches.objects"), `${count(totals.finishedCount)} / ${count(totals.objectCount)}`],
    [t("launches.waiting"), count(totals.waitingCount)],
    [t("launches.paid"), money(totals.paid)],
    [t("launches.reserved"), money(totals.reserved)],
  ];
  return (
    <dl class="site-figures">
      {figures.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function isOfState(row: PoolRow, state: string): boolean {
  if (state === "") return true;
  if (state === "alone") return row.is_left_alone;
  return row.state === state || (state === "running" && row.state === "" && row.pool_state === "OPEN");
}

/** Launches by themselves, and wholes with their baskets below them, in order of name. A whole tells of all its baskets, also of those not wanted. */
function itemsOf(all: readonly PoolRow[], wanted: readonly PoolRow[], folds: Readonly<Record<string, boolean>>, isSearch: boolean, fold: (name: string, isUnfolded: boolean) => void): Item[] {
  const baskets = grouped(all);
  return [...grouped(wanted)].flatMap(([key, rows]): Item[] => {
    const name = rows[0]?.whole;
    if (!name) return rows.map((row) => ({ kind: "pool", row, isBasket: false }));
    const isUnfolded = isSearch || (folds[name] ?? rows.length <= UNFOLDED_COUNT);
    const head: Item = { kind: "whole", name, totals: totalsOf(baskets.get(key) ?? rows), isUnfolded, onFold: () => fold(name, !isUnfolded) };
    return isUnfolded ? [head, ...rows.map((row): Item => ({ kind: "pool", row, isBasket: true }))] : [head];
  });
}

/** Rows by their whole; a launch by itself stands for itself. */
function grouped(rows: readonly PoolRow[]): Map<string, PoolRow[]> {
  const groups = new Map<string, PoolRow[]>();
  for (const row of rows) {
    const key = row.whole ? `whole ${row.whole}` : `launch ${row.pool_id}`;
    const found = groups.get(key);
    if (found) found.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function readFolds(): Readonly<Record<string, boolean>> {
  try {
    return JSON.parse(sessionStorage.getItem(FOLDS) ?? "{}") as Record<string, boolean>;
  } catch {
    return {};
  }
}
