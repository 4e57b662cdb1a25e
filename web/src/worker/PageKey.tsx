/** The key for something that the page itself does, beside its button. */

import type { VNode } from "preact";

import { type OwnKeys, type PageAction, keyOfPage } from "./own-keys";

export function PageKey({ action, keys }: { action: PageAction; keys: OwnKeys }): VNode {
  return (
    <kbd class="mh-key" aria-hidden="true">
      {keyOfPage(action, keys)}
    </kbd>
  );
}
