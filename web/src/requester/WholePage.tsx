/** The baskets of one call, as one launch. */

import type { VNode } from "preact";

import { hrefOf } from "../site/route";
import { Actions } from "./Actions";
import { Figures } from "./Figures";
import { Rows, basketCount } from "./Rows";
import { pools } from "./live";
import { totalsOf } from "./totals";
import { count, t } from "./words";

export function WholePage({ name }: { name: string }): VNode {
  if (pools.value === null) return <p class="site-loading">{t("app.loading")}</p>;
  const rows = [...pools.value.values()].filter((row) => row.whole === name);
  if (rows.length === 0) return <p class="site-loading">{t("launch.gone")}</p>;
  const totals = totalsOf(rows);
  return (
    <div class="site-content requester-content">
      <div class="requester-title">
        <div>
          <a class="mh-link" href={hrefOf()}>
            {t("launch.back")}
          </a>
          <h1>
            <bdi>{name}</bdi> <span class="site-soft requester-whole-count">{basketCount(totals.count)}</span>
          </h1>
        </div>
        <Actions rows={rows} name={name} source={{ whole: name }} />
      </div>
      {totals.aloneCount > 0 && <p class="site-notice mh-theme-danger">{t("whole.aloneText", { count: count(totals.aloneCount) })}</p>}
      <Figures totals={totals} />
      <Rows items={rows.map((row) => ({ kind: "pool", row, isBasket: true }))} />
    </div>
  );
}
