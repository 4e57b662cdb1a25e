/** Something did not work: what, and how to try again. */

import type { VNode } from "preact";

import { Unreachable } from "../site/api";
import { t } from "./words";

export function Trouble({ error, onRetry }: { error: Error; onRetry?: () => void }): VNode {
  return (
    <div class="site-trouble" role="alert">
      <p>{error instanceof Unreachable ? t("app.offline") : t("app.error", { message: error.message })}</p>
      {onRetry && (
        <button type="button" class="mh-button" onClick={onRetry}>
          {t("app.retry")}
        </button>
      )}
    </div>
  );
}
