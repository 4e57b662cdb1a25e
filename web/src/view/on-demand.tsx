/** Components that load when they are first shown, so that pages that do not need them stay small. */

import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

import { useOwnProblem } from "./fields/own-problem";
import type { Instance } from "./state/instance";

type Body = ComponentType<{ instance: Instance }>;

export function onDemand(load: () => Promise<Body>): Body {
  return function OnDemand({ instance }: { instance: Instance }): VNode {
    const { suite } = instance.task;
    const [body, setBody] = useState<{ component: Body } | null>(null);
    const [attempt, setAttempt] = useState(0);
    const [hasFailed, setHasFailed] = useState(false);
    useEffect(() => {
      let isCurrent = true;
      setHasFailed(false);
      load().then(
        (component) => isCurrent && setBody({ component }),
        () => isCurrent && setHasFailed(true),
      );
      return () => {
        isCurrent = false;
      };
    }, [attempt]);
    useOwnProblem(instance, body === null ? suite.t(hasFailed ? "tool.failed" : "tool.loading") : null);
    if (body) return <body.component instance={instance} />;
    return (
      <div class="mh-placeholder" aria-busy={!hasFailed}>
        <p>{suite.t(hasFailed ? "tool.failed" : "tool.loading")}</p>
        {hasFailed && (
          <button type="button" class="mh-button mh-button-small" onClick={() => setAttempt(attempt + 1)}>
            {suite.t("error.retry")}
          </button>
        )}
      </div>
    );
  };
}
