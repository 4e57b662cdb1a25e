/** Views that hold other components. */

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Content, itemKey } from "../Content";
import { isObject, toText } from "../language/json";
import { sizeOf } from "../media";
import type { Instance } from "../state/instance";

export function ListView({ instance }: { instance: Instance }): VNode {
  const direction = instance.text("direction") === "horizontal" ? "horizontal" : "vertical";
  const size = instance.text("size") === "s" ? "s" : "m";
  return (
    <div class={`mh-list mh-list-${direction} mh-gap-${size}`} dir={instance.get("rtl") ? instance.direction() : undefined}>
      <Content value={instance.get("items")} />
    </div>
  );
}

export function Group({ instance }: { instance: Instance }): VNode {
  return (
    <div class="mh-group">
      <Content value={instance.get("content")} />
    </div>
  );
}

export function Alert({ instance }: { instance: Instance }): VNode {
  return (
    <div class={`mh-alert mh-theme-${instance.text("theme") || "info"}`}>
      <Content value={instance.get("content")} />
    </div>
  );
}

/** Closed content stays mounted: its fields keep their answers and are checked. */
export function Collapse({ instance }: { instance: Instance }): VNode {
  const details = useRef<HTMLDetailsElement>(null);
  instance.handles.toggleOpen = () => {
    if (details.current) details.current.open = !details.current.open;
  };
  const isOpenAtFirst = useRef(instance.flag("defaultOpened"));
  const isHidingProblem = instance.task.instances().some((i) => i !== instance && i.isWithin(instance) && i.shownProblem.value !== null);
  useEffect(() => {
    if (isHidingProblem && details.current) details.current.open = true;
  }, [isHidingProblem]);
  useEffect(() => {
    if (isOpenAtFirst.current && details.current) details.current.open = true;
  }, []);
  return (
    <details ref={details} class="mh-collapse">
      <summary>{instance.text("label")}</summary>
      <div class="mh-collapse-content">
        <Content value={instance.get("content")} />
      </div>
    </details>
  );
}

export function DeviceFrame({ instance }: { instance: Instance }): VNode {
  const size = sizeOf(instance);
  return (
    <div class={`mh-device ${size.class}`} style={size.style}>
      <Content value={instance.get("content")} />
    </div>
  );
}

export function LabeledList({ instance }: { instance: Instance }): VNode {
  const items = instance.get("items");
  const minimum = instance.number("minWidth");
  const style = minimum === undefined ? {} : { "--mh-labeled-min": `${minimum}px` };
  return (
    <dl class="mh-labeled" style={style}>
      {(Array.isArray(items) ? items : []).filter(isObject).map((item, index) => (
        <div key={itemKey(item.content, index)} class={item.centerLabel ? "mh-labeled-item mh-centered" : "mh-labeled-item"}>
          <dt>
            {toText(item.label)}
            {item.hint !== undefined && <span class="mh-hint">{toText(item.hint)}</span>}
          </dt>
          <dd>
            <Content value={item.content} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
