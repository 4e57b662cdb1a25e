/**
 * Pages on their way to the server. They are written down before they are sent and crossed out when the server has answered, so that
 * neither a reload nor a lost connection loses one; the server takes the same answers only once, so sending again is harmless.
 */

import { signal } from "@preact/signals";

import { Unreachable } from "../site/api";
import type { JsonObject } from "../view";
import { type Step, server } from "./server";

const PREFIX = "manyhands.outbox.";
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** Whether the server cannot be reached at the moment, as far as sending has shown. */
export const isOffline = signal(false);

const underWay = new Map<string, Promise<Step>>();

/** Send a page until the server has answered; throws only what the server says. */
export function send(pageId: string, outputs: readonly JsonObject[]): Promise<Step> {
  localStorage.setItem(PREFIX + pageId, JSON.stringify(outputs));
  const sending = underWay.get(pageId) ?? deliver(pageId, outputs).finally(() => underWay.delete(pageId));
  underWay.set(pageId, sending);
  return sending;
}

/** Send what an earlier visit left behind; what the server refuses, such as a page whose time was over, is given up. */
export async function sendLeftovers(): Promise<void> {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  await Promise.allSettled(keys.map((key) => send(key.slice(PREFIX.length), read(key))));
}

async function deliver(pageId: string, outputs: readonly JsonObject[]): Promise<Step> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      const step = await server.advance(pageId, outputs);
      done(pageId);
      return step;
    } catch (error) {
      if (!(error instanceof Unreachable)) {
        done(pageId);
        throw error;
      }
      isOffline.value = true;
      await untilOnline(wait);
    }
  }
}

function done(pageId: string): void {
  isOffline.value = false;
  localStorage.removeItem(PREFIX + pageId);
}

function read(key: string): JsonObject[] {
  return JSON.parse(localStorage.getItem(key) ?? "[]") as JsonObject[];
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
