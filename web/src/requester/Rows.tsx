/** Launches and pools as rows, live. Only the rows in sight are in the page, so that a thousand are as smooth as ten. */

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { hrefOf } from "../site/route";
import { StateMark } from "./StateMark";
import type { PoolRow } from "./server";
import { type Totals, isOpen } from "./totals";
import { count, money, share, span, t } from "./words";

/** A row of the list: a launch or pool, or the head of a whole with all its baskets. */
export type Item = { readonly kind: "pool"; readonly row: PoolRow; readonly isBasket: boolean } | WholeItem;

interface WholeItem {
  readonly kind: "whole";
  readonly name: string;
  readonly totals: Totals;
  readonly isUnfolded: boolean;
  readonly onFold: () => void;
}

const PHONE = matchMedia("(max-width: 48rem)");
/** Height of a row, in rem; the style sheet says the same. */
const ROW_REM = { wide: 5, phone: 11 };
/** Where no style says how large a letter is. */
const REM = 16;
/** Rows above and below what is in sight. */
const MARGIN = 8;

export function Rows({ items }: { items: readonly Item[] }): VNode {
  const list = useRef<HTMLUListElement>(null);
  const [{ first, last }, setRange] = useState({ first: 0, last: 30 });
  const height = () => (PHONE.matches ? ROW_REM.phone : ROW_REM.wide) * (parseFloat(getComputedStyle(document.documentElement).fontSize) || REM);
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
  }, [items.length]);
  const from = Math.max(0, Math.min(first, items.length - 1));
  const shown = items.slice(from, Math.max(from + 1, last));
  const size = height();
  return (
    <ul ref={list} class="requester-rows" style={{ paddingBlockStart: `${from * size}px`, paddingBlockEnd: `${(items.length - from - shown.length) * size}px` }}>
      {shown.map((item, i) => (
        <li key={item.kind === "pool" ? item.row.pool_id : `whole ${item.name}`} aria-setsize={items.length} aria-posinset={from + i + 1}>
          {item.kind === "pool" ? <PoolRowView row={item.row} isBasket={item.isBasket} /> : <WholeRow item={item} />}
        </li>
      ))}
    </ul>
  );
}

export function Bar({ part }: { part: number }): VNode {
  return (
    <span class="requester-bar" aria-hidden="true">
      <span style={{ inlineSize: `${part * 100}%` }} />
    </span>
  );
}

/** The name of a launch, with that of its whole in front of it. */
export function LaunchName({ row }: { row: PoolRow }): VNode {
  const isBasket = row.whole !== "" && row.name.startsWith(`${row.whole}/`);
  return (
    <bdi>
      {isBasket && <span class="requester-whole">{row.whole}/</span>}
      {isBasket ? row.name.slice(row.whole.length + 1) : row.name}
    </bdi>
  );
}

function PoolRowView({ row, isBasket }: { row: PoolRow; isBasket: boolean }): VNode {
  return (
    <a class={`requester-row ${isBasket ? "requester-basket" : ""}`} href={hrefOf("launch", row.pool_id)}>
      <span class="requester-name">
        <strong>
          <LaunchName row={row} />
        </strong>
        <span class="requester-marks">
          <StateMark row={row} />
          {row.is_stop_requested && <span class="site-soft">{t("row.stopAsked")}</span>}
          {row.is_resume_requested && <span class="site-soft">{t("row.resumeAsked")}</span>}
        </span>
      </span>
      <Cells
        done={row.finished_count}
        total={row.object_count}
        pages={row.pages}
        expected={row.expected}
        agreement={row.agreement}
        paid={row.paid}
        reserved={row.reserved}
        budget={row.budget}
        budgetLeft={row.budget_left}
        eta={isOpen(row) ? etaText(row.eta_seconds) : ""}
      />
    </a>
  );
}

function WholeRow({ item: { name, totals, isUnfolded, onFold } }: { item: WholeItem }): VNode {
  return (
    <div class="requester-head">
      <button type="button" class="mh-tool requester-fold" aria-expanded={isUnfolded} aria-label={t("whole.baskets", { name })} onClick={onFold}>
        <span aria-hidden="true">{isUnfolded ? "▾" : "▸"}</span>
      </button>
      <a class="requester-row" href={hrefOf("whole", name)}>
        <span class="requester-name">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <span class="requester-marks">
            <span class="site-soft">{basketCount(totals.count)}</span>
            {totals.aloneCount > 0 && <span class="site-state site-state-danger">{t("whole.alone", { count: count(totals.aloneCount) })}</span>}
            {totals.openCount > 0 && <span class="site-state site-state-info">{t("whole.running", { count: count(totals.openCount) })}</span>}
          </span>
        </span>
        <Cells
          done={totals.finishedCount}
          total={totals.objectCount}
          pages={totals.pages}
          expected={totals.expected}
          agreement={totals.agreement}
          paid={totals.paid}
          reserved={totals.reserved}
          budget={totals.budget}
          budgetLeft={totals.budgetLeft}
          eta={totals.openCount > 0 ? etaText(totals.etaSeconds) : ""}
        />
      </a>
    </div>
  );
}

interface CellsProps {
  readonly done: number;
  readonly total: number;
  readonly pages: Readonly<Record<string, number>>;
  readonly expected: number | null;
  readonly agreement: number | null;
  readonly paid: number;
  readonly reserved: number;
  readonly budget: number | null;
  readonly budgetLeft: number | null;
  readonly eta: ComponentChildren;
}

function Cells(props: CellsProps): VNode {
  const completion = props.total ? props.done / props.total : 1;
  const pages = (name: string) => count(props.pages[name] ?? 0);
  return (
    <>
      <span class="requester-progress">
        <Bar part={completion} />
        <span class="site-soft">
          <b>{share(completion)}</b> {t("row.of", { done: count(props.done), count: count(props.total) })}
        </span>
      </span>
      <span class="requester-pages site-soft">
        {t("row.pages", { active: pages("ACTIVE"), submitted: pages("SUBMITTED"), accepted: pages("ACCEPTED"), rejected: pages("REJECTED") })}
      </span>
      <span class="requester-quality site-soft">
        <span>
          {t("row.expected")} <b>{share(props.expected)}</b>
        </span>
        <span>
          {t("launch.agreement")} <b>{share(props.agreement)}</b>
        </span>
      </span>
      <span class="requester-money">
        <b>{t("row.money", { paid: money(props.paid) })}</b>
        <span class="site-soft">
          {props.budget !== null && props.budgetLeft !== null
            ? t("row.budget", { left: money(props.budgetLeft), budget: money(props.budget) })
            : t("row.reserved", { reserved: money(props.reserved) })}
        </span>
      </span>
      <span class="requester-eta site-soft">{props.eta}</span>
    </>
  );
}

/** How many baskets, in words. */
export function basketCount(number: number): string {
  return number === 1 ? t("whole.countOne") : t("whole.count", { count: count(number) });
}

function etaText(seconds: number | null): string {
  return seconds === null ? t("row.noEta") : t("row.eta", { time: span(seconds) });
}
