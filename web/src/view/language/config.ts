/** The config of a view: `{view, plugins, vars}`, given as an object or as a JSON string. */

import { isObject } from "./json";
import { getAt, parsePath } from "./paths";

/** A component, data reference, helper, condition, action or plugin: an object with `type` = `<group>.<name>`. */
export interface Node {
  readonly type: string;
  readonly [property: string]: unknown;
}

export interface ViewConfig {
  readonly view: unknown;
  readonly plugins?: readonly unknown[];
  readonly vars?: Record<string, unknown>;
}

/** The config cannot be read at all; the message says why. */
export class ConfigError extends Error {}

/** A component, helper, condition, action or plugin of a kind that this renderer does not know. */
export class UnknownComponentError extends Error {
  constructor(readonly type: string) {
    super(`unknown component: ${type}`);
  }
}

const GROUPS = new Set(["view", "field", "layout", "condition", "helper", "action", "plugin", "data"]);

/** Vendor prefix of a few component names, which means nothing here. */
const VENDOR_PREFIX = "@yandex-toloka/";

/** How many references may follow one another before they count as a circle. */
const MAX_REFERENCE_CHAIN = 64;

export function parseConfig(config: string | object): ViewConfig {
  const parsed: unknown = typeof config === "string" ? parseJson(config) : config;
  if (!isObject(parsed) || !("view" in parsed)) throw new ConfigError("the config has no `view`");
  return parsed as unknown as ViewConfig;
}

/** Whether a value is a node of the language; `{"type": "string"}` of a JSON schema is not one. */
export function isNode(value: unknown): value is Node {
  return isObject(value) && typeof value.type === "string" && GROUPS.has(groupOf(value.type));
}

export function kindOf(node: Node): string {
  return node.type.startsWith(VENDOR_PREFIX) ? node.type.slice(VENDOR_PREFIX.length) : node.type;
}

export function groupOf(type: string): string {
  const name = type.startsWith(VENDOR_PREFIX) ? type.slice(VENDOR_PREFIX.length) : type;
  return name.slice(0, Math.max(name.indexOf("."), 0));
}

export function isReference(value: unknown): value is { $ref: string } {
  return isObject(value) && typeof value.$ref === "string" && /^(vars|view|plugins)(\.|$)/.test(value.$ref);
}

/** Return what a reference stands for, following references on the way; any other value is returned as it is. */
export function follow(value: unknown, root: ViewConfig, chain = 0): unknown {
  if (!isReference(value)) return value;
  if (chain > MAX_REFERENCE_CHAIN) throw new ConfigError(`the reference ${value.$ref} leads back to itself`);
  let target: unknown = root;
  for (const part of parsePath(value.$ref)) target = follow(getAt(target, [part]), root, chain + 1);
  return target;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`the config is no JSON: ${String(error)}`);
  }
}
