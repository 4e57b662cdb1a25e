/** One component on the page: its node in its scope, and what the page knows about it. */

import { type ReadonlySignal, computed, signal } from "@preact/signals";

import { type Node, UnknownComponentError } from "../language/config";
import { addressOf, evaluate } from "../language/evaluate";
import { toNumber, toText } from "../language/json";
import type { Address, BoundNode, Scope } from "../language/scope";
import { failureOf } from "../language/validation";
import type { TaskState } from "./task-state";

/** What is known about a player; a medium that failed to load counts as played. */
export class Medium {
  readonly wasPlayed = signal(false);
  readonly wasPlayedFully = signal(false);
  readonly hasFailed = signal(false);
}

/** What actions may ask of a component. */
export interface Handles {
  togglePlayback?: () => void;
  toggleOpen?: () => void;
  /** The values that a choice offers, in the order in which they are shown. */
  options?: () => readonly unknown[];
  rotate?: (direction: "left" | "right") => void;
}

let instanceCount = 0;

export class Instance {
  readonly node: Node;
  readonly scope: Scope;
  readonly parent: Instance | null;
  /** Unique on the page; the ids of its DOM elements start with it. */
  readonly id: string;
  readonly handles: Handles = {};
  medium: Medium | null = null;
  element: HTMLElement | null = null;
  /** A problem that the component itself found, such as a number out of range or an upload under way. */
  readonly ownProblem = signal<string | null>(null);
  /** Whether the worker has tried to submit it: only then are problems shown. */
  readonly wasChecked = signal(false);
  /** Whether the worker may change it; set by fields. */
  isEditable = false;
  /** Whether one press answers it as a whole, as with a choice of one value; set by fields. */
  isChoice = false;
  /** What is wrong now, or null. */
  readonly problem: ReadonlySignal<string | null>;
  readonly shownProblem: ReadonlySignal<string | null>;

  constructor(bound: BoundNode) {
    this.node = bound.node;
    this.parent = bound.scope.owner;
    this.scope = bound.scope.ownedBy(this);
    instanceCount += 1;
    this.id = `mh${instanceCount}`;
    this.problem = computed(() => this.ownProblem.value ?? this.findFailure());
    this.shownProblem = computed(() => (this.wasChecked.value ? this.problem.value : null));
  }

  get task(): TaskState {
    return this.scope.task;
  }

  /** The evaluated property, which may be a component bound for rendering. */
  get(property: string): unknown {
    return evaluate(this.node[property], this.scope);
  }

  text(property: string): string {
    return toText(this.get(property));
  }

  flag(property: string): boolean {
    return Boolean(this.get(property));
  }

  number(property: string): number | undefined {
    return toNumber(this.get(property));
  }

  /** The writing direction that `rtl.mode` asks for. */
  direction(): "ltr" | "rtl" | "auto" {
    const mode = (this.get("rtl") as { mode?: unknown } | undefined)?.mode;
    return mode === "rtl" || mode === "ltr" ? mode : "auto";
  }

  address(): Address | null {
    return addressOf(this.node.data, this.scope);
  }

  isDisabled(): boolean {
    return this.task.suite.services.isReadOnly || this.flag("disabled");
  }

  value(): unknown {
    return this.get("data");
  }

  /** Write the value of a field; undefined clears it. */
  setValue(value: unknown, options?: { readonly isTyped: boolean }): void {
    const address = this.address();
    if (address) this.task.write(address, value, options);
  }

  isWithin(ancestor: Instance): boolean {
    if (this === ancestor) return true;
    return this.parent !== null && this.parent.isWithin(ancestor);
  }

  private findFailure(): string | null {
    if (this.node.validation === undefined) return null;
    try {
      const failure = failureOf(this.node.validation, this.scope);
      return failure === "" ? this.task.suite.t("error.required") : failure;
    } catch (error) {
      if (error instanceof UnknownComponentError) this.task.suite.reportUnknown(error.type, this.task.index);
      return this.task.suite.t("error.unknown", { type: error instanceof UnknownComponentError ? error.type : String(error) });
    }
  }
}
