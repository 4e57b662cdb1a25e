/** Messages: those of the view above the tasks, and those that actions show for a while. */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { Boundary } from "./Boundary";
import { Content } from "./Content";
import { Icon } from "./Icon";
import { evaluate } from "./language/evaluate";
import type { SuiteState } from "./state/suite-state";
import type { TaskState } from "./state/task-state";

/** Notifications belong to the suite but are components, so they live in the scope of the first task. */
export function Notifications({ suite, contents }: { suite: SuiteState; contents: readonly unknown[] }): VNode | null {
  const hidden = useSignal<ReadonlySet<number>>(new Set());
  const [task] = suite.tasks;
  if (!task || contents.length === hidden.value.size) return null;
  return (
    <div class="mh-notifications" role="status">
      {contents.map((content, index) =>
        hidden.value.has(index) ? null : (
          <div key={index} class="mh-notification">
            <Boundary task={task} type="notification">
              <Notification task={task} content={content} />
            </Boundary>
            <button
              type="button"
              class="mh-tool"
              aria-label={suite.t("notification.dismiss")}
              onClick={() => (hidden.value = new Set([...hidden.value, index]))}
            >
              <Icon name="close" />
            </button>
          </div>
        ),
      )}
    </div>
  );
}

function Notification({ task, content }: { task: TaskState; content: unknown }): VNode {
  return <Content value={evaluate(content, task.scope)} />;
}

export function Toasts({ suite }: { suite: SuiteState }): VNode {
  return (
    <div class="mh-toasts" role="status" aria-live="polite">
      {suite.toasts.value.map((toast) => (
        <div key={toast.key} class={`mh-toast mh-theme-${toast.theme}`}>
          <span dir="auto">{toast.content}</span>
          <button type="button" class="mh-tool" aria-label={suite.t("notification.dismiss")} onClick={() => suite.dismiss(toast.key)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
