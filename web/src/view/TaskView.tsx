/** One task of a suite: a section of its own, or one page of a pager. */

import type { VNode } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";

import { Boundary } from "./Boundary";
import { Content } from "./Content";
import { Icon } from "./Icon";
import { evaluate } from "./language/evaluate";
import type { LayoutKind } from "./language/plugins";
import type { TaskState } from "./state/task-state";
import { startPlugins } from "./state/triggers";

interface TaskViewProps {
  readonly task: TaskState;
  readonly layout: LayoutKind;
  readonly footer?: VNode | null;
}

export function TaskView({ task, layout, footer }: TaskViewProps): VNode {
  const { suite } = task;
  useLayoutEffect(() => startPlugins(task), [task]);
  const isActive = suite.activeIndex.value === task.index;
  const isHidden = layout === "pager" && !isActive;
  useEffect(() => {
    if (isHidden && suite.playing.peek()?.task === task) suite.playing.peek()?.handles.togglePlayback?.();
  }, [isHidden, suite, task]);
  const activate = () => suite.activate(task.index);
  const count = suite.tasks.length;
  const name = suite.t("task.name", { number: task.index + 1, count });
  return (
    <section
      ref={(element) => {
        task.element = element;
      }}
      class={isActive && count > 1 ? "mh-task mh-active" : "mh-task"}
      aria-label={name}
      data-task-index={task.index}
      tabIndex={-1}
      hidden={isHidden}
      onFocusIn={activate}
      onPointerDown={activate}
    >
      {layout === "pager" && count > 1 && <Pages task={task} name={name} />}
      <Faults task={task} />
      <Boundary task={task} type="view">
        <Root task={task} />
      </Boundary>
      {footer}
    </section>
  );
}

function Root({ task }: { task: TaskState }): VNode {
  return <Content value={evaluate(task.suite.config.view, task.scope)} />;
}

/** What is wrong with the plugins of the task; components say themselves what is wrong with them. */
function Faults({ task }: { task: TaskState }): VNode | null {
  if (task.faults.value.length === 0) return null;
  return (
    <div class="mh-broken mh-plugin-fault" role="alert">
      {task.faults.value.map((fault) => (
        <p key={fault}>{fault}</p>
      ))}
    </div>
  );
}

function Pages({ task, name }: { task: TaskState; name: string }): VNode {
  const { suite, index } = task;
  const button = (to: number, label: string, direction: "previous" | "next") => (
    <button
      type="button"
      class={`mh-button mh-button-small mh-${direction}`}
      disabled={to < 0 || to >= suite.tasks.length}
      onClick={() => suite.activate(to)}
    >
      {label}
    </button>
  );
  return (
    <nav class="mh-pages" aria-label={name}>
      {button(index - 1, suite.t("task.previous"), "previous")}
      <ol class="mh-dots">
        {suite.tasks.map((other) => (
          <li key={other.index}>
            <button
              type="button"
              class={other.isValid.value ? "mh-dot mh-done" : "mh-dot"}
              aria-label={suite.t("task.name", { number: other.index + 1, count: suite.tasks.length })}
              aria-current={other === task ? "step" : undefined}
              onClick={() => suite.activate(other.index)}
            >
              {other.isValid.value ? <Icon name="check" /> : other.index + 1}
            </button>
          </li>
        ))}
      </ol>
      {button(index + 1, suite.t("task.next"), "next")}
    </nav>
  );
}
