/** What can be done about launches: export, raise the budget, stop, go on. */

import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { Trouble } from "./Trouble";
import { type ExportFormat, type ExportKind, type ExportSource, type PoolRow, type Refusal, saveExport, server } from "./server";
import { count, money, t } from "./words";

type Open = "export" | "budget" | "stop" | "resume" | null;
const KINDS: readonly ExportKind[] = ["labels", "answers"];
const FORMATS: readonly ExportFormat[] = ["csv", "jsonl"];

interface ActionsProps {
  readonly rows: readonly PoolRow[];
  readonly name: string;
  readonly source: ExportSource;
}

export function Actions({ rows, name, source }: ActionsProps): VNode {
  const [open, setOpen] = useState<Open>(null);
  const [error, setError] = useState<Error | null>(null);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const attempt = async (action: () => Promise<readonly Refusal[]>) => {
    setError(null);
    setRefusals([]);
    setOpen(null);
    try {
      setRefusals(await action());
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const budgets = new Map(rows.filter((row) => row.budget !== null).map((row) => [row.budget_id, row]));
  const [payer] = budgets.size === 1 ? budgets.values() : [];
  const stoppable = rows.filter(isStoppable);
  const resumable = rows.filter(isResumable);
  const ids = (found: readonly PoolRow[]) => found.map((row) => row.pool_id);
  const dialog = (title: string, body: ComponentChildren) => (
    <Dialog title={title} closeLabel={t("app.cancel")} onClose={() => setOpen(null)}>
      {body}
    </Dialog>
  );
  return (
    <div class="requester-actions">
      <button type="button" class="mh-button" onClick={() => setOpen("export")}>
        {t("launch.export")}
      </button>
      {payer && (
        <button type="button" class="mh-button" onClick={() => setOpen("budget")}>
          {t("launch.budget")}
        </button>
      )}
      {resumable.length > 0 && (
        <button type="button" class="mh-button" onClick={() => setOpen("resume")}>
          {t("launch.resume")}
        </button>
      )}
      {stoppable.length > 0 && (
        <button type="button" class="mh-button requester-stop" onClick={() => setOpen("stop")}>
          {t("launch.stop")}
        </button>
      )}
      {error && <Trouble error={error} />}
      {refusals.length > 0 && <Refusals refusals={refusals} />}
      {open === "export" && dialog(t("launch.exportTitle", { name }), <ExportChoice onSave={(kind, format) => attempt(async () => (await saveExport(source, kind, format, name), []))} />)}
      {open === "budget" &&
        payer &&
        dialog(
          t("launch.budget"),
          <BudgetForm ceiling={payer.budget ?? 0} onSet={(ceiling) => void attempt(async () => (await server.setBudget(payer.pool_id, ceiling), []))} />,
        )}
      {open === "stop" &&
        dialog(
          t(stoppable.length === 1 ? "launch.stopTitle" : "launch.stopAllTitle", { count: count(stoppable.length) }),
          <>
            <p>{t(stoppable.every((row) => row.is_left_alone) ? "launch.stopAlone" : stoppable.some((row) => row.kind === "elsewhere") ? "launch.stopElsewhere" : "launch.stopText")}</p>
            <button type="button" class="mh-button mh-button-primary" onClick={() => void attempt(() => server.stop(ids(stoppable)))}>
              {t("launch.stopDo")}
            </button>
          </>,
        )}
      {open === "resume" && dialog(t("launch.resumeTitle"), <ResumeChoice rows={resumable} onResume={(found) => void attempt(() => server.resume(ids(found)))} />)}
    </div>
  );
}

function isStoppable(row: PoolRow): boolean {
  if (row.kind === "elsewhere") return row.pool_state === "OPEN";
  return row.is_left_alone || (["running", "publishing", "waiting"].includes(row.state) && !row.is_stop_requested);
}

function isResumable(row: PoolRow): boolean {
  if (row.kind === "elsewhere") return row.pool_state === "CLOSED" && row.finished_count < row.object_count;
  if (row.pool_state === "ARCHIVED") return false;
  return row.kind === "launch" && !row.is_resume_requested && (row.is_left_alone || row.state === "stopped" || row.state === "failed");
}

/** The server goes on where it can; otherwise here is what whoever launched has to do. */
function ResumeChoice({ rows, onResume }: { rows: readonly PoolRow[]; onResume: (rows: readonly PoolRow[]) => void }): VNode {
  const able = rows.filter((row) => row.kind === "launch" && row.obstacle === "");
  const others = rows.filter((row) => !able.includes(row));
  const [first] = others;
  return (
    <>
      {able.length > 0 && (
        <>
          <p>{t(able.length === 1 ? "resume.text" : "resume.textAll", { count: count(able.length) })}</p>
          <p class="site-soft">{t("resume.hint")}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={() => onResume(able)}>
            {t("resume.do")}
          </button>
        </>
      )}
      {first && (
        <>
          <p>{obstacleText(first, others.length)}</p>
          {others.slice(0, 3).map((row) => (
            <pre key={row.pool_id} class="requester-command" tabIndex={0}>
              {commandOf(row)}
            </pre>
          ))}
        </>
      )}
    </>
  );
}

function obstacleText(row: PoolRow, number: number): string {
  const why = row.kind === "elsewhere" ? t("resume.elsewhere") : t("resume.cannot", { obstacle: row.obstacle });
  return number === 1 ? why : `${t("resume.others", { count: count(number) })} ${why}`;
}

/** What to type where the launch was made. */
function commandOf(row: PoolRow): string {
  const name = /^[\w./-]+$/.test(row.name) ? row.name : `'${row.name.replaceAll("'", `'\\''`)}'`;
  return row.file ? `manyhands resume ${name}` : `client.launch(task_spec, params, input_objects, control_objects, platform, name=${JSON.stringify(row.name)})`;
}

function ExportChoice({ onSave }: { onSave: (kind: ExportKind, format: ExportFormat) => Promise<void> }): VNode {
  return (
    <dl class="site-pairs requester-exports">
      {KINDS.map((kind) => (
        <div key={kind}>
          <dt>
            <b>{t(`export.${kind}`)}</b>
            <p class="site-soft">{t(`export.${kind}Text`)}</p>
          </dt>
          <dd class="requester-actions">
            {FORMATS.map((format) => (
              <button key={format} type="button" class="mh-button" onClick={() => void onSave(kind, format)}>
                {t("export.as", { kind: t(`export.${kind}`), format: format.toUpperCase() })}
              </button>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Refusals({ refusals }: { refusals: readonly Refusal[] }): VNode {
  return (
    <div class="site-trouble" role="alert">
      <ul>
        {refusals.slice(0, 5).map((refusal) => (
          <li key={refusal.pool_id}>{refusal.message}</li>
        ))}
      </ul>
      {refusals.length > 5 && <p>{t("launch.moreRefusals", { count: count(refusals.length - 5) })}</p>}
    </div>
  );
}

function BudgetForm({ ceiling, onSet }: { ceiling: number; onSet: (ceiling: string) => void }): VNode {
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    const isAmount = /^\d+(\.\d{1,4})?$/.test(text) && Number(text) > ceiling;
    setWrong(!isAmount);
    if (isAmount) onSet(text);
  };
  return (
    <form class="requester-form" onSubmit={submit} noValidate>
      <p>{t("launch.budgetText")}</p>
      <label class="site-field">
        <span>{t("launch.budgetNew")}</span>
        <input
          class="mh-input"
          inputMode="decimal"
          placeholder={String(ceiling * 2)}
          value={text}
          aria-invalid={isWrong}
          onInput={(event) => setText(event.currentTarget.value.trim())}
        />
      </label>
      {isWrong && <p role="alert">{t("launch.budgetLow", { amount: money(ceiling) })}</p>}
      <button class="mh-button mh-button-primary">{t("launch.budget")}</button>
    </form>
  );
}
