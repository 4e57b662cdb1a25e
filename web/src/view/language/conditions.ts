/** Conditions: whether they hold. Without `data` they test the component around them. */

import { type Node, UnknownComponentError, kindOf } from "./config";
import type { Evaluate } from "./evaluate";
import { isEqual, toNumber, toText } from "./json";
import { matchesSchema } from "./schema";
import type { Scope } from "./scope";

type Condition = (node: Node, scope: Scope, evaluate: Evaluate) => boolean;

const EARTH_RADIUS_M = 6_371_008.8;

export const CONDITIONS: Readonly<Record<string, Condition>> = {
  "condition.all": (node, scope, evaluate) => list(node.conditions).every((item) => Boolean(evaluate(item, scope))),
  "condition.any": (node, scope, evaluate) => list(node.conditions).some((item) => Boolean(evaluate(item, scope))),
  "condition.not": (node, scope, evaluate) => !evaluate(node.condition, scope),
  // A server may send null for a value that was not given; it counts as absent. False, 0 and '' count as given.
  "condition.required": (node, scope, evaluate) => (tested(node, scope, evaluate) ?? undefined) !== undefined,
  "condition.empty": (node, scope, evaluate) => isEmpty(tested(node, scope, evaluate)),
  "condition.equals": (node, scope, evaluate) => isEqual(tested(node, scope, evaluate), evaluate(node.to, scope)),
  "condition.schema": (node, scope, evaluate) => matchesSchema(tested(node, scope, evaluate), evaluate(node.schema, scope)),
  "condition.sub-array": (node, scope, evaluate) => {
    const parent = evaluate(node.parent, scope);
    const items = tested(node, scope, evaluate);
    if (!Array.isArray(items) || !Array.isArray(parent)) return false;
    return items.every((item) => parent.some((other) => isEqual(item, other)));
  },
  "condition.same-domain": (node, scope, evaluate) => {
    const domain = domainOf(tested(node, scope, evaluate));
    return domain !== null && domain === domainOf(evaluate(node.original, scope));
  },
  "condition.link-opened": (node, scope, evaluate) =>
    scope.task.openedLinks.value.has(toText("url" in node ? evaluate(node.url, scope) : ownerProperty(scope, "url", evaluate))),
  "condition.played": (_node, scope) => scope.task.mediaOf(scope.owner).every((medium) => medium.wasPlayed.value || medium.hasFailed.value),
  "condition.played-fully": (_node, scope) =>
    scope.task.mediaOf(scope.owner).every((medium) => medium.wasPlayedFully.value || medium.hasFailed.value),
  "condition.distance": (node, scope, evaluate) => {
    const distance = distanceInMetres(evaluate(node.from, scope), evaluate(node.to, scope));
    return distance !== null && distance <= (toNumber(evaluate(node.max, scope)) ?? 0);
  },
};

export function conditionHolds(node: Node, scope: Scope, evaluate: Evaluate): boolean {
  const condition = CONDITIONS[kindOf(node)];
  if (!condition) throw new UnknownComponentError(node.type);
  return condition(node, scope, evaluate);
}

function tested(node: Node, scope: Scope, evaluate: Evaluate): unknown {
  return "data" in node ? evaluate(node.data, scope) : ownerProperty(scope, "data", evaluate);
}

function ownerProperty(scope: Scope, name: string, evaluate: Evaluate): unknown {
  return scope.owner ? evaluate(scope.owner.node[name], scope.owner.scope) : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function domainOf(value: unknown): string | null {
  try {
    return new URL(toText(value)).hostname.replace(/^www\./, "") || null;
  } catch {
    return null;
  }
}

/** Great circle distance of two `latitude,longitude` texts by the haversine formula. */
function distanceInMetres(from: unknown, to: unknown): number | null {
  const [a, b] = [from, to].map((point) => toText(point).split(",").map(Number));
  if (!a || !b || a.length !== 2 || b.length !== 2 || [...a, ...b].some((part) => !Number.isFinite(part))) return null;
  const [latitudeA, longitudeA, latitudeB, longitudeB] = [...a, ...b].map((degrees) => (degrees * Math.PI) / 180) as [
    number, number, number, number,
  ];
  const chord =
    Math.sin((latitudeB - latitudeA) / 2) ** 2 +
    Math.cos(latitudeA) * Math.cos(latitudeB) * Math.sin((longitudeB - longitudeA) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(chord));
}
