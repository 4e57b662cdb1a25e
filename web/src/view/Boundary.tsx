/** A boundary: what breaks within it is said in its place, and the rest of the page goes on. */

import { Component, type ComponentChildren } from "preact";

import { UnknownComponentError } from "./language/config";
import type { TaskState } from "./state/task-state";

interface BoundaryProps {
  readonly task: TaskState;
  readonly type: string;
  readonly children: ComponentChildren;
}

/** Shows what broke in place of the component, and blocks submission while it is shown. */
export class Boundary extends Component<BoundaryProps, { fault: string | null }> {
  override state = { fault: null as string | null };

  override componentDidCatch(error: unknown): void {
    const { task } = this.props;
    const isUnknown = error instanceof UnknownComponentError;
    if (isUnknown) task.suite.reportUnknown(error.type, task.index);
    const fault = isUnknown
      ? task.suite.t("error.unknown", { type: error.type })
      : task.suite.t("error.broken", { message: error instanceof Error ? error.message : String(error) });
    task.reportBroken(fault);
    this.setState({ fault });
  }

  override componentWillUnmount(): void {
    if (this.state.fault !== null && !this.props.task.suite.isDisposed) this.props.task.withdrawBroken(this.state.fault);
  }

  override render(): ComponentChildren {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <div class="mh-broken" role="alert" data-component={this.props.type}>
        <p>{fault}</p>
        <button type="button" class="mh-button mh-button-small" onClick={this.retry}>
          {this.props.task.suite.t("error.retry")}
        </button>
      </div>
    );
  }

  private readonly retry = (): void => {
    if (this.state.fault !== null) this.props.task.withdrawBroken(this.state.fault);
    this.setState({ fault: null });
  };
}
