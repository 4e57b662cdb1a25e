/** The pools and launches as they are now, from a stream of the server that is opened again whenever it ends. */

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";

import { errorOf, reach } from "../site/api";
import { type PoolRow, keepToken, token } from "./server";

/** By pool, in order of name; null until the first are here. */
export const pools = signal<ReadonlyMap<string, PoolRow> | null>(null);
export const isLive = signal(false);

const WAIT_MS = 2_000;
/** Details of a pool in which something happens all the time are loaded again no more often. */
const DETAILS_EVERY_MS = 4_000;

/** Watch until the returned function is called. */
export function watch(): () => void {
  const stop = new AbortController();
  void watchOn(stop.signal);
  return () => {
    stop.abort();
    pools.value = null;
  };
}

/** A number that changes when something happened in a pool, though not too often. */
export function usePoolVersion(poolId: string): number {
  const version = pools.value?.get(poolId)?.version ?? 0;
  const newest = useRef(version);
  const changed = useRef(Date.now());
  const [shown, setShown] = useState(version);
  newest.current = version;
  const isBehind = version !== shown;
  useEffect(() => {
    if (!isBehind) return;
    const show = () => {
      changed.current = Date.now();
      setShown(newest.current);
    };
    const timer = setTimeout(show, Math.max(0, changed.current + DETAILS_EVERY_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [isBehind]);
  return shown;
}

async function watchOn(signal: AbortSignal): Promise<void> {
  // What was told last, so that a stream that goes on tells only what is new.
  const mark = { value: "" };
  while (!signal.aborted) {
    try {
      await readStream(signal, mark);
    } catch {
      isLive.value = false;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

async function readStream(signal: AbortSignal, mark: { value: string }): Promise<void> {
  const headers = { authorization: `Bearer ${token.value}`, "last-event-id": mark.value };
  const response = await reach("/api/requester/live", { signal, headers });
  if (response.status === 401 || response.status === 403) keepToken("");
  if (!response.ok || !response.body) throw await errorOf(response);
  isLive.value = true;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ; ) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) mark.value = take(event) || mark.value;
  }
}

/** Take an event in and return its mark. */
function take(event: string): string {
  const fields = new Map(event.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
  const data = fields.get("data");
  if (data === undefined) return "";
  const rows = JSON.parse(data) as PoolRow[];
  const old = fields.get("event") === "changes" ? pools.value : null;
  pools.value = merged(old, rows);
  return fields.get("id") ?? "";
}

function merged(old: ReadonlyMap<string, PoolRow> | null, rows: readonly PoolRow[]): ReadonlyMap<string, PoolRow> {
  const isSameOrder = old !== null && rows.every((row) => old.get(row.pool_id)?.name === row.name);
  const all = new Map(old ?? []);
  for (const row of rows) all.set(row.pool_id, row);
  // Sorting a thousand rows at every change would cost more than showing them.
  return isSameOrder ? all : new Map([...all].sort(([, a], [, b]) => ORDER.compare(a.name, b.name)));
}

const ORDER = new Intl.Collator("en", { numeric: true });
