/** One component of the view: mounted, framed, and kept from breaking the rest of the page. */

import type { VNode } from "preact";
import { useLayoutEffect, useMemo } from "preact/hooks";

import { Boundary } from "./Boundary";
import { Frame } from "./Frame";
import { UnknownComponentError, kindOf } from "./language/config";
import type { BoundNode } from "./language/scope";
import { type Definition, REGISTRY } from "./registry";
import { Instance } from "./state/instance";

export function NodeView({ bound }: { bound: BoundNode }): VNode {
  return (
    <Boundary task={bound.scope.task} type={bound.node.type}>
      <KnownNode bound={bound} />
    </Boundary>
  );
}

function KnownNode({ bound }: { bound: BoundNode }): VNode {
  const definition = REGISTRY[kindOf(bound.node)];
  if (!definition) throw new UnknownComponentError(bound.node.type);
  return <Mounted bound={bound} definition={definition} />;
}

function Mounted({ bound, definition }: { bound: BoundNode; definition: Definition }): VNode {
  const instance = useMemo(() => new Instance(bound), [bound]);
  useLayoutEffect(() => instance.task.mount(instance), [instance]);
  const Body = definition.body;
  return (
    <Frame instance={instance} kind={definition.frame ?? "plain"}>
      <Body key={instance.id} instance={instance} />
    </Frame>
  );
}
