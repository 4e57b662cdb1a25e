/** Content: whatever a property evaluated to, rendered: a component, a list of them, or plain text. */

import { type ComponentType, type VNode, createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Node } from "./language/config";
import { toText } from "./language/json";
import { type BoundNode, isBound } from "./language/scope";

/** Renders a component; given by the page, so that components need not know the registry they are in. */
export const NodeRenderer = createContext<ComponentType<{ bound: BoundNode }>>(() => null);

const nodeKeys = new WeakMap<Node, number>();
let nodeCount = 0;

export function Content({ value }: { value: unknown }): VNode | null {
  const NodeView = useContext(NodeRenderer);
  if (value === undefined || value === null || typeof value === "boolean" || value === "") return null;
  if (isBound(value)) return <NodeView key={keyOfNode(value.node)} bound={value} />;
  if (Array.isArray(value)) {
    return (
      <>
        {value.map((item, index) => (
          <Content key={itemKey(item, index)} value={item} />
        ))}
      </>
    );
  }
  return <span dir="auto">{toText(value)}</span>;
}

/** A key that stays while a component stays, and differs between a component and what replaces it. */
export function itemKey(item: unknown, index: number): string {
  return isBound(item) ? `${keyOfNode(item.node)}.${index}` : String(index);
}

function keyOfNode(node: Node): number {
  const known = nodeKeys.get(node);
  if (known !== undefined) return known;
  nodeCount += 1;
  nodeKeys.set(node, nodeCount);
  return nodeCount;
}
