/** What is written on a page that is not sent yet, kept on this device through reloads, crashes and lost connections. */

import type { JsonObject } from "../view";

const PREFIX = "manyhands.draft.";

export function keepDraft(pageId: string, outputs: readonly JsonObject[]): void {
  localStorage.setItem(PREFIX + pageId, JSON.stringify(outputs));
}

export function findDraft(pageId: string): JsonObject[] | null {
  const text = localStorage.getItem(PREFIX + pageId);
  return text === null ? null : (JSON.parse(text) as JsonObject[]);
}

/** Forget the draft of a page, and of earlier pages of its pool: a worker has one page of a pool in hand. */
export function dropDrafts(pageId: string): void {
  const pool = `${PREFIX}${pageId.split("--")[0]}--`;
  for (const key of Object.keys(localStorage)) if (key.startsWith(pool)) localStorage.removeItem(key);
}
