/**
 * Pages on their way to the server. They are written down before they are sent and crossed out when the server has answered, so that neither a
 * reload nor a lost connection loses one; the server takes the same answers only once, so sending again is harmless.
 */

import { signal } from "@preact/signals";

import { ApiError, Unreachable } from "../site/api";
import { findKept, forget, keep, listKept } from "../site/kept";
import type { JsonObject } from "../view";
import { type Step, server } from "./server";
import { profile } from "./session";

const PREFIX = "outbox.";
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** A page is sent also where writing it down does not end. */
const MOST_WRITING_MS = 500;
const SIGNED_OUT = 401;

/** Whether the server cannot be reached at the moment, as far as sending has shown. */
export const isOffline = signal(false);

/** How many pages of earlier visits came too late. */
export const lateCount = signal(0);

const underWay = new Map<string, Promise<Step>>();

/** Send a page until the server has answered; throws only what the server says. */
export function send(pageId: string, outputs: readonly JsonObject[]): Promise<Step> {
  const sending = underWay.get(pageId) ?? deliver(pageId, outputs).finally(() => underWay.delete(pageId));
  underWay.set(pageId, sending);
  return sending;
}

/** Send what an earlier visit of this worker left behind; what the server refuses, such as a page whose time was over, is given up. */
export async function sendLeftovers(): Promise<void> {
  const names = await listKept(nameOf(""));
  const sent = await Promise.allSettled(
    names.map(async (name) => send(name.slice(nameOf("").length), (await findKept(name)) as JsonObject[])),
  );
  lateCount.value += sent.filter((one) => one.status === "rejected" && !isSignedOut(one.reason)).length;
}

async function deliver(pageId: string, outputs: readonly JsonObject[]): Promise<Step> {
  const name = nameOf(pageId);
  await Promise.race([keep(name, outputs), sleep(MOST_WRITING_MS)]);
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      const step = await server.advance(pageId, outputs);
      done(name);
      return step;
    } catch (error) {
      if (error instanceof Unreachable) {
        isOffline.value = true;
        await untilOnline(wait);
        continue;
      }
      // Whoever signs in again brings the page along.
      if (isSignedOut(error)) profile.value = null;
      else done(name);
      throw error;
    }
  }
}

function done(name: string): void {
  isOffline.value = false;
  void forget(name);
}

/** Several workers may share a device; nobody can hand in for another. */
function nameOf(pageId: string): string {
  return `${PREFIX}${profile.peek()?.worker_id ?? ""}.${pageId}`;
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === SIGNED_OUT;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Wait some time, or until the device says that it has a connection again. */
function untilOnline(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go);
  });
}
