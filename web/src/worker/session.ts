/** Who is signed in on this device. */

import { signal } from "@preact/signals";

import { ApiError } from "../site/api";
import { type Profile, server } from "./server";

/** null while nobody is; undefined until that is known. */
export const profile = signal<Profile | null | undefined>(undefined);
export const startError = signal<Error | null>(null);

export async function findProfile(): Promise<void> {
  startError.value = null;
  try {
    profile.value = await server.profile();
  } catch (error) {
    if (error instanceof ApiError) profile.value = null;
    else startError.value = error instanceof Error ? error : new Error(String(error));
  }
}
