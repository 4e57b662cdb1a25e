/** One task as workers see it: to be tried, or with an answer. */

import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { type JsonObject, TaskSuite, type TaskSuiteHandle, type Texts, loadTexts } from "../view";
import type { PreviewedTask } from "./task";
import { t } from "./words";

export function PreviewPage({ task }: { task: PreviewedTask | Error | null }): VNode {
  return (
    <main class="preview">
      <h1>{t("title")}</h1>
      {task === null && <p role="status">{t("nothing")}</p>}
      {task instanceof Error && <p role="alert">{t("broken", { message: task.message })}</p>}
      {task !== null && !(task instanceof Error) && <Shown task={task} />}
    </main>
  );
}

function Shown({ task }: { task: PreviewedTask }): VNode | null {
  const texts = useTexts(task.language);
  const suite = useRef<TaskSuiteHandle>(null);
  const [output, setOutput] = useState<JsonObject>(task.output ?? {});
  const [isComplete, setComplete] = useState(false);
  const tasks = useMemo(() => [{ id: "preview", input_values: task.input }], [task]);
  const change = (_: number, changed: JsonObject) => {
    setOutput(changed);
    setComplete(false);
  };
  if (texts === null) return null;
  const isAnswered = task.output !== null;
  return (
    <>
      <p class="preview-note">{t(isAnswered ? "answered" : "try")}</p>
      <div lang={task.language} dir="auto">
        <TaskSuite
          config={task.config}
          tasks={tasks}
          drafts={[task.output]}
          readOnly={isAnswered}
          readsServer={false}
          texts={texts}
          handle={suite}
          onChange={change}
          upload={keepHere}
        />
      </div>
      {!isAnswered && (
        <div class="preview-actions">
          <button type="button" class="mh-button mh-button-primary" onClick={() => setComplete(suite.current?.validate().isValid ?? false)}>
            {t("check")}
          </button>
          <p role="status">{isComplete && t("complete")}</p>
        </div>
      )}
      <details>
        <summary>{t("output")}</summary>
        <pre>{JSON.stringify(output, null, 2)}</pre>
      </details>
    </>
  );
}

function useTexts(language: string): Texts | null {
  const [texts, setTexts] = useState<Texts | null>(null);
  useEffect(() => {
    let isWanted = true;
    void loadTexts(language).then((loaded) => isWanted && setTexts(loaded));
    return () => {
      isWanted = false;
    };
  }, [language]);
  return texts;
}

/** Files that are tried stay in the browser; the name stands for the attachment. */
const keepHere = (_: Blob, name: string): Promise<string> => Promise.resolve(name);
