/** What workers were shown of a task, field by field. */

import type { VNode } from "preact";

import type { Values } from "../server";

export function InputValues({ values }: { values: Values }): VNode {
  return (
    <dl class="site-pairs requester-input">
      {Object.entries(values).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
