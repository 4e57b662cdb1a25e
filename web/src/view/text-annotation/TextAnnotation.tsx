/** Marking parts of a text with labels. */

import { type Signal, useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useContext, useEffect, useMemo, useRef } from "preact/hooks";

import "./text-annotation.css";
import { Icon } from "../Icon";
import { optionsOf } from "../fields/choice";
import { KeyMapContext } from "../key-map";
import { isEqual } from "../language/json";
import { textAnnotationKeys } from "../language/plugins";
import { pressedKey } from "../state/hotkeys";
import type { Instance } from "../state/instance";
import type { KeyWidget } from "../state/task-state";
import { type Piece, type Range, type Span, adjustRange, markRange, parseSpans, piecesOf, removeSpan, wordsOf } from "./spans";

const COLOR_COUNT = 8;

export function TextAnnotation({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const content = instance.text("content");
  const labels = optionsOf({ get: () => instance.get("labels") });
  const spans = parseSpans(instance.value(), content);
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  const box = useRef<HTMLDivElement>(null);
  const active = useSignal<unknown>(labels[0]?.value);
  const selected = useSignal<Span | null>(null);
  const keyboard = useSignal<Range | null>(null);
  const toWords = instance.text("adjust") === "words";
  const keys = useMemo(() => textAnnotationKeys(suite.config), [suite]);
  const keyMap = useContext(KeyMapContext);

  const store = (next: readonly Span[]) => {
    selected.value = null;
    instance.setValue(next.length === 0 ? undefined : next);
  };
  const pending = () => selectedRange(box.current) ?? keyboard.peek();
  const mark = (label: unknown): boolean => {
    const range = pending();
    const adjusted = range && adjustRange(range, content, toWords);
    if (!adjusted) return false;
    store(markRange(parseSpans(instance.value(), content), adjusted, label, content));
    document.getSelection()?.removeAllRanges();
    return true;
  };
  const choose = (label: unknown) => {
    active.value = label;
    const span = selected.peek();
    if (span) store(markRange(parseSpans(instance.value(), content), rangeOf(span), label, content));
    else mark(label);
  };
  const remove = (): boolean => {
    const span = selected.peek();
    if (!span) return mark(null);
    store(removeSpan(parseSpans(instance.value(), content), span));
    return true;
  };
  const latest = useRef({ choose, remove, labels });
  latest.current = { choose, remove, labels };
  useEffect(() => {
    if (isDisabled) return undefined;
    const press = (key: string): boolean => {
      const label = latest.current.labels[keys.labels.indexOf(key)];
      if (label) latest.current.choose(label.value);
      return label !== undefined || (key === keys.remove && latest.current.remove());
    };
    const widget: KeyWidget = {
      press,
      list: () => [
        ...latest.current.labels.slice(0, keys.labels.length).map(({ label }, i) => ({ name: keys.labels[i] ?? "", label })),
        { name: keys.remove, label: instance.task.suite.t("text.remove") },
      ],
    };
    instance.task.keyWidgets.add(widget);
    return () => void instance.task.keyWidgets.delete(widget);
  }, [instance, keys, isDisabled]);

  const colorOf = (label: unknown) => Math.max(labels.findIndex((candidate) => isEqual(candidate.value, label)), 0) % COLOR_COUNT;
  const nameOf = (label: unknown) => labels.find((candidate) => isEqual(candidate.value, label))?.label ?? String(label);
  const badge = (name: string | undefined) => {
    const key = name && pressedKey(name, keyMap);
    return key && <kbd class="mh-key">{key.toUpperCase()}</kbd>;
  };
  // Pressing a button must not take away the selection that it is about to mark.
  const keepSelection = (event: Event) => event.preventDefault();
  return (
    <div class="mh-text-annotation">
      {!isDisabled && (
        <div class="mh-annotation-tools">
          <div class="mh-labels" role="group" aria-label={suite.t("text.labels")}>
            {labels.map((label, index) => (
              <button
                key={index}
                type="button"
                class={`mh-label-chip mh-color-${index % COLOR_COUNT}`}
                aria-pressed={isEqual(active.value, label.value)}
                onPointerDown={keepSelection}
                onClick={() => choose(label.value)}
              >
                <i aria-hidden="true" />
                {label.label}
                {badge(keys.labels[index])}
              </button>
            ))}
          </div>
          <button type="button" class="mh-button mh-button-small" onPointerDown={keepSelection} onClick={remove}>
            <Icon name="trash" />
            {suite.t("text.remove")}
            {badge(keys.remove)}
          </button>
        </div>
      )}
      <div
        ref={box}
        class="mh-annotated"
        dir="auto"
        role={isDisabled ? undefined : "application"}
        aria-label={isDisabled ? undefined : suite.t("text.content")}
        tabIndex={isDisabled ? undefined : 0}
        onPointerUp={(event) => {
          // A finger still adjusts its selection; it marks with a label.
          if (!isDisabled && event.pointerType !== "touch") setTimeout(() => mark(active.peek()), 0);
        }}
        onKeyDown={(event) => !isDisabled && pressTextKey(event, { content, keyboard, mark: () => mark(active.peek()), remove })}
        onBlur={() => (keyboard.value = null)}
      >
        {cutAt(piecesOf(content, spans), keyboard.value).map((piece) => (
          <PieceView
            key={`${piece.begin}-${piece.end}`}
            piece={piece}
            text={content.slice(piece.begin, piece.end)}
            isCursor={isInside(piece, keyboard.value)}
            isSelected={piece.span !== null && isEqual(piece.span, selected.value)}
            color={colorOf(piece.span?.label)}
            name={piece.span ? nameOf(piece.span.label) : ""}
            onClick={() => {
              if (!isDisabled && !selectedRange(box.current)) selected.value = piece.span;
            }}
          />
        ))}
      </div>
      {!isDisabled && <p class="mh-annotation-hint">{suite.t("text.hint")}</p>}
      {spans.length === 0 ? (
        <p class="mh-annotation-none">{suite.t("text.none")}</p>
      ) : (
        <ol class="mh-shape-list" aria-label={suite.t("text.spans")}>
          {spans.map((span) => (
            <li key={`${span.offset}-${span.length}`} class={`mh-shape-item mh-color-${colorOf(span.label)}`}>
              <button
                type="button"
                class="mh-shape-button"
                disabled={isDisabled}
                aria-pressed={isEqual(selected.value, span)}
                onClick={() => (selected.value = span)}
              >
                <i aria-hidden="true" />
                <strong>{nameOf(span.label)}</strong>
                <span dir="auto" class="mh-span-text">
                  {span.segment}
                </span>
              </button>
              {!isDisabled && (
                <button
                  type="button"
                  class="mh-tool"
                  aria-label={suite.t("file.remove", { name: span.segment })}
                  onClick={() => store(removeSpan(spans, span))}
                >
                  <Icon name="close" />
                </button>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

interface PieceViewProps {
  readonly piece: Piece;
  readonly text: string;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly color: number;
  readonly name: string;
  readonly onClick: () => void;
}

function PieceView({ piece, text, isCursor, isSelected, color, name, onClick }: PieceViewProps): VNode {
  const cursor = isCursor ? "mh-text-cursor" : "";
  if (!piece.span) return <span class={cursor}>{text}</span>;
  const isEnd = piece.end === piece.span.offset + piece.span.length;
  return (
    <mark class={`mh-span mh-color-${color} ${isSelected ? "mh-selected" : ""} ${cursor}`} data-label={isEnd ? name : undefined} onClick={onClick}>
      {text}
    </mark>
  );
}

interface TextKeyContext {
  readonly content: string;
  readonly keyboard: Signal<Range | null>;
  readonly mark: () => boolean;
  readonly remove: () => boolean;
}

/** Arrow keys move by words, with Shift they widen the selection, Enter marks it. */
function pressTextKey(event: KeyboardEvent, { content, keyboard, mark, remove }: TextKeyContext): void {
  const words = wordsOf(content);
  const range = keyboard.peek();
  const first = words.findIndex((word) => word.begin === range?.begin);
  const last = words.findIndex((word) => word.end === range?.end);
  const go = (begin: number, end: number) => {
    const [from, to] = [words[begin], words[end]];
    if (from && to && begin <= end) keyboard.value = { begin: from.begin, end: to.end };
  };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowRight") {
    if (event.shiftKey) go(first, last + 1);
    else go(last + 1, last + 1);
  } else if (event.key === "ArrowLeft") {
    if (event.shiftKey) go(first, last - 1);
    else go(first < 0 ? 0 : first - 1, first < 0 ? 0 : first - 1);
  } else if (event.key === "Enter" && range) mark();
  else if ((event.key === "Delete" || event.key === "Backspace") && range) remove();
  else if (event.key === "Escape" && range) keyboard.value = null;
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** The range that is selected in the browser within the text, or null. */
function selectedRange(box: HTMLElement | null): Range | null {
  const selection = document.getSelection();
  if (!box || !selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const begin = before.toString().length;
  return { begin, end: begin + range.toString().length };
}

/** Cut the pieces at the borders of the keyboard's selection, so that it can be shown. */
function cutAt(pieces: readonly Piece[], range: Range | null): Piece[] {
  if (!range) return [...pieces];
  return pieces.flatMap((piece) => {
    const borders = [piece.begin, ...[range.begin, range.end].filter((at) => at > piece.begin && at < piece.end), piece.end];
    return borders.slice(1).map((end, index) => ({ ...piece, begin: borders[index] ?? piece.begin, end }));
  });
}

function isInside(piece: Range, range: Range | null): boolean {
  return range !== null && piece.begin >= range.begin && piece.end <= range.end;
}

function rangeOf(span: Span): Range {
  return { begin: span.offset, end: span.offset + span.length };
}
