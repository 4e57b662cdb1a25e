/** Moving the focus: to a task, and to the first thing that is wrong. */

import type { SuiteState } from "./state/suite-state";

/** Make a task the active one and bring it into sight. */
export function focusTask(suite: SuiteState, index: number): void {
  suite.activate(index);
  const section = suite.tasks[index]?.element;
  if (!section) return;
  // On a pager the task is still hidden until the page is drawn again.
  section.hidden = false;
  section.focus({ preventScroll: true });
  // At once: while a page still scrolls, the task is out of sight, and the next key would go to another one.
  section.scrollIntoView?.({ block: "nearest", behavior: "instant" });
}

/** Move the focus to the first control that is wrong. */
export function focusFirstProblem(suite: SuiteState): void {
  const task = suite.tasks.find((candidate) => !candidate.isValid.peek());
  if (!task) return;
  focusTask(suite, task.index);
  const wrong = task.instances().flatMap((instance) => (instance.problem.peek() !== null && instance.element ? [instance.element] : []));
  const first = wrong.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))[0];
  const control = first?.querySelector<HTMLElement>("input:not([hidden]), select, textarea, button, [tabindex='0']");
  control?.focus({ preventScroll: true });
  first?.scrollIntoView?.({ block: "center", behavior: "smooth" });
}
