/** Texts and what separates them. */

import type { VNode } from "preact";

import { Markdown } from "../SafeHtml";
import type { Instance } from "../state/instance";

export function TextView({ instance }: { instance: Instance }): VNode {
  return (
    <div class="mh-text" dir={instance.direction()}>
      {instance.text("content")}
    </div>
  );
}

export function MarkdownView({ instance }: { instance: Instance }): VNode {
  return <Markdown text={instance.text("content")} />;
}

export function Divider(): VNode {
  return <hr class="mh-divider" />;
}
