/** Shapes on an image; all positions and sizes are shares of the image's width and height, from 0 to 1. */

import { isObject } from "../language/json";

export interface Point {
  readonly left: number;
  readonly top: number;
}

export type ShapeKind = "point" | "rectangle" | "polygon";

interface Labeled {
  readonly label?: unknown;
}

export interface PointShape extends Point, Labeled {
  readonly shape: "point";
}

export interface RectangleShape extends Point, Labeled {
  readonly shape: "rectangle";
  readonly width: number;
  readonly height: number;
}

export interface PolygonShape extends Labeled {
  readonly shape: "polygon";
  readonly points: readonly Point[];
}

export type Shape = PointShape | RectangleShape | PolygonShape;

/** Positions finer than a thousandth of a pixel mean nothing. */
const DECIMALS = 6;

export const MIN_POLYGON_POINTS = 3;

/** Return the shapes of a value; what is no shape is left out. */
export function parseShapes(value: unknown): Shape[] {
  return Array.isArray(value) ? value.filter(isShape) : [];
}

export function clampPoint(point: Point): Point {
  return { left: clamp(point.left), top: clamp(point.top) };
}

export function rectangleOf(a: Point, b: Point): RectangleShape {
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  return {
    shape: "rectangle",
    left: round(left),
    top: round(top),
    width: round(Math.abs(a.left - b.left)),
    height: round(Math.abs(a.top - b.top)),
  };
}

/** The points by which a shape is changed: the corners of a rectangle clockwise from the top left. */
export function handlesOf(shape: Shape): Point[] {
  switch (shape.shape) {
    case "point":
      return [{ left: shape.left, top: shape.top }];
    case "polygon":
      return [...shape.points];
    case "rectangle": {
      const [right, bottom] = [shape.left + shape.width, shape.top + shape.height];
      return [
        { left: shape.left, top: shape.top },
        { left: right, top: shape.top },
        { left: right, top: bottom },
        { left: shape.left, top: bottom },
      ];
    }
  }
}

/** Return the shape with one of its handles elsewhere. */
export function moveHandle(shape: Shape, handle: number, to: Point): Shape {
  const point = clampPoint(to);
  switch (shape.shape) {
    case "point":
      return { ...shape, ...point };
    case "polygon":
      return { ...shape, points: shape.points.map((other, index) => (index === handle ? point : other)) };
    case "rectangle": {
      const opposite = handlesOf(shape)[(handle + 2) % 4] ?? point;
      return { ...shape, ...rectangleOf(point, opposite) };
    }
  }
}

/** Return the shape moved as far as it stays on the image. */
export function moveShape(shape: Shape, by: Point): Shape {
  const handles = handlesOf(shape);
  const lefts = handles.map((point) => point.left);
  const tops = handles.map((point) => point.top);
  const dx = Math.min(Math.max(by.left, -Math.min(...lefts)), 1 - Math.max(...lefts));
  const dy = Math.min(Math.max(by.top, -Math.min(...tops)), 1 - Math.max(...tops));
  const moved = (point: Point): Point => ({ left: round(point.left + dx), top: round(point.top + dy) });
  return shape.shape === "polygon" ? { ...shape, points: shape.points.map(moved) } : { ...shape, ...moved(shape) };
}

export function polygonOf(points: readonly Point[]): PolygonShape {
  return { shape: "polygon", points: points.map(clampPoint) };
}

export function pointOf(point: Point): PointShape {
  return { shape: "point", ...clampPoint(point) };
}

function isShape(value: unknown): value is Shape {
  if (!isObject(value)) return false;
  if (value.shape === "polygon") return Array.isArray(value.points) && value.points.every(isPoint);
  if (value.shape === "rectangle") return isPoint(value) && typeof value.width === "number" && typeof value.height === "number";
  return value.shape === "point" && isPoint(value);
}

function isPoint(value: unknown): boolean {
  return isObject(value) && typeof value.left === "number" && typeof value.top === "number";
}

function clamp(value: number): number {
  return round(Math.min(Math.max(value, 0), 1));
}

function round(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
