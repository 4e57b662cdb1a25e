/**
 * What is written on a page that is not sent yet. It is on this device at once, and on the server a little later, so that a worker can go on
 * elsewhere.
 */

import { serverNow } from "../site/api";
import { findKept, forget, keep, listKept } from "../site/kept";
import type { JsonObject } from "../view";
import { server } from "./server";

export interface Draft {
  readonly outputs: readonly JsonObject[];
  /** The recordings that were played to their end, by task. */
  readonly played: readonly (readonly string[])[];
  /** When it was written, in milliseconds of the server's time. */
  readonly at: number;
}

const PREFIX = "draft.";
/** How long a change waits for more of them before it goes to the server. */
const REST_MS = 3_000;

let waiting: { readonly pageId: string; readonly draft: Draft; readonly timer: ReturnType<typeof setTimeout> } | null = null;

export function keepDraft(pageId: string, outputs: readonly JsonObject[], played: readonly (readonly string[])[] = []): void {
  const draft = { outputs, played, at: serverNow() };
  void keep(PREFIX + pageId, draft);
  if (waiting) clearTimeout(waiting.timer);
  waiting = { pageId, draft, timer: setTimeout(() => tellServer(), REST_MS) };
}

/** Return the newest draft of a page: that of this device, or the server's, which another device may have written. */
export async function findDraft(pageId: string, ofServer: Draft | null): Promise<Draft | null> {
  const own = (await findKept(PREFIX + pageId)) as Draft | undefined;
  return own && own.at >= (ofServer?.at ?? 0) ? own : ofServer;
}

/** Forget the draft of a page, and of earlier pages of its pool: a worker has one page of a pool in hand. */
export async function dropDrafts(pageId: string): Promise<void> {
  if (waiting) clearTimeout(waiting.timer);
  waiting = null;
  await forget(...(await listKept(`${PREFIX}${pageId.split("--")[0]}--`)));
}

// Whoever turns to another device has this page out of sight.
addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tellServer());

function tellServer(): void {
  if (!waiting) return;
  const { pageId, draft, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  // This device has it, and the next change brings it again: nobody need hear of a failure.
  server.keepDraft(pageId, draft).catch(() => undefined);
}
