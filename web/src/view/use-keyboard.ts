/** The keyboard of a task suite: keys go to the active task, wherever on the page the focus is. */

import { useLayoutEffect } from "preact/hooks";

import { focusTask } from "./focus";
import { configKey, isTyping, keyOfEvent, pressKey, usesArrows } from "./state/hotkeys";
import type { SuiteState } from "./state/suite-state";
import type { TaskState } from "./state/task-state";
import type { TaskSuiteProps } from "./TaskSuite";

const CONTROLS = "a, button, input, select, textarea, summary, video, [contenteditable], [role=application]";

type Latest = { readonly current: TaskSuiteProps };

export function useKeyboard(suite: SuiteState, latest: Latest): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => handle(event, suite, latest);
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [suite, latest]);
}

function handle(event: KeyboardEvent, suite: SuiteState, latest: Latest): void {
  const isElsewhere = event.defaultPrevented || isTyping(event.target) || isInDialog(event.target);
  if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
  // A fast worker presses the next key before the page has gone on from the last answer; that key is for the next task.
  suite.pendingStep?.();
  const task = activeTask(suite);
  if (!task || suite.services.isReadOnly) return;
  if (event.key === " ") {
    if (isNeutral(event.target) && togglePlayer(task)) event.preventDefault();
    return;
  }
  const pressed = keyOfEvent(event);
  const key = pressed && configKey(pressed, latest.current.keyMap ?? {});
  if (!key || ((key === "up" || key === "down") && usesArrows(event.target))) return;
  const before = task.output.peek();
  if (!pressKey(task, key)) return;
  event.preventDefault();
  if (latest.current.submitOnComplete && task.output.peek() !== before) goOn(suite, task, latest);
}

/** Go on after a choice by key, once the page shows which fields the answer has opened or closed. */
function goOn(suite: SuiteState, task: TaskState, latest: Latest): void {
  const step = () => {
    if (suite.pendingStep !== step) return;
    suite.pendingStep = null;
    if (suite.isDisposed || !task.isOneChoice() || !task.isValid.peek()) return;
    if (task.index + 1 < suite.tasks.length) focusTask(suite, task.index + 1);
    else if (suite.isValid.peek()) latest.current.onComplete?.();
    else focusTask(suite, suite.tasks.findIndex((other) => !other.isValid.peek()));
  };
  suite.pendingStep = step;
  setTimeout(step, 0);
}

/** The active task, or what the worker has scrolled to since: keys never answer a task that is out of sight. */
function activeTask(suite: SuiteState): TaskState | undefined {
  const active = suite.tasks[suite.activeIndex.peek()];
  if (!active || visibleHeight(active) !== 0) return active;
  const [inSight] = [...suite.tasks].sort((a, b) => visibleHeight(b) - visibleHeight(a));
  if (inSight) suite.activate(inSight.index);
  return inSight;
}

function visibleHeight(task: TaskState): number {
  const box = task.element?.getBoundingClientRect();
  // Without layout, as in tests, everything is in sight.
  if (!box || (box.height === 0 && box.top === 0)) return -1;
  return Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
}

function togglePlayer(task: TaskState): boolean {
  const player = task.instances().find((instance) => instance.handles.togglePlayback);
  player?.handles.togglePlayback?.();
  return player !== undefined;
}

/** Whether what has the focus does nothing itself with the space bar. */
function isNeutral(target: EventTarget | null): boolean {
  return !(target instanceof Element) || target.closest(CONTROLS) === null;
}

/** Keys inside an open dialog belong to the dialog. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("dialog[open]") !== null;
}
