/** Triggers: `plugin.trigger` runs its action when what it watches changes and its condition holds. */

import { effect, untracked } from "@preact/signals";

import { checkAction, runAction } from "../language/actions";
import { type Node, UnknownComponentError } from "../language/config";
import { evaluate } from "../language/evaluate";
import { isEqual } from "../language/json";
import { hotkeyActions, pluginsOf, unknownPlugins } from "../language/plugins";
import type { TaskState } from "./task-state";

/** Start the plugins of a task; returns what stops them. */
export function startPlugins(task: TaskState): () => void {
  const { config } = task.suite;
  for (const error of unknownPlugins(config)) reportFault(task, error);
  for (const action of hotkeyActions(config).values()) guard(task, () => checkAction(action, task.scope));
  const stops = pluginsOf(config, "plugin.trigger").map((trigger) => startTrigger(trigger, task));
  return () => stops.forEach((stop) => stop());
}

function startTrigger(trigger: Node, task: TaskState): () => void {
  guard(task, () => checkAction(trigger.action, task.scope));
  let isFirst = true;
  let before: unknown;
  return effect(() => {
    guard(task, () => {
      const now = evaluate(trigger.onChangeOf, task.scope);
      const isDue = isFirst ? Boolean(evaluate(trigger.fireImmediately, task.scope)) : !isEqual(before, now);
      isFirst = false;
      before = now;
      // Only `onChangeOf` is watched; what the condition and the action read must not fire the trigger again.
      if (isDue) untracked(() => fire(trigger, task));
    });
  });
}

function fire(trigger: Node, task: TaskState): void {
  const isMet = trigger.condition === undefined || Boolean(evaluate(trigger.condition, task.scope));
  if (isMet) runAction(trigger.action, task.scope);
}

function guard(task: TaskState, act: () => void): void {
  try {
    act();
  } catch (error) {
    reportFault(task, error);
  }
}

function reportFault(task: TaskState, error: unknown): void {
  const isUnknown = error instanceof UnknownComponentError;
  if (isUnknown) task.suite.reportUnknown(error.type, task.index);
  task.reportFault(task.suite.t("error.unknown", { type: isUnknown ? error.type : String(error) }));
}
