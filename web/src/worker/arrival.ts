/** What an invitation brings; it is asked for while the page is still being put together. */

import { ApiError } from "../site/api";
import { type Offer, entrance } from "./account";

let early: { readonly invitation: string; readonly offer: Promise<Offer | null> } | null = null;

export function askForOffer(invitation: string): void {
  const offer = ask(invitation);
  // Whoever wants the offer hears of the failure.
  offer.catch(() => undefined);
  early = { invitation, offer };
}

/** Return what an invitation brings; null for one that is over. */
export function findOffer(invitation: string): Promise<Offer | null> {
  const known = early;
  early = null;
  return known?.invitation === invitation ? known.offer : ask(invitation);
}

async function ask(invitation: string): Promise<Offer | null> {
  try {
    return await entrance.offer(invitation);
  } catch (error) {
    if (error instanceof ApiError && error.code === "INVITATION_OVER") return null;
    throw error;
  }
}
