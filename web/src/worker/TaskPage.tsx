/** One page of tasks: answers, time, reward, keys. */

import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { ApiError, serverNow } from "../site/api";
import { Dialog } from "../site/Dialog";
import { hrefOf } from "../site/route";
import { Icon, type JsonObject, Markdown, TaskSuite, type TaskSuiteHandle, keyOfEvent } from "../view";
import { KeySettings } from "./KeySettings";
import { TextForm } from "./TextForm";
import { Trouble } from "./Trouble";
import { type Draft, keepDraft } from "./drafts";
import { filesOf } from "./files";
import { useLessons } from "./lessons";
import { messages } from "./messages";
import { isOffline } from "./outbox";
import { type OwnKeys, type PageAction, findOwnKeys, keepOwnKeys, keyOfPage, pageActionOf } from "./own-keys";
import type { Page, Work } from "./server";
import { profile } from "./session";
import { texts } from "./texts";
import { clock, direction, money, t } from "./words";

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
  const [valid, setValid] = useState<readonly boolean[]>([]);
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
    keepDraft(page.id, outputs);
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
  usePageKeys(keys, { submit, undo: () => suite.current?.undo(), instruction: () => setOpen("instruction"), help: () => setOpen("keys") });

  if (isOver) return <Expired onNext={onNext} />;
  const doneCount = valid.filter(Boolean).length;
  // The browser tells late that a dialog was closed; by then another may be open.
  const close = (name: typeof open) => setOpen((now) => (now === name ? null : now));
  return (
    <div class="worker-task">
      <header class="worker-bar">
        <a class="mh-tool" href={hrefOf()} aria-label={t("work.back")} title={t("work.back")}>
          <span class="worker-back" aria-hidden="true" />
        </a>
        <h1 dir="auto">{work.title}</h1>
        <dl>
          {page.reward > 0 && (
            <div>
              <dt class="mh-visually-hidden">{t("work.reward")}</dt>
              <dd>{money(page.reward)}</dd>
            </div>
          )}
          <div class={left < 30 ? "worker-hurry" : ""}>
            <dt class="mh-visually-hidden">{t("work.left")}</dt>
            <dd>
              <time role="timer">{clock(left)}</time>
            </dd>
          </div>
        </dl>
        <div class="worker-tools">
          <button type="button" class="mh-button mh-button-small" onClick={() => setOpen("instruction")}>
            {t("work.instruction")} <PageKey action="instruction" keys={keys} />
          </button>
          <button type="button" class="mh-button mh-button-small worker-report" title={t("work.report")} onClick={() => setOpen("report")}>
            <Icon name="flag" />
            <span>{t("work.report")}</span>
          </button>
          <button type="button" class="mh-button mh-button-small worker-keys" onClick={() => setOpen("keys")}>
            {t("work.keys")} <kbd class="mh-key" aria-hidden="true">?</kbd>
          </button>
        </div>
        <progress max={page.tasks.length} value={doneCount} aria-label={t("work.progress", { done: doneCount, count: page.tasks.length })} />
      </header>
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
        footer={(index) => lessons.footer(index, valid[index] ?? false)}
        upload={files.upload}
        findFile={files.findFile}
        resolveMedia={files.resolveMedia}
        handle={suite}
        onChange={(index, output) => {
          keepDraft(page.id, suite.current?.outputs() ?? []);
          lessons.answered(index, output);
        }}
        onValidity={({ tasks }) => setValid(tasks)}
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

function ReportForm({ pageId, unknown }: { pageId: string; unknown: string }): VNode {
  const [isSent, setSent] = useState(false);
  if (isSent) return <p role="status">{t("report.sent")}</p>;
  const report = async (text: string) => {
    await messages.report(pageId, text);
    setSent(true);
  };
  const start = unknown ? t("report.unknown", { type: unknown }) : "";
  return <TextForm label={t("report.what")} hint={t("report.hint")} start={start} sendLabel={t("messages.send")} onSend={report} />;
}

/** Why a page was not taken: something on it is to be changed, or it is over. */
function Refusal({ error, onNext }: { error: Error; onNext: () => void }): VNode {
  const isOver = error instanceof ApiError && error.code !== "VALIDATION_ERROR";
  if (!isOver) return <Trouble error={error instanceof ApiError ? new Error(t("work.refused", { message: error.message })) : error} />;
  return (
    <div class="site-trouble" role="alert">
      <p>{t("work.over")}</p>
      <button type="button" class="mh-button" onClick={onNext}>
        {t("work.next")}
      </button>
    </div>
  );
}

function Expired({ onNext }: { onNext: () => void }): VNode {
  return (
    <div class="site-content">
      <div class="site-empty" role="alert">
        <h1>{t("work.expired")}</h1>
        <p>{t("work.expiredText")}</p>
        <button type="button" class="mh-button mh-button-primary" onClick={onNext}>
          {t("work.next")}
        </button>
      </div>
    </div>
  );
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

function PageKey({ action, keys }: { action: PageAction; keys: OwnKeys }): VNode {
  return (
    <kbd class="mh-key" aria-hidden="true">
      {keyOfPage(action, keys)}
    </kbd>
  );
}

/** The keys of the page itself; those of the tasks come first, and none counts while somebody writes or a dialog is open. */
function usePageKeys(keys: OwnKeys, actions: Readonly<Record<PageAction | "submit" | "help", () => unknown>>): void {
  const latest = useRef({ keys, actions });
  latest.current = { keys, actions };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.defaultPrevented || target?.closest("dialog")) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return latest.current.actions.submit();
      const isTyping = target?.matches("textarea, select, input:not([type=radio], [type=checkbox])") || target?.isContentEditable;
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      const action = event.key === "?" ? "help" : pageActionOf(keyOfEvent(event) ?? "", latest.current.keys);
      if (!action) return;
      latest.current.actions[action]();
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
