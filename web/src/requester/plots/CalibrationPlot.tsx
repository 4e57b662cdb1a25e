/** Whether labels are right as often as they are sure: points on the diagonal are, points below it are too sure. */

import type { VNode } from "preact";

import type { CalibrationEntry } from "../server";
import { count, share, t } from "../words";
import { Plot } from "./Plot";
import { linear } from "./scale";

const HEIGHT = 240;
const MARGIN = { top: 12, right: 16, bottom: 40, left: 56 };

export function CalibrationPlot({ entries, gap }: { entries: readonly CalibrationEntry[]; gap: number | null }): VNode {
  const title = t("plots.calibration");
  const rows = entries.map((entry) => [
    entry.label,
    share(entry.mean_confidence),
    share(entry.right_share),
    t("launch.range", { low: share(entry.low), high: share(entry.high) }),
    count(entry.count),
  ]);
  const heads = [t("plots.confidence"), t("plots.meanConfidence"), t("plots.rightShare"), t("plots.interval"), t("plots.controls")];
  return (
    <Plot title={title} hint={gapText(gap)} heads={heads} rows={rows}>
      {(width) => <Drawing entries={entries} width={width} label={`${title}. ${gapText(gap)}`} />}
    </Plot>
  );
}

function Drawing({ entries, width, label }: { entries: readonly CalibrationEntry[]; width: number; label: string }): VNode {
  const low = Math.min(0.5, Math.floor(Math.min(...entries.flatMap((entry) => [entry.low, entry.mean_confidence])) * 10) / 10);
  const x = linear(low, 1, [MARGIN.left, width - MARGIN.right]);
  const y = linear(low, 1, [HEIGHT - MARGIN.bottom, MARGIN.top]);
  return (
    <svg class="plot-svg" width={width} height={HEIGHT} role="img" aria-label={label}>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <path class="plot-grid" d={`M${MARGIN.left} ${y.place(tick)}H${width - MARGIN.right}`} />
          <text class="plot-label plot-end" x={MARGIN.left - 8} y={y.place(tick)}>
            {share(tick)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} class="plot-label plot-middle" x={x.place(tick)} y={HEIGHT - MARGIN.bottom + 14}>
          {share(tick)}
        </text>
      ))}
      <text class="plot-label plot-middle" x={(MARGIN.left + width - MARGIN.right) / 2} y={HEIGHT - 8}>
        {t("plots.calibrationAxes")}
      </text>
      <path class="plot-level" d={`M${x.place(low)} ${y.place(low)}L${x.place(1)} ${y.place(1)}`} />
      {entries.map((entry) => (
        <g key={entry.label}>
          <path class="plot-range" d={`M${x.place(entry.mean_confidence)} ${y.place(entry.low)}V${y.place(entry.high)}`} />
          <circle class="plot-point plot-point-0" cx={x.place(entry.mean_confidence)} cy={y.place(entry.right_share)} r={5} />
        </g>
      ))}
    </svg>
  );
}

function gapText(gap: number | null): string {
  if (gap === null) return t("plots.calibrationHint");
  if (Math.abs(gap) < 0.005) return t("plots.gapNone");
  return t(gap > 0 ? "plots.gapHigh" : "plots.gapLow", { gap: (Math.abs(gap) * 100).toFixed(1) });
}
