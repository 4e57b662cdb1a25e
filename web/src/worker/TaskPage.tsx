/** One page of tasks: answers, time, reward, keys. */

import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { serverNow } from "../site/api";
import { Dialog } from "../site/Dialog";
import { Icon, type JsonObject, Markdown, TaskSuite, type TaskSuiteHandle } from "../view";
import { KeySettings } from "./KeySettings";
import { Expired, Refusal } from "./PageEnd";
import { PageKey } from "./PageKey";
import { ReportForm } from "./ReportForm";
import { TaskBar } from "./TaskBar";
import { type Draft, keepDraft } from "./drafts";
import { filesOf } from "./files";
import { useLessons } from "./lessons";
import { isOffline } from "./outbox";
import { type OwnKeys, findOwnKeys, keepOwnKeys } from "./own-keys";
import { usePageKeys } from "./page-keys";
import type { Page, Work } from "./server";
import { profile } from "./session";
import { texts } from "./texts";
import { direction, money, t } from "./words";

interface TaskPageProps {
  readonly page: Page;
  readonly work: Work;
  /** What was written on it before. */
  readonly draft: Draft | null;
  /** What the page before this one brings, when it was just sent. */
  readonly sentReward: number | null;
  readonly onSubmit: (outputs: readonly JsonObject[]) => Promise<void>;
  readonly onSkip: () => Promise<void>;
  readonly onNext: () => void;
}

const AUTO_KEY = "manyhands.sendAfterLast";
const READ_KEY = "manyhands.read.";

export function TaskPage({ page, work, draft, sentReward, onSubmit, onSkip, onNext }: TaskPageProps): VNode {
  const suite = useRef<TaskSuiteHandle>(null);
  const [answered, setAnswered] = useState<readonly boolean[]>([]);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [isAuto, setAuto] = useState(() => localStorage.getItem(AUTO_KEY) !== "no");
  const [open, setOpen] = useState<"instruction" | "keys" | "skip" | "report" | null>(() => (isNewHere(work) ? "instruction" : null));
  const workerId = profile.value?.worker_id ?? "";
  const [keys, setKeys] = useState(() => findOwnKeys(workerId));
  const files = useMemo(() => filesOf(page.id), [page.id]);
  const [unknown, setUnknown] = useState("");
  const left = useSecondsLeft(page.deadline);
  const isOver = left <= 0 && !isSending;

  const played = useRef<readonly (readonly string[])[]>(draft?.played ?? []);
  const keep = () => keepDraft(page.id, suite.current?.outputs() ?? [], played.current);
  const attempt = async (action: () => Promise<void>) => {
    setError(null);
    setSending(true);
    try {
      await action();
    } catch (problem) {
      setError(problem as Error);
      setSending(false);
    }
  };
  const submit = () => {
    if (isSending || !suite.current?.validate().isValid) return;
    const outputs = suite.current.outputs();
    keepDraft(page.id, outputs, played.current);
    void attempt(async () => {
      if (await lessons.finish()) await onSubmit(outputs);
      else setSending(false);
    });
  };
  const lessons = useLessons(page, suite, () => isAuto && submit());
  const chooseKeys = (chosen: OwnKeys) => {
    setKeys(chosen);
    keepOwnKeys(workerId, chosen);
  };
  usePageKeys(keys, { submit, undo: () => suite.current?.undo(), instruction: () => work.instruction && setOpen("instruction"), help: () => setOpen("keys") });

  if (isOver) return <Expired onNext={onNext} />;
  const doneCount = answered.filter(Boolean).length;
  // The browser tells late that a dialog was closed; by then another may be open.
  const close = (name: typeof open) => setOpen((now) => (now === name ? null : now));
  return (
    <div class="worker-task">
      <TaskBar
        title={work.title}
        reward={page.reward}
        secondsLeft={left}
        doneCount={doneCount}
        count={page.tasks.length}
        hasInstruction={work.instruction !== ""}
        keys={keys}
        onOpen={setOpen}
      />
      {sentReward !== null && (
        <p class="worker-sent" role="status">
          {sentReward > 0 ? t("work.sent", { reward: money(sentReward) }) : t("work.sentUnpaid")}
        </p>
      )}
      {draft && (
        <p class="worker-sent" role="status">
          {t("work.restored")}
        </p>
      )}
      <TaskSuite
        config={work.view}
        tasks={page.tasks}
        drafts={draft?.outputs}
        texts={texts.value}
        direction={direction.value}
        assignmentId={page.id}
        readOnly={isSending}
        keyMap={keys.tasks}
        submitOnComplete={isAuto && !lessons.areThere}
        played={draft?.played}
        onPlayed={(index, url) => {
          if (played.current[index]?.includes(url)) return;
          played.current = page.tasks.map((_, i) => [...(played.current[i] ?? []), ...(i === index ? [url] : [])]);
          keep();
        }}
        footer={(index) => lessons.footer(index, answered[index] ?? false)}
        upload={files.upload}
        findFile={files.findFile}
        resolveMedia={files.resolveMedia}
        handle={suite}
        onChange={(index, output) => {
          keep();
          lessons.answered(index, output);
        }}
        onValidity={(validity) => setAnswered(validity.answered)}
        onActiveTask={showTask}
        onComplete={submit}
        onUnknownComponent={setUnknown}
      />
      <footer class="worker-foot">
        {error && <Refusal error={error} onNext={onNext} />}
        {isOffline.value && (
          <p class="worker-offline" role="status">
            {t("app.offline")}
          </p>
        )}
        <p class="site-soft" aria-live="polite">
          {t("work.progress", { done: doneCount, count: page.tasks.length })}
        </p>
        <button type="button" class="mh-button worker-undo" title={t("work.undo")} disabled={isSending} onClick={() => suite.current?.undo()}>
          <Icon name="undo" />
          <span>{t("work.undo")}</span> <PageKey action="undo" keys={keys} />
        </button>
        <button type="button" class="mh-button" disabled={isSending} onClick={() => setOpen("skip")}>
          {t("work.skip")}
        </button>
        <button type="button" class="mh-button mh-button-primary" disabled={isSending} onClick={submit}>
          {isSending ? t("work.sending") : t("work.submit")}
        </button>
      </footer>
      {open === "instruction" && (
        <Dialog title={t("work.instruction")} closeLabel={t("app.close")} onClose={() => close("instruction")}>
          <Markdown text={work.instruction} />
        </Dialog>
      )}
      {open === "keys" && (
        <Dialog title={t("keys.title")} closeLabel={t("app.close")} onClose={() => close("keys")}>
          <KeySettings hotkeys={({ tasks }) => suite.current?.hotkeys(tasks) ?? []} keys={keys} onChange={chooseKeys} />
          <label class="site-check">
            <input
              type="checkbox"
              checked={isAuto}
              onChange={(event) => {
                setAuto(event.currentTarget.checked);
                localStorage.setItem(AUTO_KEY, event.currentTarget.checked ? "yes" : "no");
              }}
            />
            <span>{t("keys.auto")}</span>
          </label>
        </Dialog>
      )}
      {open === "report" && (
        <Dialog title={t("report.title")} closeLabel={t("app.close")} onClose={() => close("report")}>
          <ReportForm pageId={page.id} unknown={unknown} />
        </Dialog>
      )}
      {open === "skip" && (
        <Dialog title={t("work.skipTitle")} closeLabel={t("app.cancel")} onClose={() => close("skip")}>
          <p>{t("work.skipText")}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={() => (close("skip"), void attempt(onSkip))}>
            {t("work.skip")}
          </button>
        </Dialog>
      )}
    </div>
  );
}

/** Bring a task into sight at once: while the page still scrolls, the next key would go to a task that is in sight already. */
function showTask(index: number): void {
  document.querySelector(`.worker-task [data-task-index="${index}"]`)?.scrollIntoView({ block: "nearest", behavior: "instant" });
}

/** Whether the worker sees this instruction for the first time on this device; asking counts as seeing. */
function isNewHere(work: Work): boolean {
  const key = READ_KEY + work.project_id;
  if (!work.instruction || localStorage.getItem(key) === work.instruction) return false;
  localStorage.setItem(key, work.instruction);
  return true;
}

function useSecondsLeft(deadline: string): number {
  const [left, setLeft] = useState(() => secondsUntil(deadline));
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsUntil(deadline)), 500);
    return () => clearInterval(timer);
  }, [deadline]);
  return left;
}

function secondsUntil(deadline: string): number {
  return (Date.parse(deadline) - serverNow()) / 1000;
}
