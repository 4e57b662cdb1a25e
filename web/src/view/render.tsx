/** The renderer for pages that are not written in Preact: puts a task suite into an element. */

import { render } from "preact";

import { TaskSuite, type TaskSuiteHandle, type TaskSuiteProps } from "./TaskSuite";

export interface RenderedTaskSuite extends TaskSuiteHandle {
  /** Change some of the props; answers stay while config and tasks do. */
  update(props: Partial<TaskSuiteProps>): void;
  destroy(): void;
}

export function renderTaskSuite(element: Element, props: TaskSuiteProps): RenderedTaskSuite {
  let current = props;
  let handle: TaskSuiteHandle | null = null;
  const draw = () =>
    render(
      <TaskSuite
        {...current}
        handle={(next) => {
          handle = next;
        }}
      />,
      element,
    );
  const ready = (): TaskSuiteHandle => {
    if (!handle) throw new Error("the task suite was destroyed");
    return handle;
  };
  draw();
  return {
    validate: () => ready().validate(),
    outputs: () => ready().outputs(),
    focusTask: (index) => ready().focusTask(index),
    isOneChoice: (index) => ready().isOneChoice(index),
    undo: () => ready().undo(),
    hotkeys: (keyMap) => ready().hotkeys(keyMap),
    update: (changes) => {
      current = { ...current, ...changes };
      draw();
    },
    destroy: () => render(null, element),
  };
}
