/** What the requester's page asks of the server, and the token that it asks with. */

import { signal } from "@preact/signals";

import { type CallOptions, call, errorOf, reach } from "../site/api";
import type { Task } from "../view";

export type Values = Readonly<Record<string, unknown>>;

export interface LaunchRow {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
  readonly pool_id: string;
  readonly created: string;
  readonly object_count: number;
  readonly finished_count: number;
  readonly answer_count: number;
  readonly pages: Readonly<Record<string, number>>;
  readonly worker_count: number;
  readonly paid: number;
  readonly reserved: number;
  readonly budget: number | null;
  readonly budget_left: number | null;
  readonly agreement: number | null;
  readonly confidence: number | null;
  readonly control_accuracy: number | null;
  readonly eta_seconds: number | null;
  readonly eta_low_seconds: number | null;
  readonly eta_high_seconds: number | null;
  readonly is_stop_requested: boolean;
}

export interface ObjectEntry {
  readonly id: string;
  readonly input_values: Values;
  readonly label: Values | null;
  readonly confidence: number | null;
  readonly is_finished: boolean;
  readonly in_hand_count: number;
  readonly answers: readonly { worker_id: string; values: Values; status: string; submitted: string | null }[];
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

export interface ControlEntry {
  readonly id: string;
  readonly input_values: Values;
  readonly known: Values;
  readonly answer_count: number;
  readonly right_count: number;
  readonly is_suspicious: boolean;
  readonly usual: Values;
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

function ask<T>(path: string, options: CallOptions = {}): Promise<T> {
  return call<T>(`/api/requester${path}`, { ...options, token: options.token ?? token.value });
}

const POST = { method: "POST" } as const;
const pool = (id: string, rest: string) => `/pools/${encodeURIComponent(id)}/${rest}`;

export const server = {
  check: (candidate: string) => ask<unknown>("/tokens", { token: candidate }),
  tokens: async () => (await ask<{ items: readonly TokenEntry[] }>("/tokens")).items,
  endToken: (id: string) => ask<unknown>(`/tokens/${encodeURIComponent(id)}`, { method: "DELETE" }),
  invite: async (form: InvitationForm) => (await ask<{ token: string }>("/invitations", { ...POST, body: form })).token,
  invitations: async () => (await ask<{ items: readonly InvitationEntry[] }>("/invitations")).items,
  invitationChoices: () => ask<InvitationChoices>("/invitations/choices"),
  endInvitation: (id: string) => ask<unknown>(`/invitations/${encodeURIComponent(id)}`, { method: "DELETE" }),
  objects: (id: string, offset: number) => ask<{ items: readonly ObjectEntry[]; total: number }>(pool(id, `objects?offset=${offset}`)),
  workers: async (id: string) => (await ask<{ items: readonly WorkerEntry[] }>(pool(id, "workers"))).items,
  controls: async (id: string) => (await ask<{ items: readonly ControlEntry[] }>(pool(id, "controls"))).items,
  reviews: (id: string) => ask<{ items: readonly ReviewEntry[]; waiting_count: number; rejected_count: number }>(pool(id, "reviews")),
  accept: (pageId: string, reason: string) => ask<unknown>(`/pages/${encodeURIComponent(pageId)}/accept`, { ...POST, body: { reason } }),
  reject: (pageId: string, reason: string) => ask<unknown>(`/pages/${encodeURIComponent(pageId)}/reject`, { ...POST, body: { reason } }),
  preview: (id: string, offset: number) => ask<Preview>(pool(id, `preview?offset=${offset}`)),
  stop: (id: string) => ask<unknown>(pool(id, "stop"), POST),
  setBudget: (id: string, ceiling: string) => ask<unknown>(pool(id, "budget"), { method: "PUT", body: { ceiling } }),
};

/** Save the answers of a launch as a file. */
export async function saveAnswers(id: string, name: string): Promise<void> {
  const response = await reach(`/api/requester${pool(id, "answers.csv")}`, { headers: { authorization: `Bearer ${token.value}` } });
  if (!response.ok) throw await errorOf(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${name.replaceAll("/", "-")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
