/** Validation: what to tell the worker about a condition that fails. */

import { conditionHolds } from "./conditions";
import { groupOf, kindOf } from "./config";
import { evaluate, resolveNode } from "./evaluate";
import { toText } from "./json";
import type { Scope } from "./scope";

/** Return null if the condition holds, else the hint nearest to the cause, or '' if there is none. */
export function failureOf(condition: unknown, scope: Scope): string | null {
  const node = resolveNode(condition, scope);
  // A validation that helpers switched off is nothing to fail.
  if (!node || groupOf(node.type) !== "condition" || conditionHolds(node, scope, evaluate)) return null;
  const own = toText(evaluate(node.hint, scope));
  if (kindOf(node) !== "condition.all" || !Array.isArray(node.conditions)) return own;
  const hints = node.conditions.map((part) => failureOf(part, scope));
  return hints.find((hint) => hint !== null && hint !== "") ?? own;
}
