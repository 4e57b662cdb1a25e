/** Media of tasks that are not on the page yet, so that the next page can load them ahead. */

import { groupOf, isNode, kindOf } from "./language/config";
import { evaluate } from "./language/evaluate";
import { isObject } from "./language/json";
import { type Scope, isBound } from "./language/scope";
import type { Services } from "./state/services";
import { SuiteState, type Task } from "./state/suite-state";
import { ENGLISH } from "./texts";

const MEDIA: Readonly<Record<string, string>> = {
  "view.image": "url",
  "view.audio": "url",
  "view.video": "url",
  "field.image-annotation": "image",
};

const SERVICES: Services = {
  texts: ENGLISH,
  translations: {},
  isReadOnly: true,
  resolveMedia: (url) => url,
  readsServer: true,
  wasPlayed: () => false,
  onPlayed: () => undefined,
};

/** Return the URLs and attachment ids of the media that a task shows at first, before `resolveMedia`. */
export function mediaOfTask(config: string | object, task: Task): string[] {
  const suite = new SuiteState({ config, tasks: [task], services: SERVICES });
  const found = new Set<string>();
  const [state] = suite.tasks;
  if (state) collect(suite.config.view, state.scope, found);
  return [...found];
}

function collect(value: unknown, scope: Scope, found: Set<string>): void {
  if (isBound(value)) {
    collectNode(value.node, value.scope, found);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, scope, found);
  } else if (isNode(value) && ["view", "field", "layout"].includes(groupOf(value.type))) {
    collectNode(value, scope, found);
  } else if (isNode(value) || (isObject(value) && "$ref" in value)) {
    const result = evaluate(value, scope);
    if (isBound(result) || Array.isArray(result)) collect(result, scope, found);
  } else if (isObject(value)) {
    for (const item of Object.values(value)) collect(item, scope, found);
  }
}

function collectNode(node: { type: string; [key: string]: unknown }, scope: Scope, found: Set<string>): void {
  const property = MEDIA[kindOf(node)];
  const url = property === undefined ? undefined : evaluate(node[property], scope);
  if (typeof url === "string") found.add(url);
  for (const [key, child] of Object.entries(node)) {
    if (key !== "validation" && key !== "data") collect(child, scope, found);
  }
}
