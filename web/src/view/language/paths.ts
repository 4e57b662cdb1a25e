/** Dotted paths into JSON values; changing a path returns a new value and shares what did not change. */

import type { Json, JsonObject } from "./json";

export type Path = readonly string[];

const ARRAY_POSITION = /^\d+$/;

/** Return the parts of a dotted path; the empty path is the whole value. */
export function parsePath(path: string): Path {
  return path === "" ? [] : path.split(".");
}

export function getAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, part)) return undefined;
    current = (current as Record<string, unknown>)[part];
  }
  return current;
}

/** Return `value` with `item` at the path; missing parts become arrays where the path has a position, else objects. */
export function setAt(value: Json | undefined, path: Path, item: Json): Json {
  const [head, ...rest] = path;
  if (head === undefined) return item;
  const child = setAt(getAt(value, [head]) as Json | undefined, rest, item);
  if (Array.isArray(value) && ARRAY_POSITION.test(head)) return withPosition(value, Number(head), child);
  if (isContainer(value)) return { ...value, [head]: child };
  return ARRAY_POSITION.test(head) ? withPosition([], Number(head), child) : { [head]: child };
}

/** Return `value` without what is at the path; objects that become empty on the way go too. */
export function removeAt(value: Json | undefined, path: Path): Json | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return undefined;
  const child = getAt(value, [head]) as Json | undefined;
  if (child === undefined) return value;
  const remaining = removeAt(child, rest);
  if (Array.isArray(value)) {
    // A position stays, so that the positions after it keep their meaning.
    return withPosition(value, Number(head), remaining ?? null);
  }
  const others = Object.entries(value as JsonObject).filter(([key]) => key !== head);
  const isPruned = remaining === undefined || (rest.length > 0 && isEmptyObject(remaining));
  return Object.fromEntries(isPruned ? others : [...others, [head, remaining]]);
}

export function isPrefix(prefix: Path, path: Path): boolean {
  return prefix.length <= path.length && prefix.every((part, index) => part === path[index]);
}

function withPosition(items: Json[], position: number, item: Json): Json[] {
  const copy = [...items];
  while (copy.length < position) copy.push(null);
  copy[position] = item;
  return copy;
}

function isContainer(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmptyObject(value: Json): boolean {
  return isContainer(value) && Object.keys(value).length === 0;
}
