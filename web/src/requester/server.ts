/** What the requester's page asks of the server, and the token that it asks with. */

import { signal } from "@preact/signals";

import { type CallOptions, call, errorOf, reach } from "../site/api";
import type { Task } from "../view";

export type Values = Readonly<Record<string, unknown>>;

/** A pool and the launch that works in it; the server says what the fields mean (`PoolRow`). */
export interface PoolRow {
  readonly kind: "launch" | "elsewhere" | "pool" | "training";
  readonly name: string;
  readonly whole: string;
  readonly pool_id: string;
  readonly project_id: string;
  readonly version: number;
  readonly pool_state: string;
  readonly close_reason: string;
  readonly state: string;
  readonly reason: string;
  readonly problem: string;
  readonly created: string;
  readonly object_count: number;
  readonly finished_count: number;
  readonly answer_count: number;
  readonly pages: Readonly<Record<string, number>>;
  readonly worker_count: number;
  readonly paid: number;
  readonly reserved: number;
  readonly budget_id: string | null;
  readonly budget: number | null;
  readonly budget_left: number | null;
  readonly agreement: number | null;
  readonly alpha: number | null;
  readonly confidence: number | null;
  readonly control_accuracy: number | null;
  readonly expected: number | null;
  readonly expected_low: number | null;
  readonly expected_high: number | null;
  readonly expected_count: number;
  readonly suspicious_count: number;
  readonly eta_seconds: number | null;
  readonly eta_low_seconds: number | null;
  readonly eta_high_seconds: number | null;
  readonly is_stop_requested: boolean;
  readonly is_resume_requested: boolean;
  readonly is_left_alone: boolean;
  readonly is_hosted: boolean;
  readonly obstacle: string;
  readonly file: string;
}

export interface ProjectEntry {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly instruction: string;
  readonly status: string;
  readonly created: string;
  readonly labels: readonly string[];
}

export interface PoolSheet {
  readonly id: string;
  readonly project_id: string;
  readonly project_name: string;
  readonly created: string;
  readonly last_started: string | null;
  readonly last_stopped: string | null;
  readonly facts: readonly { readonly name: string; readonly text: string }[];
}

export interface ObjectEntry {
  readonly id: string;
  readonly input_values: Values;
  readonly label: string | null;
  readonly confidence: number | null;
  readonly is_finished: boolean;
  readonly in_hand_count: number;
  readonly answers: readonly { worker_id: string; values: Values; status: string; submitted: string | null }[];
}

export interface StepEntry {
  readonly assignment_id: string;
  readonly worker_id: string;
  readonly status: string;
  readonly kind: string;
  readonly taken: string;
  readonly submitted: string | null;
  readonly judged: string | null;
  readonly task_seconds: number | null;
  readonly label: string | null;
  readonly alone: number | null;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly needed: number | null;
  readonly cost: number;
  readonly public_comment: string;
}

export interface ObjectStory {
  readonly object: ObjectEntry;
  readonly labels: readonly string[];
  readonly algorithm: string;
  readonly steps: readonly StepEntry[];
  readonly cost: number;
}

export interface WorkerEntry {
  readonly worker_id: string;
  readonly pages: Readonly<Record<string, number>>;
  readonly control_count: number;
  readonly control_accuracy: number | null;
  readonly task_seconds: number | null;
  readonly last_seen: string | null;
  readonly is_restricted: boolean;
  readonly restricted_until: string | null;
  readonly reason: string;
}

export interface ConfusionCell {
  readonly truth: string;
  readonly answer: string;
  readonly count: number;
}

export interface WorkerPageEntry {
  readonly assignment_id: string;
  readonly status: string;
  readonly taken: string;
  readonly submitted: string | null;
  readonly task_seconds: number | null;
  readonly control_count: number;
  readonly right_count: number;
  readonly accuracy_so_far: number | null;
  readonly reward: number;
  readonly public_comment: string;
}

export interface WorkerStory {
  readonly worker: WorkerEntry;
  readonly pages: readonly WorkerPageEntry[];
  readonly weight: number | null;
  readonly says: Readonly<Record<string, number>>;
  readonly agreement: number | null;
  readonly label_agreement: number | null;
  readonly labels: readonly string[];
  readonly confusion: readonly ConfusionCell[];
  readonly earned: number;
  readonly hours: number;
  readonly hourly: number | null;
  readonly hint_seconds: number | null;
  readonly restrictions: readonly { readonly scope: string; readonly created: string; readonly until: string | null; readonly reason: string }[];
  readonly pools: readonly string[];
}

export interface ControlEntry {
  readonly id: string;
  readonly input_values: Values;
  readonly known: Values;
  readonly answer_count: number;
  readonly right_count: number;
  readonly is_suspicious: boolean;
  readonly usual: Values;
}

export interface ControlStory {
  readonly control: ControlEntry;
  readonly answers: readonly {
    readonly worker_id: string;
    readonly values: Values;
    readonly status: string;
    readonly submitted: string | null;
    readonly is_right: boolean;
    readonly is_by_good: boolean;
    readonly worker_accuracy: number | null;
  }[];
  readonly good_count: number;
  readonly good_right_count: number;
}

export interface PlotBar {
  readonly label: string;
  readonly count: number;
  readonly is_marked: boolean;
}

export interface Timeline {
  readonly moments: readonly string[];
  readonly active: readonly number[];
  readonly submitted: readonly number[];
  readonly accepted: readonly number[];
  readonly rejected: readonly number[];
  readonly returned: readonly number[];
  readonly answers: readonly number[];
  readonly finished: readonly number[];
  readonly paid: readonly number[];
  readonly reserved: readonly number[];
}

export interface CalibrationEntry {
  readonly label: string;
  readonly count: number;
  readonly mean_confidence: number;
  readonly right_share: number;
  readonly low: number;
  readonly high: number;
}

export interface PlotData {
  readonly labels: readonly string[];
  readonly confusion: readonly ConfusionCell[];
  readonly durations: readonly PlotBar[];
  readonly overlaps: readonly PlotBar[];
  readonly confidences: readonly PlotBar[];
  readonly calibration: readonly CalibrationEntry[];
  readonly calibration_gap: number | null;
  readonly hint_seconds: number | null;
  readonly timeline: Timeline;
}

export interface Refusal {
  readonly pool_id: string;
  readonly message: string;
}

export interface ReviewEntry {
  readonly id: string;
  readonly worker_id: string;
  readonly status: string;
  readonly submitted: string | null;
  readonly seconds: number | null;
  readonly public_comment: string;
  readonly tasks: readonly { input_values: Values; values: Values; known: Values | null; is_right: boolean | null }[];
}

export interface Preview {
  readonly title: string;
  readonly instruction: string;
  readonly view: object;
  readonly reward: number;
  readonly tasks: readonly Task[];
}

export interface TokenEntry {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly created: string;
  readonly is_valid: boolean;
}

export interface InvitationEntry {
  readonly id: string;
  readonly label: string;
  readonly pool_id: string | null;
  readonly skill: string;
  readonly created: string;
  readonly until: string | null;
  readonly max_uses: number | null;
  readonly use_count: number;
  readonly is_open: boolean;
}

export interface InvitationForm {
  readonly label: string;
  readonly pool_id: string | null;
  readonly skill: string;
  readonly until: string | null;
  readonly max_uses: number | null;
}

/** What an invitation could bring. */
export interface InvitationChoices {
  readonly pools: readonly { readonly id: string; readonly name: string; readonly title: string }[];
  readonly skills: readonly string[];
}

const KEY = "manyhands.requester";

/** The token of this tab; empty while nobody is signed in. */
export const token = signal(sessionStorage.getItem(KEY) ?? "");

export function keepToken(value: string): void {
  if (value) sessionStorage.setItem(KEY, value);
  else sessionStorage.removeItem(KEY);
  token.value = value;
}

/** Ask any door of the server that a requester's token opens. */
export function askServer<T>(path: string, options: CallOptions = {}): Promise<T> {
  return call<T>(path, { ...options, token: options.token ?? token.value });
}

function ask<T>(path: string, options: CallOptions = {}): Promise<T> {
  return askServer<T>(`/api/requester${path}`, options);
}

const POST = { method: "POST" } as const;
const pool = (id: string, rest: string) => `/pools/${encodeURIComponent(id)}/${rest}`;

const named = (id: string, rest: string, name: string, value: string) => pool(id, `${rest}?${name}=${encodeURIComponent(value)}`);

export const server = {
  check: (candidate: string) => ask<unknown>("/tokens", { token: candidate }),
  tokens: async () => (await ask<{ items: readonly TokenEntry[] }>("/tokens")).items,
  endToken: (id: string) => ask<unknown>(`/tokens/${encodeURIComponent(id)}`, { method: "DELETE" }),
  invite: async (form: InvitationForm) => (await ask<{ token: string }>("/invitations", { ...POST, body: form })).token,
  invitations: async () => (await ask<{ items: readonly InvitationEntry[] }>("/invitations")).items,
  invitationChoices: () => ask<InvitationChoices>("/invitations/choices"),
  endInvitation: (id: string) => ask<unknown>(`/invitations/${encodeURIComponent(id)}`, { method: "DELETE" }),
  projects: async () => (await ask<{ items: readonly ProjectEntry[] }>("/projects")).items,
  project: (id: string) => ask<ProjectEntry>(`/projects/${encodeURIComponent(id)}`),
  sheet: (id: string) => ask<PoolSheet>(pool(id, "sheet")),
  objects: (id: string, offset: number) => ask<{ items: readonly ObjectEntry[]; total: number }>(pool(id, `objects?offset=${offset}`)),
  object: (id: string, taskId: string) => ask<ObjectStory>(named(id, "object", "task_id", taskId)),
  workers: async (id: string) => (await ask<{ items: readonly WorkerEntry[] }>(pool(id, "workers"))).items,
  worker: (id: string, workerId: string) => ask<WorkerStory>(named(id, "worker", "worker_id", workerId)),
  controls: async (id: string) => (await ask<{ items: readonly ControlEntry[] }>(pool(id, "controls"))).items,
  control: (id: string, taskId: string) => ask<ControlStory>(named(id, "control", "task_id", taskId)),
  plots: (id: string) => ask<PlotData>(pool(id, "plots")),
  reviews: (id: string) => ask<{ items: readonly ReviewEntry[]; waiting_count: number; rejected_count: number }>(pool(id, "reviews")),
  accept: (pageId: string, reason: string) => ask<unknown>(`/pages/${encodeURIComponent(pageId)}/accept`, { ...POST, body: { reason } }),
  reject: (pageId: string, reason: string) => ask<unknown>(`/pages/${encodeURIComponent(pageId)}/reject`, { ...POST, body: { reason } }),
  preview: (id: string, offset: number) => ask<Preview>(pool(id, `preview?offset=${offset}`)),
  open: (id: string) => ask<unknown>(pool(id, "open"), POST),
  close: (id: string) => ask<unknown>(pool(id, "close"), POST),
  stop: async (ids: readonly string[]) => (await ask<{ items: readonly Refusal[] }>("/stops", { ...POST, body: { pool_ids: ids } })).items,
  resume: async (ids: readonly string[]) => (await ask<{ items: readonly Refusal[] }>("/resumes", { ...POST, body: { pool_ids: ids } })).items,
  setBudget: (id: string, ceiling: string) => ask<unknown>(pool(id, "budget"), { method: "PUT", body: { ceiling } }),
};

export type ExportKind = "labels" | "answers";
export type ExportFormat = "csv" | "jsonl";
/** What is exported: one launch, or all baskets of a whole. */
export type ExportSource = { readonly poolId: string } | { readonly whole: string };

/** Save labels or answers as a file. */
export async function saveExport(source: ExportSource, kind: ExportKind, format: ExportFormat, name: string): Promise<void> {
  const file = `${kind}.${format}`;
  const path = "poolId" in source ? pool(source.poolId, file) : `/baskets/${file}?whole=${encodeURIComponent(source.whole)}`;
  const response = await reach(`/api/requester${path}`, { headers: { authorization: `Bearer ${token.value}` } });
  if (!response.ok) throw await errorOf(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${name.replaceAll("/", "-")}-${file}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
