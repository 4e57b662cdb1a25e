/** All launches, live. Only the rows in sight are in the page, so that a thousand are as smooth as ten. */

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { hrefOf } from "../site/route";
import { StateMark } from "./StateMark";
import { launches } from "./live";
import type { LaunchRow } from "./server";
import { count, money, share, span, t } from "./words";

const STATES = ["running", "publishing", "stopping", "finished", "stopped", "failed"] as const;
const PHONE = matchMedia("(max-width: 48rem)");
/** Height of a row, in rem; the style sheet says the same. */
const ROW_REM = { wide: 5, phone: 11 };
/** Rows above and below what is in sight. */
const MARGIN = 8;

export function LaunchesPage(): VNode {
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const all = launches.value;
  if (all === null) return <p class="site-loading">{t("app.loading")}</p>;
  const rows = [...all.values()];
  const wanted = rows.filter((row) => row.name.toLowerCase().includes(text.toLowerCase()) && (!state || row.state === state));
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
          </select>
        </div>
      </div>
      {rows.length > 0 && <Totals rows={wanted} />}
      {rows.length === 0 ? (
        <div class="site-empty">
          <p>{t("launches.empty")}</p>
          <p class="site-soft">{t("launches.emptyText")}</p>
        </div>
      ) : wanted.length === 0 ? (
        <p class="site-soft">{t("launches.none")}</p>
      ) : (
        <Rows rows={wanted} />
      )}
    </div>
  );
}

function Totals({ rows }: { rows: readonly LaunchRow[] }): VNode {
  const sum = (of: (row: LaunchRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const figures: readonly (readonly [string, string])[] = [
    [t("launches.running"), `${count(rows.filter((row) => row.state === "running").length)} / ${count(rows.length)}`],
    [t("launches.objects"), `${count(sum((row) => row.finished_count))} / ${count(sum((row) => row.object_count))}`],
    [t("launches.paid"), money(sum((row) => row.paid))],
    [t("launches.reserved"), money(sum((row) => row.reserved))],
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

function Rows({ rows }: { rows: readonly LaunchRow[] }): VNode {
  const list = useRef<HTMLUListElement>(null);
  const [{ first, last }, setRange] = useState({ first: 0, last: 30 });
  const height = () => (PHONE.matches ? ROW_REM.phone : ROW_REM.wide) * parseFloat(getComputedStyle(document.documentElement).fontSize);
  useEffect(() => {
    const look = () => {
      const top = -(list.current?.getBoundingClientRect().top ?? 0);
      const from = Math.floor(top / height()) - MARGIN;
      const to = Math.ceil((top + innerHeight) / height()) + MARGIN;
      setRange((old) => (old.first === from && old.last === to ? old : { first: from, last: to }));
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, [rows.length]);
  const from = Math.max(0, Math.min(first, rows.length - 1));
  const shown = rows.slice(from, Math.max(from + 1, last));
  const size = height();
  return (
    <ul ref={list} class="requester-rows" style={{ paddingBlockStart: `${from * size}px`, paddingBlockEnd: `${(rows.length - from - shown.length) * size}px` }}>
      {shown.map((row, i) => (
        <Row key={row.pool_id} row={row} place={from + i + 1} total={rows.length} />
      ))}
    </ul>
  );
}

function Row({ row, place, total }: { row: LaunchRow; place: number; total: number }): VNode {
  const completion = row.object_count ? row.finished_count / row.object_count : 1;
  const pages = (name: string) => count(row.pages[name] ?? 0);
  return (
    <li aria-setsize={total} aria-posinset={place}>
      <a class="requester-row" href={hrefOf("launch", row.pool_id)}>
        <span class="requester-name">
          <strong dir="auto">{row.name}</strong>
          <span class="requester-marks">
            <StateMark row={row} />
            {row.is_stop_requested && <span class="site-soft">{t("row.stopAsked")}</span>}
          </span>
        </span>
        <span class="requester-progress">
          <Bar part={completion} />
          <span class="site-soft">
            <b>{share(completion)}</b> {t("row.of", { done: count(row.finished_count), count: count(row.object_count) })}
          </span>
        </span>
        <span class="requester-pages site-soft">
          {t("row.pages", { active: pages("ACTIVE"), submitted: pages("SUBMITTED"), accepted: pages("ACCEPTED"), rejected: pages("REJECTED") })}
        </span>
        <span class="requester-quality site-soft">
          <span>
            {t("launch.confidence")} <b>{share(row.confidence)}</b>
          </span>
          <span>
            {t("launch.agreement")} <b>{share(row.agreement)}</b>
          </span>
        </span>
        <span class="requester-money">
          <b>{t("row.money", { paid: money(row.paid) })}</b>
          <span class="site-soft">
            {row.budget !== null && row.budget_left !== null
              ? t("row.budget", { left: money(row.budget_left), budget: money(row.budget) })
              : t("row.reserved", { reserved: money(row.reserved) })}
          </span>
        </span>
        <span class="requester-eta site-soft">
          {row.state === "running" && (row.eta_seconds === null ? t("row.noEta") : t("row.eta", { time: span(row.eta_seconds) }))}
        </span>
      </a>
    </li>
  );
}

export function Bar({ part }: { part: number }): VNode {
  return (
    <span class="requester-bar" aria-hidden="true">
      <span style={{ inlineSize: `${part * 100}%` }} />
    </span>
  );
}
