/** From numbers to places on a plot, and round numbers for its axes. */

export interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A scale from `low` to `high` over the places from `start` to `end`, with about `count` round ticks. */
export function linear(low: number, high: number, [start, end]: readonly [number, number], count = 4): Scale {
  const reach = high - low || 1;
  const step = roundStep(reach / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor((low + reach) / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => clean((first + i) * step));
  return { place: (value) => start + ((value - low) / reach) * (end - start), ticks };
}

/** The next larger width that is 1, 2 or 5 times a power of ten. */
export function roundStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([1, 2, 5].find((factor) => factor * power >= width * (1 - 1e-9)) ?? 10);
}

/** Without the last digits, which are only rounding errors. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

/** Every value, or about `count` of them evenly from the first to the last. */
export function thinned<T>(values: readonly T[], count: number): readonly T[] {
  if (values.length <= count) return values;
  return Array.from({ length: count }, (_, i) => values[Math.round((i * (values.length - 1)) / (count - 1))] as T);
}
