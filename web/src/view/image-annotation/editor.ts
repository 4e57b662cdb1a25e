/** The editor of shapes: modes, the shape being drawn, selection, labels, undo. It knows nothing of pixels. */

import { type Signal, computed, signal } from "@preact/signals";

import { isEqual } from "../language/json";
import { MIN_POLYGON_POINTS, type Point, type Shape, type ShapeKind, clampPoint, moveShape, parseShapes, pointOf, polygonOf, rectangleOf } from "./shapes";

export type Mode = "select" | ShapeKind;

export interface Label {
  readonly value: unknown;
  readonly label: string;
}

export class Editor {
  readonly mode: Signal<Mode>;
  readonly label: Signal<unknown>;
  readonly selected = signal<number | null>(null);
  /** The corners set so far of the shape being drawn. */
  readonly draft = signal<readonly Point[]>([]);
  /** Where the pointer or the keyboard's cross is. */
  readonly cursor = signal<Point | null>(null);
  /** Shapes while one of them is dragged; null otherwise. */
  readonly dragged = signal<readonly Shape[] | null>(null);
  readonly shapes;
  private readonly past: (readonly Shape[])[] = [];
  private future: (readonly Shape[])[] = [];
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);

  constructor(
    private readonly read: () => unknown,
    private readonly write: (shapes: readonly Shape[] | undefined) => void,
    readonly modes: readonly Mode[],
    readonly labels: readonly Label[],
  ) {
    this.mode = signal<Mode>(modes.includes("rectangle") ? "rectangle" : (modes[1] ?? "select"));
    this.label = signal(labels[0]?.value);
    this.shapes = computed<readonly Shape[]>(() => this.dragged.value ?? parseShapes(this.read()));
  }

  setMode(mode: Mode): void {
    if (!this.modes.includes(mode)) return;
    this.draft.value = [];
    this.mode.value = mode;
    if (mode !== "select") this.selected.value = null;
  }

  /** Choose the label of what is drawn next, and of the selected shape. */
  setLabel(value: unknown): void {
    this.label.value = value;
    const selected = this.selected.peek();
    if (selected !== null) this.replace(selected, { ...(this.shapes.peek()[selected] as Shape), label: value });
  }

  /** Set a point of the shape being drawn; the shape is added when it has all of its points. */
  place(point: Point): void {
    const at = clampPoint(point);
    const draft = this.draft.peek();
    const mode = this.mode.peek();
    if (mode === "point") this.add(pointOf(at));
    else if (mode === "polygon") this.draft.value = [...draft, at];
    else if (mode === "rectangle" && draft[0]) this.finishRectangle(draft[0], at);
    else if (mode === "rectangle") this.draft.value = [at];
  }

  /** Finish the shape being drawn. */
  confirm(): boolean {
    const draft = this.draft.peek();
    if (this.mode.peek() === "polygon" && draft.length >= MIN_POLYGON_POINTS) this.add(polygonOf(draft));
    else if (this.mode.peek() === "rectangle" && draft[0] && this.cursor.peek()) this.finishRectangle(draft[0], this.cursor.peek() as Point);
    else return false;
    return true;
  }

  /** Give up the shape being drawn, or the selection. */
  cancel(): boolean {
    const hasAnything = this.draft.peek().length > 0 || this.selected.peek() !== null;
    this.draft.value = [];
    this.dragged.value = null;
    this.selected.value = null;
    return hasAnything;
  }

  remove(index: number | null = this.selected.peek()): boolean {
    if (index === null || !this.shapes.peek()[index]) return false;
    this.selected.value = null;
    this.commit(this.shapes.peek().filter((_, position) => position !== index));
    return true;
  }

  nudge(by: Point): void {
    const selected = this.selected.peek();
    const shape = selected === null ? undefined : this.shapes.peek()[selected];
    if (selected !== null && shape) this.replace(selected, moveShape(shape, by));
  }

  select(index: number | null): void {
    this.draft.value = [];
    this.mode.value = "select";
    this.selected.value = index;
  }

  drag(index: number, shape: Shape): void {
    this.dragged.value = this.shapes.peek().map((other, position) => (position === index ? shape : other));
  }

  drop(): void {
    const shapes = this.dragged.peek();
    this.dragged.value = null;
    if (shapes) this.commit(shapes);
  }

  /** Take back the last point of the shape being drawn; returns whether there was one. */
  takeBack(): boolean {
    const draft = this.draft.peek();
    this.draft.value = draft.slice(0, -1);
    return draft.length > 0;
  }

  /** Take back the last point of the shape being drawn, else the last change. */
  undo(): void {
    if (this.takeBack()) return;
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.shapes.peek());
    this.store(before);
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.shapes.peek());
    this.store(after);
  }

  private finishRectangle(a: Point, b: Point): void {
    this.draft.value = [];
    const shape = rectangleOf(a, b);
    if (shape.width > 0 && shape.height > 0) this.add(shape);
  }

  private add(shape: Shape): void {
    this.draft.value = [];
    const labeled = this.labels.length === 0 ? shape : { ...shape, label: this.label.peek() };
    this.commit([...this.shapes.peek(), labeled]);
  }

  private replace(index: number, shape: Shape): void {
    this.commit(this.shapes.peek().map((other, position) => (position === index ? shape : other)));
  }

  private commit(shapes: readonly Shape[]): void {
    const before = parseShapes(this.read());
    if (isEqual(before, shapes)) return;
    this.past.push(before);
    this.future = [];
    this.store(shapes);
  }

  private store(shapes: readonly Shape[]): void {
    this.selected.value = (this.selected.peek() ?? 0) < shapes.length ? this.selected.peek() : null;
    this.canUndo.value = this.past.length > 0;
    this.canRedo.value = this.future.length > 0;
    this.write(shapes.length === 0 ? undefined : shapes);
  }
}
