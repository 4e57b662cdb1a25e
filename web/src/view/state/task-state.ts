/** The state of one task on the page: its input, its solution so far, and the components mounted for it. */

import { type ReadonlySignal, batch, computed, signal } from "@preact/signals";

import { ConfigError, type Node } from "../language/config";
import { type Json, type JsonObject, hasContent, isEqual } from "../language/json";
import { getAt, removeAt, setAt } from "../language/paths";
import { type Address, Scope, keyOf } from "../language/scope";
import type { Instance, Medium } from "./instance";
import type { SuiteState } from "./suite-state";

/** A mounted widget that uses keys while its task is the active one; keys are named as the config names them. */
export interface KeyWidget {
  /** Do what a key does; returns whether it did anything. */
  press(key: string): boolean;
  list(): readonly { readonly name: string; readonly label: string }[];
  /** Take back what is not part of the solution yet, such as a corner of an unfinished shape; returns whether there was anything. */
  takeBack?(): boolean;
}

export class TaskState {
  readonly scope: Scope;
  readonly output;
  readonly internal = signal<JsonObject>({});
  readonly openedLinks = signal<ReadonlySet<string>>(new Set());
  readonly keyWidgets = new Set<KeyWidget>();
  /** The section of the page that shows the task. */
  element: HTMLElement | null = null;
  /** What is wrong with the plugins: it blocks submission, and is shown above the task. */
  readonly faults = signal<readonly string[]>([]);
  /** What components that broke or are unknown show in their place: it blocks submission too. */
  readonly brokenParts = signal<readonly string[]>([]);
  readonly isValid: ReadonlySignal<boolean>;
  /** Valid, and more than left as it was: something is answered, or there is nothing to answer. */
  readonly isAnswered: ReadonlySignal<boolean>;

  private readonly mounted = new Set<Instance>();
  private readonly mountedVersion = signal(0);
  private readonly fields = new Map<string, Set<Instance>>();
  private readonly remembered = new WeakMap<Node, Map<string, Json>>();
  private readonly written = new Set<string>();
  private readonly pendingDefaults = new Map<string, { address: Address; value: Json }>();

  constructor(
    readonly suite: SuiteState,
    readonly index: number,
    readonly id: string,
    readonly input: JsonObject,
    draft: JsonObject | null | undefined,
  ) {
    this.output = signal<JsonObject>(draft ?? {});
    this.scope = new Scope(this);
    this.isValid = computed(() => this.blockers().length === 0 && this.instances().every((i) => i.problem.value === null));
    this.isAnswered = computed(() => this.isValid.value && (hasContent(this.output.value) || !this.instances().some((i) => i.isEditable)));
  }

  instances(): Instance[] {
    void this.mountedVersion.value;
    return [...this.mounted];
  }

  mediaOf(owner: Instance | null): Medium[] {
    if (owner?.medium) return [owner.medium];
    return this.instances()
      .filter((instance) => instance.medium && (owner === null || instance.isWithin(owner)))
      .flatMap((instance) => (instance.medium ? [instance.medium] : []));
  }

  read(address: Address, getDefault: () => unknown): unknown {
    const value = getAt(this.treeOf(address), address.path);
    if (value !== undefined || this.wasWritten(address)) return value;
    const fallback = getDefault();
    if (fallback !== undefined && address.source !== "input") this.queueDefault(address, fallback as Json);
    return fallback;
  }

  /** Write a value as the worker or an action does; undefined removes it. What is typed in one go is taken back in one go. */
  write(address: Address, value: unknown, { isTyped = false } = {}): void {
    const isSame = value !== undefined && isEqual(getAt(this.treeOf(address, true), address.path), value);
    if (isSame && this.wasWritten(address)) return;
    if (address.source === "output") this.suite.remember(this, address, isTyped);
    this.put(address, value);
  }

  /** Put the defaults that were read into the output, so that they are part of the solution. */
  settle(): void {
    const defaults = [...this.pendingDefaults.values()];
    this.pendingDefaults.clear();
    batch(() => {
      for (const { address, value } of defaults) {
        const isOpen = !this.wasWritten(address) && getAt(this.treeOf(address, true), address.path) === undefined;
        if (isOpen) this.put(address, value);
      }
    });
  }

  mount(instance: Instance): () => void {
    const address = instance.node.data === undefined ? null : addressIn(instance);
    this.mounted.add(instance);
    this.mountedVersion.value = this.mountedVersion.peek() + 1;
    if (address?.source === "output") this.mountField(instance, address);
    return () => {
      this.mounted.delete(instance);
      this.mountedVersion.value = this.mountedVersion.peek() + 1;
      if (address?.source === "output") this.unmountField(instance, address);
    };
  }

  /** Forget that anything below the address was written, so that defaults apply there again. */
  renew(address: Address): void {
    const prefix = `${keyOf(address)}.`;
    for (const key of this.written) if (key.startsWith(prefix)) this.written.delete(key);
  }

  /** Whether all there is to answer now is one choice of one value. */
  isOneChoice(): boolean {
    const editable = [...this.fields.values()].map((instances) => [...instances].filter((instance) => instance.isEditable));
    const [only, ...others] = editable.filter((instances) => instances.length > 0);
    return only !== undefined && others.length === 0 && only.every((instance) => instance.isChoice);
  }

  markOpened(url: string): void {
    this.openedLinks.value = new Set([...this.openedLinks.peek(), url]);
  }

  /** What keeps the task from being submitted, whatever the worker answers. */
  blockers(): readonly string[] {
    return [...this.faults.value, ...this.brokenParts.value];
  }

  reportFault(fault: string): void {
    if (!this.faults.peek().includes(fault)) this.faults.value = [...this.faults.peek(), fault];
  }

  reportBroken(fault: string): void {
    this.brokenParts.value = [...this.brokenParts.peek(), fault];
  }

  withdrawBroken(fault: string): void {
    const at = this.brokenParts.peek().indexOf(fault);
    this.brokenParts.value = this.brokenParts.peek().filter((_, index) => index !== at);
  }

  private put(address: Address, value: unknown): void {
    if (address.source !== "output" && address.source !== "internal") {
      throw new ConfigError(`data.${address.source} cannot be written`);
    }
    const tree = address.source === "output" ? this.output : this.internal;
    this.written.add(keyOf(address));
    const next = value === undefined ? removeAt(tree.peek(), address.path) : setAt(tree.peek(), address.path, value as Json);
    // A new object even if nothing changed: a cleared place stops showing its default.
    tree.value = { ...(next as JsonObject | undefined) };
  }

  private mountField(instance: Instance, address: Address): void {
    const key = keyOf(address);
    const fields = this.fields.get(key) ?? new Set();
    this.fields.set(key, fields.add(instance));
    const memory = this.remembered.get(instance.node);
    const value = memory?.get(key);
    memory?.delete(key);
    if (value !== undefined && getAt(this.output.peek(), address.path) === undefined) this.put(address, value);
  }

  /** A field that disappears takes its value along, unless another field shows the same place or the page goes. */
  private unmountField(instance: Instance, address: Address): void {
    const key = keyOf(address);
    const fields = this.fields.get(key);
    fields?.delete(instance);
    if (fields && fields.size > 0) return;
    this.fields.delete(key);
    if (this.suite.isDisposed || !this.hasListItem(instance)) return;
    const value = getAt(this.output.peek(), address.path) as Json | undefined;
    if (value === undefined) return;
    const memory = this.remembered.get(instance.node) ?? new Map<string, Json>();
    this.remembered.set(instance.node, memory.set(key, value));
    this.put(address, undefined);
  }

  /** Whether the list item of a field is still there; a removed item has taken its values along already. */
  private hasListItem(instance: Instance): boolean {
    const relative = instance.scope.relative;
    return !relative || getAt(this.treeOf(relative, true), relative.path) !== undefined;
  }

  private queueDefault(address: Address, value: Json): void {
    if (this.pendingDefaults.size === 0) queueMicrotask(() => this.settle());
    this.pendingDefaults.set(keyOf(address), { address, value });
  }

  private wasWritten(address: Address): boolean {
    return this.written.has(keyOf(address));
  }

  private treeOf(address: Address, silently = false): JsonObject {
    if (address.source === "input") return this.input;
    const tree = address.source === "output" ? this.output : this.internal;
    return silently ? tree.peek() : tree.value;
  }
}


function addressIn(instance: Instance): Address | null {
  try {
    return instance.address();
  } catch {
    // An unknown kind of data is reported where the component is rendered.
    return null;
  }
}
