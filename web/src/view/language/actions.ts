/** Actions: what a button, a key or a trigger does. */

import { type Node, UnknownComponentError, groupOf, kindOf } from "./config";
import { addressOf, evaluate, readData, resolveNode } from "./evaluate";
import { isObject, toNumber, toText } from "./json";
import type { Scope } from "./scope";
import { isBound } from "./scope";
import { toSafeLink } from "../safe-url";
import type { Handles, Instance } from "../state/instance";
import type { Theme } from "../state/suite-state";

type Action = (node: Node, scope: Scope) => void;

const THEMES: readonly string[] = ["info", "success", "warning", "danger"] satisfies Theme[];

export const ACTIONS: Readonly<Record<string, Action>> = {
  "action.bulk": (node, scope) => {
    for (const part of partsOf(node)) runAction(part, scope);
  },
  "action.set": (node, scope) => {
    const address = addressOf(node.data, scope);
    if (address) scope.task.write(address, evaluate(node.payload, scope));
  },
  "action.toggle": (node, scope) => {
    const address = addressOf(node.data, scope);
    const data = resolveNode(node.data, scope);
    if (address && data) scope.task.write(address, !readData(data, scope));
  },
  "action.notify": (node, scope) => {
    const payload = evaluate(node.payload, scope);
    if (!isObject(payload)) return;
    const theme = (THEMES.includes(toText(payload.theme)) ? payload.theme : "info") as Theme;
    scope.task.suite.notify(toText(payload.content), theme, toNumber(payload.delay), toNumber(payload.duration));
  },
  "action.open-link": (node, scope) => {
    const url = toText(evaluate(node.payload, scope));
    const link = toSafeLink(url);
    if (link) window.open(link, "_blank", "noopener,noreferrer");
    scope.task.markOpened(url);
  },
  "action.open-close": (node, scope) => ask(node, scope, "toggleOpen", (handles) => handles.toggleOpen?.()),
  "action.play-pause": (node, scope) => ask(node, scope, "togglePlayback", (handles) => handles.togglePlayback?.()),
  "action.rotate": (node, scope) => {
    const direction = toText(evaluate(node.payload, scope)) === "left" ? "left" : "right";
    ask(node, scope, "rotate", (handles) => handles.rotate?.(direction));
  },
};

export function runAction(value: unknown, scope: Scope): void {
  const node = resolveNode(value, scope);
  if (!node) return;
  const action = ACTIONS[kindOf(node)];
  if (!action) throw new UnknownComponentError(node.type);
  action(node, scope);
}

/** Throw for an action of an unknown kind, so that the page says so before the worker presses anything. */
export function checkAction(value: unknown, scope: Scope): void {
  const node = resolveNode(value, scope);
  if (!node) return;
  if (!(kindOf(node) in ACTIONS)) throw new UnknownComponentError(node.type);
  for (const part of partsOf(node)) checkAction(part, scope);
}

/** The fixed value that an action writes, and where: what a key answers. */
export function choiceOf(value: unknown, scope: Scope): { place: string; payload: unknown } | null {
  const node = resolveNode(value, scope);
  if (!node || kindOf(node) !== "action.set") return null;
  const address = addressOf(node.data, scope);
  return address && { place: `${address.source}:${address.path.join(".")}`, payload: evaluate(node.payload, scope) };
}

function partsOf(node: Node): unknown[] {
  return kindOf(node) === "action.bulk" && Array.isArray(node.payload) ? node.payload : [];
}

/** Let the mounted component that `view` refers to do something. */
function ask(node: Node, scope: Scope, ability: keyof Handles, act: (handles: Handles) => void): void {
  const target = evaluate(node.view, scope);
  if (!isBound(target) || groupOf(target.node.type) === "data") return;
  const instance = scope.task.instances().find((candidate: Instance) => candidate.node === target.node && candidate.handles[ability]);
  if (instance) act(instance.handles);
}
