/** Calls of the server: JSON in, JSON out. Every call carries a type that no foreign page can send in the worker's name. */

import { signal } from "@preact/signals";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly payload?: unknown,
  ) {
    super(message);
  }
}

/** The server could not be reached, or broke while answering: the same call may succeed later. */
export class Unreachable extends Error {}

/** How often the server did not know the session of this browser. */
export const sessionLost = signal(0);

/** Milliseconds by which the server's clock is ahead of this device. */
let aheadMs = 0;

/** The server's time, as well as this page knows it. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}

export interface CallOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly token?: string;
  /** Send it also when the page is closed meanwhile; only small bodies may. */
  readonly outlivesPage?: boolean;
}

const MOST_OUTLIVING = 60_000;

export async function call<T>(path: string, { method = "GET", body, token, outlivesPage = false }: CallOptions = {}): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await reach(path, {
    method,
    // Reading needs no type; without one, what the document has asked for ahead counts as the answer.
    headers: { ...(method === "GET" ? {} : { "content-type": "application/json" }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: text,
    keepalive: outlivesPage && (text?.length ?? 0) < MOST_OUTLIVING,
    credentials: token ? "omit" : "same-origin",
  });
  if (response.ok) return (await response.json()) as T;
  const failure = await errorOf(response);
  throw token ? failure : noticed(failure);
}

/** Return the refusal of a request that was not made by `call`. */
export function callFailed(status: number, failure: unknown): ApiError {
  return noticed(toError(status, failure, ""));
}

function noticed(failure: ApiError): ApiError {
  if (failure.status === 401) sessionLost.value += 1;
  return failure;
}

/** Send a request; throws `Unreachable` when no answer comes. */
export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, init);
    const date = Date.parse(response.headers.get("date") ?? "");
    // The header has whole seconds: only a clock that is plainly wrong is corrected.
    if (!Number.isNaN(date)) aheadMs = Math.abs(date - Date.now()) > 2_000 ? date - Date.now() : 0;
    if (response.status >= 500) throw new Unreachable(String(response.status));
    return response;
  } catch (error) {
    throw error instanceof Unreachable ? error : new Unreachable(String(error));
  }
}

export async function errorOf(response: Response): Promise<ApiError> {
  return toError(response.status, await response.json().catch(() => null), response.statusText);
}

function toError(status: number, failure: unknown, otherwise: string): ApiError {
  const { code = "", message = otherwise, payload } = (failure ?? {}) as { code?: string; message?: string; payload?: unknown };
  return new ApiError(status, code, message, payload);
}
