/** The launches as they are now, from a stream of the server that is opened again whenever it ends. */

import { signal } from "@preact/signals";

import { errorOf, reach } from "../site/api";
import { type LaunchRow, keepToken, token } from "./server";

/** By pool, in order of name; null until the first are here. */
export const launches = signal<ReadonlyMap<string, LaunchRow> | null>(null);
export const isLive = signal(false);

const WAIT_MS = 2_000;

/** Watch until the returned function is called. */
export function watch(): () => void {
  const stop = new AbortController();
  void watchOn(stop.signal);
  return () => {
    stop.abort();
    launches.value = null;
  };
}

async function watchOn(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await readStream(signal);
    } catch {
      isLive.value = false;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

async function readStream(signal: AbortSignal): Promise<void> {
  const response = await reach("/api/requester/live", { signal, headers: { authorization: `Bearer ${token.value}` } });
  if (response.status === 401 || response.status === 403) keepToken("");
  if (!response.ok || !response.body) throw await errorOf(response);
  isLive.value = true;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ; ) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    events.forEach(take);
  }
}

function take(event: string): void {
  const fields = new Map(event.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
  const data = fields.get("data");
  if (data === undefined) return;
  const rows = JSON.parse(data) as LaunchRow[];
  const old = fields.get("event") === "changes" ? [...(launches.value?.values() ?? [])] : [];
  const merged = new Map([...old, ...rows].map((row) => [row.pool_id, row]));
  launches.value = new Map([...merged].sort(([, a], [, b]) => (a.name < b.name ? -1 : 1)));
}
