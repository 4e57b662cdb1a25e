/**
 * Evaluation: what a property means now.
 *
 * Literals stay, references are followed, data is read, helpers and conditions are computed, and components are bound
 * to their scope for rendering. Whatever is read is a signal, so that the caller is told when the meaning changes.
 */

import { conditionHolds } from "./conditions";
import { type Node, UnknownComponentError, follow, groupOf, isNode, isReference, kindOf } from "./config";
import { HELPERS } from "./helpers";
import { isObject, toText } from "./json";
import { getAt, parsePath } from "./paths";
import { type Address, type Scope, isBound } from "./scope";

export type Evaluate = (value: unknown, scope: Scope) => unknown;

export function evaluate(value: unknown, scope: Scope): unknown {
  if (isBound(value) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope));
  if (isReference(value)) return evaluate(follow(value, scope.task.suite.config), scope);
  if (!isNode(value)) return evaluateEntries(value as Record<string, unknown>, scope);
  switch (groupOf(value.type)) {
    case "data":
      return readData(value, scope);
    case "helper":
      return evaluateHelper(value, scope);
    case "condition":
      return conditionHolds(value, scope, evaluate);
    default:
      return scope.bind(value);
  }
}

/** Return the node behind references, `helper.if` and `helper.switch`, not evaluated itself. */
export function resolveNode(value: unknown, scope: Scope): Node | null {
  const target = follow(value, scope.task.suite.config);
  if (!isNode(target)) return null;
  if (kindOf(target) === "helper.if") {
    return resolveNode(evaluate(target.condition, scope) ? target.then : target.else, scope);
  }
  if (kindOf(target) === "helper.switch") {
    const cases = Array.isArray(target.cases) ? target.cases.filter(isObject) : [];
    const chosen = cases.find((candidate) => evaluate(candidate.condition, scope));
    return resolveNode(chosen ? chosen.result : target.default, scope);
  }
  return target;
}

/** Return where a data reference points, or null if the value is no data reference that can be written. */
export function addressOf(value: unknown, scope: Scope): Address | null {
  const node = resolveNode(value, scope);
  if (!node || groupOf(node.type) !== "data") return null;
  const path = parsePath(toText(evaluate(node.path, scope)));
  switch (kindOf(node)) {
    case "data.input":
      return { source: "input", path };
    case "data.output":
      return { source: "output", path };
    case "data.internal":
      return { source: "internal", path };
    case "data.local":
      return { source: "local", path };
    case "data.relative":
      return scope.relative && { source: scope.relative.source, path: [...scope.relative.path, ...path] };
    case "data.location":
    case "data.assignment-id":
      return null;
    default:
      throw new UnknownComponentError(node.type);
  }
}

/** Return the value of a data reference; its default counts until the path has been written. */
export function readData(node: Node, scope: Scope): unknown {
  if (kindOf(node) === "data.assignment-id") return scope.task.suite.services.assignmentId;
  if (kindOf(node) === "data.location") return scope.task.suite.location();
  const address = addressOf(node, scope);
  const getDefault = () => evaluate(node.default, scope);
  if (!address) return getDefault();
  if (address.source === "local") return getAt(scope.locals, address.path) ?? getDefault();
  return scope.task.read(address, getDefault);
}

function evaluateHelper(node: Node, scope: Scope): unknown {
  const helper = HELPERS[kindOf(node)];
  if (!helper) throw new UnknownComponentError(node.type);
  return helper(node, scope, evaluate);
}

function evaluateEntries(value: Record<string, unknown>, scope: Scope): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, scope)]));
}
