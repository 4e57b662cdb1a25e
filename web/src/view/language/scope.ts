/** The scope in which a property is evaluated: its task, the component around it, locals and the item of a list. */

import type { Instance } from "../state/instance";
import type { TaskState } from "../state/task-state";
import type { Node } from "./config";
import type { Path } from "./paths";

/** Where a value lives. */
export interface Address {
  readonly source: "input" | "output" | "internal" | "local";
  readonly path: Path;
}

/** A component of the config together with the scope in which its properties have their meaning. */
export interface BoundNode {
  readonly node: Node;
  readonly scope: Scope;
}

export class Scope {
  private readonly bounds = new WeakMap<Node, BoundNode>();
  private readonly itemScopes = new WeakMap<Node, Scope[]>();

  constructor(
    readonly task: TaskState,
    readonly owner: Instance | null = null,
    readonly locals: Readonly<Record<string, unknown>> = {},
    readonly relative: Address | null = null,
  ) {}

  /** The same node in the same scope is the same object, so that a component is not built anew at every change. */
  bind(node: Node): BoundNode {
    const known = this.bounds.get(node);
    if (known) return known;
    const bound = new Bound(node, this);
    this.bounds.set(node, bound);
    return bound;
  }

  ownedBy(owner: Instance): Scope {
    return new Scope(this.task, owner, this.locals, this.relative);
  }

  /** The scope of an element of a list in the output; `data.relative` starts at the element. */
  within(relative: Address): Scope {
    return new Scope(this.task, this.owner, this.locals, relative);
  }

  /** The scope of one element of `helper.transform`; it stays the same object while the element does. */
  forItem(transform: Node, index: number, item: unknown, isSame: (a: unknown, b: unknown) => boolean): Scope {
    const scopes = this.itemScopes.get(transform) ?? [];
    this.itemScopes.set(transform, scopes);
    const known = scopes[index];
    if (known && isSame(known.locals.item, item)) return known;
    const scope = new Scope(this.task, this.owner, { ...this.locals, item, index }, this.relative);
    scopes[index] = scope;
    return scope;
  }
}

class Bound implements BoundNode {
  constructor(
    readonly node: Node,
    readonly scope: Scope,
  ) {}
}

export function isBound(value: unknown): value is BoundNode {
  return value instanceof Bound;
}

/** Name an address in one string, for maps and for the `name` of radio buttons. */
export function keyOf(address: Address): string {
  return `${address.source}:${address.path.join(".")}`;
}
