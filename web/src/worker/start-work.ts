/** The way into work: what a page of tasks needs is fetched side by side, and before it is asked for where that is foreseeable. */

import { sendLeftovers } from "./outbox";
import { type Step, server } from "./server";
import { language } from "./words";

/** What the first page shows comes first; a slow phone is still busy with it. */
const AHEAD_AFTER_MS = 3_000;

let begun: { readonly poolId: string; readonly step: Promise<Step> } | null = null;

/** What the renderer says, so that it comes along with the renderer instead of after it. */
const TEXTS = import.meta.glob(["../locale/*.json", "!../locale/en.json"]);

/** The renderer of tasks is most of what there is to load, and nothing before the first page of tasks needs it. */
export function loadWorkPage() {
  void TEXTS[`../locale/${language.value}.json`]?.().catch(() => undefined);
  return import("./WorkPage");
}

/** Fetch the renderer while the worker looks around, so that work begins at once; returns what takes that back. */
export function loadWorkPageAhead(): () => void {
  const timer = setTimeout(() => void loadWorkPage().catch(() => undefined), AHEAD_AFTER_MS);
  return () => clearTimeout(timer);
}

/** Take the first page of a pool while the renderer is still on its way. */
export function beginWork(poolId: string): void {
  const step = takeFirst(poolId);
  // Whoever asks for the step hears of the failure.
  step.catch(() => undefined);
  begun = { poolId, step };
}

/** Return the first page of a pool, which may be on its way already. */
export function firstStep(poolId: string): Promise<Step> {
  const known = begun;
  begun = null;
  return known?.poolId === poolId ? known.step : takeFirst(poolId);
}

async function takeFirst(poolId: string): Promise<Step> {
  // Answers of an earlier visit come first: until they are in, the page that was sent would be shown again.
  await sendLeftovers();
  return server.next(poolId);
}
