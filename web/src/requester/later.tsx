/** Parts of the page that load when they are first shown, so that the list of launches is there at once. */

import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

import { Trouble } from "./Trouble";
import { t } from "./words";

export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return function Later(properties: P): VNode {
    const [part, setPart] = useState<{ component: ComponentType<P> } | null>(null);
    const [error, setError] = useState<Error | null>(null);
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
      let isWanted = true;
      load().then(
        (component) => isWanted && setPart({ component }),
        (problem: unknown) => isWanted && setError(problem as Error),
      );
      return () => {
        isWanted = false;
      };
    }, [attempt]);
    if (part) return <part.component {...properties} />;
    if (error) return <Trouble error={error} onRetry={() => (setError(null), setAttempt(attempt + 1))} />;
    return <p class="site-loading">{t("app.loading")}</p>;
  };
}
