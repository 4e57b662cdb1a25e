/** Who is signed in on this device, and what there is for them. */

import { effect, signal } from "@preact/signals";

import { ApiError, sessionLost } from "../site/api";
import { type Home, type Profile, server } from "./server";

/** null while nobody is; undefined until that is known. */
export const profile = signal<Profile | null | undefined>(undefined);
export const home = signal<Home | null>(null);
export const startError = signal<Error | null>(null);
/** Whether somebody was signed in here until the session ended, on another device or by itself. */
export const wasSignedOut = signal(false);

effect(() => {
  if (sessionLost.value > 0 && profile.peek()) {
    profile.value = null;
    wasSignedOut.value = true;
  }
});

const FRESH_MS = 3_000;
let lookedAt = -Infinity;

export async function findProfile(): Promise<void> {
  startError.value = null;
  try {
    await lookAround();
    lookedAt = performance.now();
    profile.value = home.value?.profile;
    wasSignedOut.value = false;
  } catch (error) {
    if (error instanceof ApiError) profile.value = null;
    else startError.value = error instanceof Error ? error : new Error(String(error));
  }
}

/** Whether what there is has just come along with the profile; counts once. */
export function hasJustLooked(): boolean {
  const isFresh = performance.now() - lookedAt < FRESH_MS;
  lookedAt = -Infinity;
  return isFresh;
}

/** Look what there is now. */
export async function lookAround(): Promise<void> {
  home.value = await server.home();
}
