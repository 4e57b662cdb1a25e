/** Which labels are taken for which: a table whose cells are the darker the more of their row is in them. */

import type { VNode } from "preact";

import type { ConfusionCell } from "../server";
import { count, share, t } from "../words";

/** More labels do not fit side by side; then the most frequent mistakes are listed. */
const MATRIX_LABELS = 8;
const MISTAKES = 12;

interface ConfusionPlotProps {
  readonly title: string;
  readonly hint?: string;
  readonly labels: readonly string[];
  readonly cells: readonly ConfusionCell[];
}

export function ConfusionPlot({ title, hint, labels, cells }: ConfusionPlotProps): VNode {
  return (
    <figure class="plot">
      <figcaption>
        <h3>{title}</h3>
        {hint && <p class="site-soft">{hint}</p>}
      </figcaption>
      {cells.length === 0 ? <p class="site-soft">{t("plots.nothing")}</p> : labels.length <= MATRIX_LABELS ? <Matrix title={title} labels={labels} cells={cells} /> : <Mistakes title={title} cells={cells} />}
    </figure>
  );
}

function Matrix({ title, labels, cells }: ConfusionPlotProps): VNode {
  const numbers = new Map(cells.map((cell) => [`${cell.truth}\n${cell.answer}`, cell.count]));
  const at = (truth: string, answer: string) => numbers.get(`${truth}\n${answer}`) ?? 0;
  return (
    <div class="requester-table" tabIndex={0} role="group" aria-label={title}>
      <table class="plot-confusion">
        <thead>
          <tr>
            <th scope="col">{t("plots.rightDown")}</th>
            {labels.map((label) => (
              <th key={label} scope="col">
                <bdi>{label}</bdi>
              </th>
            ))}
            <th scope="col">{t("plots.right")}</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((truth) => {
            const total = labels.reduce((sum, answer) => sum + at(truth, answer), 0);
            return (
              <tr key={truth}>
                <th scope="row">
                  <bdi>{truth}</bdi>
                </th>
                {labels.map((answer) => (
                  <td key={answer} class={`requester-number plot-cell-${truth === answer ? "right" : "wrong"}-${strength(at(truth, answer), total)}`}>
                    {count(at(truth, answer))}
                  </td>
                ))}
                <td class="requester-number">{total ? share(at(truth, truth) / total) : "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Mistakes({ title, cells }: { title: string; cells: readonly ConfusionCell[] }): VNode {
  const totals = new Map<string, number>();
  for (const cell of cells) totals.set(cell.truth, (totals.get(cell.truth) ?? 0) + cell.count);
  const mistakes = cells.filter((cell) => cell.truth !== cell.answer).sort((a, b) => b.count - a.count);
  return (
    <div class="requester-table" tabIndex={0} role="group" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("plots.truth")}</th>
            <th scope="col">{t("plots.instead")}</th>
            <th scope="col">{t("plots.count")}</th>
            <th scope="col">{t("plots.share")}</th>
          </tr>
        </thead>
        <tbody>
          {mistakes.slice(0, MISTAKES).map((cell) => (
            <tr key={`${cell.truth}\n${cell.answer}`}>
              <td dir="auto">{cell.truth}</td>
              <td dir="auto">{cell.answer}</td>
              <td class="requester-number">{count(cell.count)}</td>
              <td class="requester-number">{share(cell.count / (totals.get(cell.truth) ?? 1))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** From 0 to 5; the root lets rare mistakes be seen beside the many right answers. */
function strength(number: number, total: number): number {
  return number === 0 || total === 0 ? 0 : Math.max(1, Math.round(Math.sqrt(number / total) * 5));
}
