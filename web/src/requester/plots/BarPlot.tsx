/** Counts by range, as bars below each other: their labels stay readable on a phone. */

import type { VNode } from "preact";

import type { PlotBar } from "../server";
import { count, share, t } from "../words";
import { Plot } from "./Plot";

interface BarPlotProps {
  readonly title: string;
  readonly hint?: string;
  readonly bars: readonly PlotBar[];
  /** What a bar is a range of. */
  readonly unit: string;
  /** What the marked bar holds. */
  readonly mark?: string;
}

const ROW = 26;
const BAR = 16;
const LABEL = 110;
const NUMBER = 60;

export function BarPlot({ title, hint, bars, unit, mark = "" }: BarPlotProps): VNode {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const total = bars.reduce((sum, bar) => sum + bar.count, 0);
  const rows = total ? bars.map((bar) => [bar.is_marked && mark ? `${bar.label} (${mark})` : bar.label, count(bar.count), share(bar.count / total)]) : [];
  const tallest = bars.find((bar) => bar.count === most);
  return (
    <Plot title={title} hint={hint} heads={[unit, t("plots.count"), t("plots.share")]} rows={rows}>
      {(width) => (
        <svg class="plot-svg" width={width} height={bars.length * ROW} role="img" aria-label={t("plots.barsText", { title, total: count(total), label: tallest?.label ?? "" })}>
          {bars.map((bar, i) => {
            const length = (bar.count / most) * Math.max(20, width - LABEL - NUMBER);
            const y = i * ROW + ROW / 2;
            return (
              <g key={bar.label}>
                <text x={LABEL - 8} y={y} class="plot-label plot-end">
                  {bar.label}
                </text>
                <rect x={LABEL} y={y - BAR / 2} width={length} height={BAR} rx={3} class={bar.is_marked ? "plot-bar plot-bar-marked" : "plot-bar"} />
                <text x={LABEL + length + 6} y={y} class="plot-value">
                  {count(bar.count)}
                  {bar.is_marked && mark ? ` ◂ ${mark}` : ""}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </Plot>
  );
}
