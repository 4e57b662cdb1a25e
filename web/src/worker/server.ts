/** What the worker's page asks of the server. */

import { call } from "../site/api";
import type { JsonObject, Task } from "../view";
import type { Draft } from "./drafts";
import type { Appeal } from "./messages";

export interface OpenPool {
  readonly pool_id: string;
  readonly project_id: string;
  readonly title: string;
  readonly description: string;
  readonly reward: number;
  readonly task_count: number;
  readonly limit_seconds: number;
  readonly hourly_reward: number | null;
  readonly requires_training: boolean;
  readonly has_page_in_hand: boolean;
  readonly is_training: boolean;
}

export interface Page {
  readonly id: string;
  readonly pool_id: string;
  readonly project_id: string;
  readonly reward: number;
  readonly created: string;
  readonly deadline: string;
  readonly tasks: readonly PageTask[];
}

export interface PageTask extends Task {
  /** Whether answers to it can be checked, and the last one has to be right. */
  readonly is_training: boolean;
}

/** How pages of a pool are shown. */
export interface Work {
  readonly pool_id: string;
  readonly project_id: string;
  readonly title: string;
  readonly instruction: string;
  readonly view: object;
}

/** The next page, or why there is none. */
export interface Step {
  readonly page: Page | null;
  readonly reason: string;
  readonly work: Work | null;
  /** What was written on the page elsewhere, when it was in hand already. */
  readonly draft: Draft | null;
}

export interface PageFile {
  readonly id: string;
  readonly name: string;
  readonly media_type: string;
}

export interface Restriction {
  readonly scope: "POOL" | "PROJECT" | "ALL_PROJECTS";
  readonly title: string;
  readonly until: string | null;
}

export interface Profile {
  readonly worker_id: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly country: string;
  readonly birth_year: number | null;
  readonly joined: string;
  readonly is_adult_content_allowed: boolean;
  readonly is_birth_year_open: boolean;
  readonly country_open_from: string | null;
  readonly is_consent_needed: boolean;
  readonly agreed: string | null;
}

/** A condition that the worker does not meet. */
export interface Wanted {
  readonly category: "profile" | "computed" | "skill";
  readonly key: string;
  readonly operator: string;
  readonly value: unknown;
}

/** Why an open pool is not for the worker now; of each group of `wanted` one condition would have to hold. */
export interface Obstacle {
  readonly pool_id: string;
  readonly reason: string;
  readonly wanted: readonly (readonly Wanted[])[];
}

export interface Opening {
  readonly pool_id: string;
  readonly title: string;
  readonly reward: number;
  readonly passing_skill: number;
  readonly is_reached: boolean;
}

export interface Course {
  readonly kind: "training" | "exam";
  readonly pool_id: string;
  readonly title: string;
  readonly description: string;
  readonly task_count: number;
  readonly limit_seconds: number;
  readonly pages_done: number;
  readonly pages_to_pass: number | null;
  readonly skill: number | null;
  readonly retry_at: string | null;
  readonly is_available: boolean;
  readonly openings: readonly Opening[];
}

export interface Verdict {
  readonly is_right: boolean;
  readonly hint: string;
}

export interface Home {
  readonly profile: Profile;
  readonly pools: readonly OpenPool[];
  readonly obstacles: readonly Obstacle[];
  readonly courses: readonly Course[];
  readonly restrictions: readonly Restriction[];
  readonly unread_count: number;
}

export interface Earnings {
  readonly paid: number;
  readonly bonuses: number;
  readonly in_review: number;
  readonly pages: Readonly<Record<string, number>>;
}

export interface PastPage {
  readonly id: string;
  readonly title: string;
  readonly status: "ACTIVE" | "SUBMITTED" | "ACCEPTED" | "REJECTED" | "SKIPPED" | "EXPIRED";
  readonly reward: number;
  readonly created: string;
  readonly public_comment: string;
  /** Until when the worker may appeal against the rejection; null when they may not. */
  readonly appeal_until: string | null;
  readonly appeal: Appeal | null;
}

interface List<T> {
  readonly items: readonly T[];
}

const POST = { method: "POST" } as const;

export const server = {
  home: () => call<Home>("/api/worker/home"),
  next: (poolId: string) => call<Step>(`/api/worker/pools/${encodeURIComponent(poolId)}/next?view=1`, POST),
  advance: (pageId: string, outputs: readonly JsonObject[]) =>
    call<Step>(`/api/worker/pages/${encodeURIComponent(pageId)}/advance`, {
      ...POST,
      body: { solutions: outputs.map((output_values) => ({ output_values })) },
    }),
  check: (pageId: string, taskId: string, output: JsonObject) =>
    call<Verdict>(`/api/worker/pages/${encodeURIComponent(pageId)}/check`, { ...POST, body: { task_id: taskId, output_values: output } }),
  keepDraft: (pageId: string, draft: Draft) =>
    call<unknown>(`/api/worker/pages/${encodeURIComponent(pageId)}/draft`, { method: "PUT", body: { content: draft }, outlivesPage: true }),
  skip: (pageId: string) => call<unknown>(`/api/worker/pages/${encodeURIComponent(pageId)}/skip`, POST),
  files: async (pageId: string) => (await call<List<PageFile>>(`/api/worker/pages/${encodeURIComponent(pageId)}/files`)).items,
  earnings: () => call<Earnings>("/api/worker/earnings"),
  history: (before: string) =>
    call<List<PastPage> & { has_more: boolean }>(`/api/worker/history${before ? `?before=${encodeURIComponent(before)}` : ""}`),
};
