/** Who is signed in on this device. */

import { effect, signal } from "@preact/signals";

import { ApiError, sessionLost } from "../site/api";
import { type Profile, server } from "./server";

/** null while nobody is; undefined until that is known. */
export const profile = signal<Profile | null | undefined>(undefined);
export const startError = signal<Error | null>(null);
/** Whether somebody was signed in here until the session ended, on another device or by itself. */
export const wasSignedOut = signal(false);

effect(() => {
  if (sessionLost.value > 0 && profile.peek()) {
    profile.value = null;
    wasSignedOut.value = true;
  }
});

export async function findProfile(): Promise<void> {
  startError.value = null;
  try {
    profile.value = await server.profile();
    wasSignedOut.value = false;
  } catch (error) {
    if (error instanceof ApiError) profile.value = null;
    else startError.value = error instanceof Error ? error : new Error(String(error));
  }
}
