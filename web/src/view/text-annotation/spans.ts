/** Spans: labeled parts of a text. Parts never overlap: the newest label has what it covers. */

import { isEqual, isObject, toText } from "../language/json";

export interface Span {
  readonly label: unknown;
  /** Where the part begins, in UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly length: number;
  /** The marked text itself. */
  readonly segment: string;
}

export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** A piece of the text that no border of a span divides. */
export interface Piece extends Range {
  readonly span: Span | null;
}

/** Return the spans of a value, in the order of the text. */
export function parseSpans(value: unknown, content: string): Span[] {
  if (!Array.isArray(value)) return [];
  const spans = value.filter(isObject).flatMap((item) => {
    const begin = typeof item.offset === "number" ? item.offset : item.begin;
    const end = typeof item.length === "number" && typeof begin === "number" ? begin + item.length : item.end;
    return typeof begin === "number" && typeof end === "number" ? [spanOf(item.label, { begin, end }, content)] : [];
  });
  return inOrder(spans.filter((span) => span.length > 0));
}

/** Return the spans with a range labeled; a null label only clears what was there. */
export function markRange(spans: readonly Span[], range: Range, label: unknown, content: string): Span[] {
  const kept = spans.flatMap((span) => {
    const end = span.offset + span.length;
    const before = { begin: span.offset, end: Math.min(end, range.begin) };
    const after = { begin: Math.max(span.offset, range.end), end };
    return [before, after].filter((part) => part.end > part.begin).map((part) => spanOf(span.label, part, content));
  });
  return inOrder(label === null ? kept : [...kept, spanOf(label, range, content)]);
}

export function removeSpan(spans: readonly Span[], span: Span): Span[] {
  return spans.filter((other) => !isEqual(other, span));
}

/** Return the range without white space around it, and widened to whole words if asked; null if nothing is left. */
export function adjustRange(range: Range, content: string, toWords: boolean): Range | null {
  let { begin, end } = range;
  while (begin < end && /\s/.test(content.charAt(begin))) begin += 1;
  while (end > begin && /\s/.test(content.charAt(end - 1))) end -= 1;
  if (begin >= end) return null;
  if (!toWords) return { begin, end };
  const touched = wordsOf(content).filter((word) => word.begin < end && word.end > begin);
  const [first, last] = [touched[0], touched.at(-1)];
  return first && last ? { begin: Math.min(begin, first.begin), end: Math.max(end, last.end) } : { begin, end };
}

export function wordsOf(content: string): Range[] {
  return [...content.matchAll(/[\p{L}\p{M}\p{N}_]+(?:['’\-‑][\p{L}\p{M}\p{N}_]+)*/gu)].map((match) => ({
    begin: match.index,
    end: match.index + match[0].length,
  }));
}

/** Cut the text at the borders of its spans. */
export function piecesOf(content: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.offset > at) pieces.push({ begin: at, end: span.offset, span: null });
    pieces.push({ begin: span.offset, end: span.offset + span.length, span });
    at = span.offset + span.length;
  }
  if (at < content.length) pieces.push({ begin: at, end: content.length, span: null });
  return pieces;
}

function spanOf(label: unknown, { begin, end }: Range, content: string): Span {
  return { label, offset: begin, length: end - begin, segment: content.slice(begin, end) };
}

function inOrder(spans: Span[]): Span[] {
  return spans.sort((a, b) => a.offset - b.offset || toText(a.label).localeCompare(toText(b.label)));
}
