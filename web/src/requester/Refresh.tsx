/** What stands above a part: a hint or the way back, trouble, and a way to load it again. */

import type { ComponentChildren, VNode } from "preact";

import type { Loaded } from "../site/load";
import { Trouble } from "./Trouble";
import { t } from "./words";

export function Refresh({ loaded, hint = "" }: { loaded: Loaded<unknown>; hint?: ComponentChildren }): VNode {
  return (
    <div class="requester-refresh">
      <p class="site-soft">{loaded.value === null && !loaded.error ? t("app.loading") : hint}</p>
      <button type="button" class="mh-button mh-button-small" onClick={loaded.reload}>
        {t("tab.refresh")}
      </button>
      {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
    </div>
  );
}
