/** Numbers over time or one after another, as lines. Each line has a colour, a dash and a name at its end, so that no colour has to be told apart. */

import type { VNode } from "preact";

import { t } from "../words";
import { Plot } from "./Plot";
import { linear, thinned } from "./scale";

export interface Line {
  readonly name: string;
  /** Parallel to the places; null where there is nothing. */
  readonly values: readonly (number | null)[];
}

interface LinePlotProps {
  readonly title: string;
  readonly hint?: string;
  readonly lines: readonly Line[];
  readonly places: readonly number[];
  readonly placeName: string;
  readonly placeText: (place: number) => string;
  readonly valueText: (value: number) => string;
  readonly low?: number;
  readonly high?: number;
  /** A level to compare with. */
  readonly level?: { readonly value: number; readonly name: string };
  /** Whether the value stays until the next place, instead of going there in a straight line. */
  readonly isStepped?: boolean;
  /** Whether every place has a point. */
  readonly hasPoints?: boolean;
}

const HEIGHT = 220;
const MARGIN = { top: 12, right: 16, bottom: 26, left: 56 };
const TABLE_ROWS = 12;
/** Points that are numbered below the plot. */
const MARKS = 10;

export function LinePlot(props: LinePlotProps): VNode {
  const { title, hint, lines, places, placeName, placeText, valueText } = props;
  const table = thinned(places.map((_, i) => i), TABLE_ROWS).map((i) => [
    placeText(places[i] ?? 0),
    ...lines.map((line) => {
      const value = line.values[i] ?? null;
      return value === null ? "–" : valueText(value);
    }),
  ]);
  return (
    <Plot title={title} hint={hint} heads={[placeName, ...lines.map((line) => line.name)]} rows={places.length ? table : []}>
      {(width) => (
        <>
          <Drawing {...props} width={width} />
          {(lines.length > 1 || props.level) && (
            <ul class="plot-legend">
              {lines.map((line, i) => (
                <li key={line.name}>
                  <svg width={28} height={10} aria-hidden="true">
                    <path class={`plot-line plot-line-${i % 5}`} d="M1 5H27" />
                  </svg>
                  {line.name}
                </li>
              ))}
              {props.level && (
                <li>
                  <svg width={28} height={10} aria-hidden="true">
                    <path class="plot-level" d="M1 5H27" />
                  </svg>
                  {props.level.name}
                </li>
              )}
            </ul>
          )}
        </>
      )}
    </Plot>
  );
}

function Drawing({ title, lines, places, placeText, valueText, low, high, level, isStepped = false, hasPoints = false, width }: LinePlotProps & { width: number }): VNode {
  const known = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const top = high ?? Math.max(1e-9, level?.value ?? 0, ...known) * 1.05;
  const y = linear(low ?? 0, top, [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? 1;
  const x = linear(first, last, [MARGIN.left, width - MARGIN.right]);
  const marks = hasPoints ? thinned(places, MARKS) : width < 420 ? [first, last] : [first, (first + last) / 2, last];
  const place = (value: number) => (first === last ? (MARGIN.left + width - MARGIN.right) / 2 : x.place(value));
  const ends = lines.map((line) => `${line.name} ${valueOf(line, valueText)}`).join(", ");
  return (
    <svg class="plot-svg" width={width} height={HEIGHT} role="img" aria-label={t("plots.linesText", { title, ends })}>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <path class="plot-grid" d={`M${MARGIN.left} ${y.place(tick)}H${width - MARGIN.right}`} />
          <text class="plot-label plot-end" x={MARGIN.left - 8} y={y.place(tick)}>
            {valueText(tick)}
          </text>
        </g>
      ))}
      {(first === last ? [first] : marks).map((mark, i, all) => (
        <text key={i} class={`plot-label ${hasPoints || all.length === 1 ? "plot-middle" : i === 0 ? "" : i === all.length - 1 ? "plot-end" : "plot-middle"}`} x={place(mark)} y={HEIGHT - 8}>
          {placeText(mark)}
        </text>
      ))}
      {level && <path class="plot-level" d={`M${MARGIN.left} ${y.place(level.value)}H${width - MARGIN.right}`} />}
      {lines.map((line, i) => (
        <g key={line.name}>
          <path class={`plot-line plot-line-${i % 5}`} d={pathOf(line, places, place, y.place, isStepped)} />
          {(hasPoints || places.length === 1) &&
            line.values.map((value, j) => value !== null && <circle key={j} class={`plot-point plot-point-${i % 5}`} cx={place(places[j] ?? 0)} cy={y.place(value)} r={3.5} />)}
        </g>
      ))}
    </svg>
  );
}

function valueOf(line: Line, text: (value: number) => string): string {
  const last = line.values.filter((value) => value !== null).at(-1);
  return last === undefined ? "–" : text(last);
}

function pathOf(line: Line, places: readonly number[], x: (value: number) => number, y: (value: number) => number, isStepped: boolean): string {
  let path = "";
  line.values.forEach((value, i) => {
    if (value === null) return;
    const [left, top] = [x(places[i] ?? 0).toFixed(1), y(value).toFixed(1)];
    path += path === "" ? `M${left} ${top}` : isStepped ? `H${left}V${top}` : `L${left} ${top}`;
  });
  return path;
}
