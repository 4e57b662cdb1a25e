/** Training tasks on a page: an answer is checked as soon as it is given, and the page is sent when every answer is right. */

import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";

import type { JsonObject, TaskSuiteHandle } from "../view";
import { inWords } from "./refusals";
import { type Page, type Verdict, server } from "./server";
import { t } from "./words";

interface Checked {
  /** The answer that was checked, as text. */
  readonly answer: string;
  readonly verdict: Verdict | null;
  readonly error: Error | null;
}

export interface Lessons {
  readonly areThere: boolean;
  /** Hear of a new answer; one choice is checked at once. */
  answered(taskIndex: number, output: JsonObject): void;
  /** Check what is not checked yet; resolves to whether all answers are right, and goes to the first that is not. */
  finish(): Promise<boolean>;
  footer(taskIndex: number, isAnswered: boolean): VNode | null;
}

export function useLessons(page: Page, suite: { readonly current: TaskSuiteHandle | null }, onAllRight: () => void): Lessons {
  const checked = useRef(new Map<number, Checked>());
  const [, draw] = useState(0);
  const lessons = page.tasks.flatMap((task, index) => (task.is_training ? [index] : []));
  const answerOf = (index: number) => JSON.stringify(suite.current?.outputs()[index] ?? {});
  const known = (index: number) => {
    const last = checked.current.get(index);
    return last?.answer === answerOf(index) ? last : undefined;
  };
  const isRight = (index: number) => known(index)?.verdict?.is_right === true;

  const check = async (index: number): Promise<void> => {
    const answer = answerOf(index);
    const note = (found: Pick<Checked, "verdict" | "error">) => {
      checked.current.set(index, { answer, ...found });
      draw((number) => number + 1);
    };
    try {
      note({ verdict: await server.check(page.id, page.tasks[index]?.id ?? "", JSON.parse(answer) as JsonObject), error: null });
    } catch (error) {
      note({ verdict: null, error: inWords(error) });
    }
  };
  const checkAndGoOn = async (index: number): Promise<void> => {
    await check(index);
    if (!isRight(index)) return;
    const next = lessons.find((other) => other > index && !isRight(other)) ?? lessons.find((other) => !isRight(other));
    if (next === undefined) onAllRight();
    else suite.current?.focusTask(next);
  };
  return {
    areThere: lessons.length > 0,
    answered: (index) => {
      if (!lessons.includes(index)) return;
      draw((number) => number + 1);
      if (suite.current?.isOneChoice(index) && answerOf(index) !== "{}") void checkAndGoOn(index);
    },
    finish: async () => {
      await Promise.all(lessons.filter((index) => !isRight(index)).map(check));
      const wrong = lessons.find((index) => !isRight(index));
      if (wrong !== undefined) suite.current?.focusTask(wrong);
      return wrong === undefined;
    },
    footer: (index, isAnswered) =>
      lessons.includes(index) && isAnswered ? <Lesson checked={known(index)} onCheck={() => void checkAndGoOn(index)} /> : null,
  };
}

function Lesson({ checked, onCheck }: { checked: Checked | undefined; onCheck: () => void }): VNode {
  const verdict = checked?.verdict;
  return (
    <div class="worker-lesson" aria-live="polite">
      {verdict?.is_right && <p class="worker-passed">{t("course.right")}</p>}
      {verdict && !verdict.is_right && (
        <div class="worker-mistake">
          <p>{t("course.wrong")}</p>
          {verdict.hint && <p dir="auto">{t("course.hint", { hint: verdict.hint })}</p>}
        </div>
      )}
      {checked?.error && <p class="worker-mistake">{checked.error.message}</p>}
      {!verdict && (
        <button type="button" class="mh-button mh-button-small" onClick={onCheck}>
          {t("course.check")}
        </button>
      )}
    </div>
  );
}
