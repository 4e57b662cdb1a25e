/** Layouts: components beside one another where the width allows, below one another where it does not. */

import type { VNode } from "preact";

import { Content, itemKey } from "../Content";
import { isObject, toNumber } from "../language/json";
import type { Instance } from "../state/instance";

/**
 * Two things to compare stay beside one another on a phone of 360 px, where "left" and "right" would otherwise mean
 * nothing; the language's own 400 px would put them below one another.
 */
const COMPARE_MIN_PX = 136;
const COMPARE_MAX_PX = 440;
const SIDEBAR_WIDTH_PX = 240;
const SIDEBAR_CONTENT_PX = 320;

export function Columns({ instance }: { instance: Instance }): VNode {
  const items = itemsOf(instance);
  const ratio = instance.get("ratio");
  const minimum = instance.number("minWidth") ?? 0;
  const align = { top: "start", middle: "center", bottom: "end" }[instance.text("verticalAlign")] ?? "stretch";
  return (
    <div class={instance.flag("fullHeight") ? "mh-columns mh-full-height" : "mh-columns"} style={{ alignItems: align }}>
      {items.map((item, index) => (
        <div key={itemKey(item, index)} style={{ flex: `${share(ratio, index)} 1 ${minimum}px` }}>
          <Content value={item} />
        </div>
      ))}
    </div>
  );
}

export function SideBySide({ instance }: { instance: Instance }): VNode {
  return (
    <div class="mh-compare">
      <div class="mh-compare-items" style={minimumStyle(instance.number("minItemWidth"))}>
        {itemsOf(instance).map((item, index) => (
          <div key={itemKey(item, index)} class="mh-compare-item">
            <Content value={item} />
          </div>
        ))}
      </div>
      <div class="mh-compare-controls mh-wide">
        <Content value={instance.get("controls")} />
      </div>
    </div>
  );
}

export function Compare({ instance }: { instance: Instance }): VNode {
  const controls = instance.get("commonControls");
  return (
    <div class="mh-compare">
      <div class="mh-compare-items" style={minimumStyle(instance.number("minWidth"))}>
        {itemsOf(instance)
          .filter(isObject)
          .map((item, index) => (
            <div key={itemKey(item.content, index)} class="mh-compare-item">
              <Content value={item.content} />
              {item.controls !== undefined && (
                <div class="mh-compare-own">
                  <Content value={item.controls} />
                </div>
              )}
            </div>
          ))}
      </div>
      {controls !== undefined && (
        <div class={instance.flag("wideCommonControls") ? "mh-compare-controls mh-wide" : "mh-compare-controls"}>
          <Content value={controls} />
        </div>
      )}
    </div>
  );
}

export function Sidebar({ instance }: { instance: Instance }): VNode {
  const width = instance.number("controlsWidth") ?? SIDEBAR_WIDTH_PX;
  const minimum = instance.number("minWidth");
  const content = minimum === undefined ? SIDEBAR_CONTENT_PX : Math.max(minimum - width, 0);
  return (
    <div class="mh-sidebar">
      <div class="mh-sidebar-content" style={{ flexBasis: `${content}px` }}>
        <Content value={instance.get("content")} />
      </div>
      <div class="mh-sidebar-controls" style={{ flexBasis: `${width}px` }}>
        <Content value={instance.get("controls")} />
        <Content value={instance.get("extraControls")} />
      </div>
    </div>
  );
}

export function Bars({ instance }: { instance: Instance }): VNode {
  const [before, after] = [instance.get("barBefore"), instance.get("barAfter")];
  return (
    <div class="mh-bars">
      {before !== undefined && (
        <div class="mh-bar">
          <Content value={before} />
        </div>
      )}
      <div class="mh-bars-content">
        <Content value={instance.get("content")} />
      </div>
      {after !== undefined && (
        <div class="mh-bar">
          <Content value={after} />
        </div>
      )}
    </div>
  );
}

function itemsOf(instance: Instance): unknown[] {
  const items = instance.get("items");
  return Array.isArray(items) ? items.filter((item) => item !== undefined && item !== null) : [];
}

function share(ratio: unknown, index: number): number {
  return Array.isArray(ratio) ? (toNumber(ratio[index]) ?? 1) : 1;
}

function minimumStyle(minimum: number | undefined): Record<string, string> {
  return { "--mh-item-min": `${Math.min(minimum ?? COMPARE_MIN_PX, COMPARE_MAX_PX)}px` };
}
