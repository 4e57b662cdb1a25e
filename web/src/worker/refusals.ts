/** What the server refused, in the words of the page. */

import { ApiError } from "../site/api";
import { hasWord, t } from "./words";

/** Return the error as the worker reads it; what the page has no words for stays as the server said it. */
export function inWords(error: unknown): Error {
  if (error instanceof ApiError) {
    const wait = (error.payload as { wait_seconds?: number } | undefined)?.wait_seconds;
    if (wait !== undefined) return new Error(t("refusal.wait", { minutes: Math.max(1, Math.ceil(wait / 60)) }));
    const word = `refusal.${error.code}`;
    if (hasWord(word)) return new Error(t(word));
  }
  return error instanceof Error ? error : new Error(String(error));
}
