/** The stage: the image with its shapes, drawn and changed by mouse, finger, pen and keyboard; zoomed and scrolled. */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { Editor } from "./editor";
import { type Point, type Shape, handlesOf, moveHandle, moveShape } from "./shapes";

const MAX_ZOOM = 8;
export const ZOOM_STEP = 1.4;

/** A click nearer than this to the first corner closes a polygon; a drag shorter than this is a click. */
const NEAR_PX = 12;

/** How far an arrow key moves, as a share of the image; with Shift it goes further. */
const STEP = 0.005;
const LONG_STEP = 0.04;

interface StageProps {
  readonly editor: Editor;
  readonly src: string;
  readonly name: string;
  readonly isDisabled: boolean;
  readonly zoom: { value: number };
  readonly class: string;
  readonly style: Record<string, string>;
  readonly colorOf: (label: unknown) => number;
  readonly nameOf: (label: unknown) => string;
  readonly onError: () => void;
}

type Drag =
  | { readonly kind: "shape"; readonly index: number; readonly from: Point; readonly shape: Shape }
  | { readonly kind: "handle"; readonly index: number; readonly handle: number; readonly shape: Shape }
  | { readonly kind: "draw"; readonly x: number; readonly y: number };

export function Stage({ editor, src, name, isDisabled, zoom, colorOf, nameOf, onError, ...rest }: StageProps): VNode {
  const viewport = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const size = useSignal({ width: 0, height: 0 });
  const drag = useRef<Drag | null>(null);
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  useSize(svg, size);

  const at = (event: { clientX: number; clientY: number }): Point => {
    const box = svg.current?.getBoundingClientRect();
    if (!box || box.width === 0) return { left: 0, top: 0 };
    return { left: (event.clientX - box.left) / box.width, top: (event.clientY - box.top) / box.height };
  };
  const isNear = (a: Point, b: Point) =>
    Math.hypot((a.left - b.left) * size.peek().width, (a.top - b.top) * size.peek().height) <= NEAR_PX;

  const down = (event: PointerEvent) => {
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (isDisabled || event.button !== 0 || fingers.current.size > 1) {
      drag.current = null;
      return;
    }
    svg.current?.setPointerCapture?.(event.pointerId);
    const point = at(event);
    editor.cursor.value = point;
    if (editor.mode.peek() === "select") drag.current = grab(event.target, point, editor);
    else if (editor.mode.peek() === "polygon") addCorner(point);
    else {
      editor.place(point);
      drag.current = editor.draft.peek().length > 0 ? { kind: "draw", x: event.clientX, y: event.clientY } : null;
    }
  };
  const addCorner = (point: Point) => {
    const [first, , third] = editor.draft.peek();
    if (first && third && isNear(first, point)) editor.confirm();
    else editor.place(point);
  };
  const move = (event: PointerEvent) => {
    if (fingers.current.size === 2) {
      pinch(event, fingers.current, zoom, viewport.current);
      return;
    }
    const point = at(event);
    editor.cursor.value = point;
    const current = drag.current;
    if (current?.kind === "handle") editor.drag(current.index, moveHandle(current.shape, current.handle, point));
    if (current?.kind === "shape") {
      editor.drag(current.index, moveShape(current.shape, { left: point.left - current.from.left, top: point.top - current.from.top }));
    }
  };
  const up = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
    const current = drag.current;
    drag.current = null;
    if (current?.kind === "draw") {
      // A drag is one gesture from corner to corner; a click leaves the other corner to a second click.
      if (Math.hypot(event.clientX - current.x, event.clientY - current.y) > NEAR_PX / 2) editor.place(at(event));
    } else if (current) editor.drop();
  };
  const leave = () => {
    if (!drag.current) editor.cursor.value = null;
  };
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomTo(zoom.value * (event.deltaY < 0 ? 1.15 : 1 / 1.15), zoom, viewport.current, event);
  };
  return (
    <div ref={viewport} class={`mh-stage-viewport ${rest.class}`} style={rest.style} onWheel={wheel}>
      <div class="mh-stage" style={{ inlineSize: `${zoom.value * 100}%` }}>
        <img src={src} alt="" draggable={false} onError={onError} />
        <svg
          ref={svg}
          class={`mh-stage-svg mh-mode-${isDisabled ? "none" : editor.mode.value}`}
          role={isDisabled ? "img" : "application"}
          aria-label={name}
          // In lower case: names of attributes in SVG are taken as they are, and another spelling cannot have the focus.
          tabindex={isDisabled ? undefined : 0}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={(event) => {
            fingers.current.delete(event.pointerId);
            drag.current = null;
            editor.dragged.value = null;
          }}
          onPointerLeave={leave}
          onDblClick={() => editor.mode.peek() === "polygon" && editor.confirm()}
          onKeyDown={(event) => pressStageKey(event, editor, (factor) => zoomTo(zoom.value * factor, zoom, viewport.current))}
        >
          {editor.shapes.value.map((shape, index) => (
            <ShapeView
              key={index}
              shape={shape}
              index={index}
              size={size.value}
              isSelected={editor.selected.value === index}
              color={colorOf(shape.label)}
              name={nameOf(shape.label)}
            />
          ))}
          <Draft editor={editor} size={size.value} color={colorOf(editor.label.value)} />
        </svg>
      </div>
    </div>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface ShapeViewProps {
  readonly shape: Shape;
  readonly index: number;
  readonly size: Size;
  readonly isSelected: boolean;
  readonly color: number;
  readonly name: string;
}

function ShapeView({ shape, index, size, isSelected, color, name }: ShapeViewProps): VNode {
  const handles = handlesOf(shape).map(({ left, top }) => ({ x: left * size.width, y: top * size.height }));
  const outline = handles.map(({ x, y }) => `${x},${y}`).join(" ");
  const [first] = handles;
  return (
    <g class={`mh-shape mh-color-${color} ${isSelected ? "mh-selected" : ""}`} data-shape={index}>
      {shape.shape === "point" ? (
        <>
          <circle class="mh-shape-halo" cx={first?.x} cy={first?.y} r={9} />
          <circle class="mh-shape-dot" cx={first?.x} cy={first?.y} r={6} />
        </>
      ) : (
        <>
          <polygon class="mh-shape-halo" points={outline} />
          <polygon class="mh-shape-line" points={outline} />
        </>
      )}
      {isSelected && shape.shape !== "point" &&
        handles.map(({ x, y }, handle) => <circle key={handle} class="mh-handle" data-handle={handle} cx={x} cy={y} r={7} />)}
      {first && name !== "" && (
        <text class="mh-shape-name" x={first.x + (shape.shape === "point" ? 12 : 0)} y={first.y + (shape.shape === "point" ? 4 : -7)}>
          {name}
        </text>
      )}
    </g>
  );
}

function Draft({ editor, size, color }: { editor: Editor; size: Size; color: number }): VNode | null {
  const cursor = editor.cursor.value;
  const draft = editor.draft.value;
  const points = [...draft, ...(cursor && draft.length > 0 ? [cursor] : [])].map(({ left, top }) => ({ x: left * size.width, y: top * size.height }));
  const [a, b] = points;
  const isDrawing = editor.mode.value !== "select";
  return (
    <g class={`mh-draft mh-color-${color}`}>
      {editor.mode.value === "rectangle" && a && b && (
        <rect x={Math.min(a.x, b.x)} y={Math.min(a.y, b.y)} width={Math.abs(a.x - b.x)} height={Math.abs(a.y - b.y)} />
      )}
      {editor.mode.value === "polygon" && <polyline points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />}
      {points.slice(0, draft.length).map(({ x, y }, index) => (
        <circle key={index} class={index === 0 ? "mh-draft-first" : ""} cx={x} cy={y} r={index === 0 ? 7 : 4} />
      ))}
      {isDrawing && cursor && (
        <path class="mh-cross" d={`M${cursor.left * size.width} 0V${size.height}M0 ${cursor.top * size.height}H${size.width}`} />
      )}
    </g>
  );
}

function grab(target: EventTarget | null, point: Point, editor: Editor): Drag | null {
  const element = target instanceof Element ? target : null;
  const group = element?.closest("[data-shape]");
  const index = group ? Number(group.getAttribute("data-shape")) : null;
  editor.select(index);
  const shape = index === null ? undefined : editor.shapes.peek()[index];
  if (index === null || !shape) return null;
  const handle = element?.getAttribute("data-handle");
  if (handle !== null && handle !== undefined) return { kind: "handle", index, handle: Number(handle), shape };
  return { kind: "shape", index, from: point, shape };
}

function pressStageKey(event: KeyboardEvent, editor: Editor, zoomBy: (factor: number) => void): void {
  const step = event.shiftKey ? LONG_STEP : STEP;
  const by: Point | undefined = {
    ArrowLeft: { left: -step, top: 0 },
    ArrowRight: { left: step, top: 0 },
    ArrowUp: { left: 0, top: -step },
    ArrowDown: { left: 0, top: step },
  }[event.key];
  const isControl = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (isControl && key === "z" && !event.shiftKey) editor.undo();
  else if (isControl && (key === "y" || key === "z")) editor.redo();
  else if (isControl || event.altKey) return;
  else if (event.key === "+" || event.key === "=") zoomBy(ZOOM_STEP);
  else if (event.key === "-") zoomBy(1 / ZOOM_STEP);
  else if (event.key === "0") zoomBy(0);
  else if (by && editor.selected.peek() !== null) editor.nudge(by);
  else if (by) moveCursor(editor, by);
  else if (event.key === "Enter") placeOrConfirm(editor);
  else if (event.key === "Escape") {
    if (!editor.cancel()) return;
  } else if (event.key === "Delete" || event.key === "Backspace") {
    if (editor.draft.peek().length > 0) editor.undo();
    else if (!editor.remove()) return;
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function moveCursor(editor: Editor, by: Point): void {
  const from = editor.cursor.peek() ?? { left: 0.5, top: 0.5 };
  editor.cursor.value = {
    left: Math.min(Math.max(from.left + by.left, 0), 1),
    top: Math.min(Math.max(from.top + by.top, 0), 1),
  };
}

/** Enter sets a corner where the cross is; at a corner that is set already it finishes the polygon. */
function placeOrConfirm(editor: Editor): void {
  const cursor = editor.cursor.peek() ?? { left: 0.5, top: 0.5 };
  const last = editor.draft.peek().at(-1);
  const isThere = last !== undefined && Math.abs(last.left - cursor.left) < STEP / 2 && Math.abs(last.top - cursor.top) < STEP / 2;
  editor.cursor.value = cursor;
  if (isThere && editor.mode.peek() === "polygon") editor.confirm();
  else editor.place(cursor);
}

export function zoomTo(target: number, zoom: { value: number }, viewport: HTMLElement | null, around?: { clientX: number; clientY: number }): void {
  const before = zoom.value;
  zoom.value = Math.min(Math.max(target, 1), MAX_ZOOM);
  if (!viewport) return;
  const box = viewport.getBoundingClientRect();
  const x = around ? around.clientX - box.left : box.width / 2;
  const y = around ? around.clientY - box.top : box.height / 2;
  const factor = zoom.value / before;
  const [left, top] = [(viewport.scrollLeft + x) * factor - x, (viewport.scrollTop + y) * factor - y];
  requestAnimationFrame(() => {
    viewport.scrollLeft = left;
    viewport.scrollTop = top;
  });
}

/** Two fingers zoom and scroll. */
function pinch(event: PointerEvent, fingers: Map<number, { x: number; y: number }>, zoom: { value: number }, viewport: HTMLElement | null): void {
  const before = fingers.get(event.pointerId);
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  if (!before || !other || !viewport) return;
  const now = { x: event.clientX, y: event.clientY };
  fingers.set(event.pointerId, now);
  viewport.scrollLeft -= (now.x - before.x) / 2;
  viewport.scrollTop -= (now.y - before.y) / 2;
  const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(Math.hypot(before.x - other.x, before.y - other.y), 1);
  zoomTo(zoom.value * factor, zoom, viewport, { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
}

function useSize(svg: { current: SVGSVGElement | null }, size: { value: Size }): void {
  useEffect(() => {
    const element = svg.current;
    if (!element || typeof ResizeObserver === "undefined") return undefined;
    const observer = new ResizeObserver(() => {
      size.value = { width: element.clientWidth, height: element.clientHeight };
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [svg, size]);
}
