/** A page exactly as workers see it. */

import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { Markdown, TaskSuite, type TaskSuiteHandle } from "../view";
import { Refresh } from "./Refresh";
import { server } from "./server";
import { money, t } from "./words";

export function PreviewTab({ poolId }: { poolId: string; part: string }): VNode {
  const [offset, setOffset] = useState(0);
  const [isComplete, setComplete] = useState(false);
  const loaded = useLoaded(() => server.preview(poolId, offset), String(offset));
  const suite = useRef<TaskSuiteHandle>(null);
  const preview = loaded.value;
  const another = () => {
    setComplete(false);
    // Behind the last task it begins anew.
    setOffset(preview && preview.tasks.length > 0 ? offset + preview.tasks.length : 0);
  };
  return (
    <>
      <Refresh loaded={loaded} hint={t("preview.hint")} />
      {preview && (
        <div class="requester-preview">
          <h2 dir="auto">
            {preview.title} <span class="site-soft">{money(preview.reward)}</span>
          </h2>
          {preview.instruction && (
            <details>
              <summary>{t("preview.instruction")}</summary>
              <Markdown text={preview.instruction} />
            </details>
          )}
          <TaskSuite config={preview.view} tasks={preview.tasks} handle={suite} onChange={() => setComplete(false)} />
          <div class="requester-actions">
            <p role="status">{isComplete && t("preview.right")}</p>
            <button type="button" class="mh-button" onClick={another}>
              {t("preview.another")}
            </button>
            <button type="button" class="mh-button mh-button-primary" onClick={() => setComplete(suite.current?.validate().isValid ?? false)}>
              {t("preview.check")}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
