/** The state of a task suite: its tasks, which of them is active, messages, undo, and what may be submitted. */

import { type ReadonlySignal, type Signal, computed, signal, untracked } from "@preact/signals";

import { type ViewConfig, parseConfig } from "../language/config";
import type { JsonObject } from "../language/json";
import { type Address, keyOf } from "../language/scope";
import { type TextKey, format } from "../texts";
import type { Instance } from "./instance";
import type { Services } from "./services";
import { TaskState } from "./task-state";

export interface Task {
  readonly id: string;
  readonly input_values: JsonObject;
}

export interface ValidationError {
  readonly taskIndex: number;
  readonly taskId: string;
  /** The type of the component that failed, or 'view' for a part that cannot be shown at all. */
  readonly component: string;
  readonly message: string;
}

export interface Validation {
  readonly isValid: boolean;
  readonly errors: readonly ValidationError[];
}

export type Theme = "info" | "success" | "warning" | "danger";

export interface Toast {
  readonly key: number;
  readonly content: string;
  readonly theme: Theme;
}

/** What is typed into one place without a longer rest than this is undone together. */
const UNDO_GROUP_MS = 1_000;

/** How long a message stays if the view does not say. */
const TOAST_MS = 5_000;

interface Change {
  readonly task: TaskState;
  readonly before: JsonObject;
  readonly place: string;
  readonly at: number;
  readonly isTyped: boolean;
}

export interface SuiteOptions {
  readonly config: string | object;
  readonly tasks: readonly Task[];
  readonly drafts?: readonly (JsonObject | null | undefined)[];
  readonly services: Services;
  readonly onUnknownComponent?: (type: string, taskIndex: number) => void;
}

let suiteCount = 0;

export class SuiteState {
  /** Unique on the page; part of the names of radio buttons. */
  readonly name: string;
  readonly config: ViewConfig;
  readonly tasks: readonly TaskState[];
  readonly activeIndex = signal(0);
  readonly toasts = signal<readonly Toast[]>([]);
  /** What a screen reader is told. */
  readonly announcement = signal("");
  readonly isValid: ReadonlySignal<boolean>;
  /** The player that plays; there is only one at a time. */
  readonly playing = signal<Instance | null>(null);
  /** Workers choose a speed once, not for every recording. */
  readonly playbackRate = signal(1);
  isDisposed = false;
  /** Going on from an answer by key to the next task; waits until the page shows what the answer has opened or closed. */
  pendingStep: (() => void) | null = null;

  private readonly currentServices: Signal<Services>;
  private readonly coordinates = signal<string | undefined>(undefined);
  private isLocating = false;
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private readonly changes: Change[] = [];
  private readonly unknown = new Set<string>();
  private toastCount = 0;

  constructor(private readonly options: SuiteOptions) {
    suiteCount += 1;
    this.name = `mh-suite${suiteCount}`;
    this.config = parseConfig(options.config);
    this.currentServices = signal(options.services);
    this.tasks = options.tasks.map((task, i) => new TaskState(this, i, task.id, task.input_values, options.drafts?.[i]));
    this.isValid = computed(() => this.tasks.every((task) => task.isValid.value));
  }

  get services(): Services {
    return this.currentServices.value;
  }

  set services(services: Services) {
    this.currentServices.value = services;
  }

  t(key: TextKey, parameters?: Readonly<Record<string, string | number>>): string {
    return format(this.services.texts[key], parameters);
  }

  outputs(): JsonObject[] {
    for (const task of this.tasks) task.settle();
    return this.tasks.map((task) => task.output.peek());
  }

  /** Check all tasks and show what is wrong at the components. */
  validate(): Validation {
    const errors: ValidationError[] = [];
    for (const task of this.tasks) {
      task.settle();
      const of = { taskIndex: task.index, taskId: task.id };
      for (const message of untracked(() => task.blockers())) errors.push({ ...of, component: "view", message });
      for (const instance of untracked(() => task.instances())) {
        instance.wasChecked.value = true;
        const message = instance.problem.peek();
        if (message !== null) errors.push({ ...of, component: instance.node.type, message });
      }
    }
    const first = errors[0];
    this.announcement.value = first ? `${this.t("error.count", { count: errors.length })} ${first.message}` : "";
    return { isValid: errors.length === 0, errors };
  }

  activate(index: number): void {
    if (index >= 0 && index < this.tasks.length) this.activeIndex.value = index;
  }

  remember(task: TaskState, address: Address, isTyped: boolean): void {
    const place = `${task.index}/${keyOf(address)}`;
    const last = this.changes.at(-1);
    const now = Date.now();
    if (isTyped && last?.isTyped && last.place === place && now - last.at < UNDO_GROUP_MS) {
      this.changes[this.changes.length - 1] = { ...last, at: now };
    } else {
      this.changes.push({ task, before: task.output.peek(), place, at: now, isTyped });
    }
  }

  /** Take back what the active task has begun, else the last change of a solution; returns the task it belongs to, or null if there is none. */
  undo(): TaskState | null {
    const active = this.tasks[this.activeIndex.peek()];
    if (active && [...active.keyWidgets].some((widget) => widget.takeBack?.())) return active;
    const change = this.changes.pop();
    if (!change) return null;
    change.task.output.value = change.before;
    this.activate(change.task.index);
    return change.task;
  }

  notify(content: string, theme: Theme, delay = 0, duration = delay + TOAST_MS): void {
    this.toastCount += 1;
    const toast = { key: this.toastCount, content, theme };
    this.after(delay, () => (this.toasts.value = [...this.toasts.peek(), toast]));
    this.after(Math.max(duration, delay), () => this.dismiss(toast.key));
  }

  dismiss(key: number): void {
    this.toasts.value = this.toasts.peek().filter((toast) => toast.key !== key);
  }

  /** `latitude,longitude` of the device; undefined until the worker has allowed it. */
  location(): string | undefined {
    if (!this.isLocating && "geolocation" in navigator) {
      this.isLocating = true;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => (this.coordinates.value = `${coords.latitude},${coords.longitude}`),
        () => this.notify(this.t("location.denied"), "warning"),
      );
    }
    return this.coordinates.value;
  }

  reportUnknown(type: string, taskIndex: number): void {
    const key = `${type}/${taskIndex}`;
    if (this.unknown.has(key)) return;
    this.unknown.add(key);
    this.options.onUnknownComponent?.(type, taskIndex);
  }

  dispose(): void {
    this.isDisposed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private after(milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, milliseconds);
    this.timers.add(timer);
  }
}
