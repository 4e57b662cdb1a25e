/** What somebody who arrives by an invitation sees first; it is asked for while the page is still being put together. */

import { ApiError } from "../site/api";
import { type Entrance, type Offer, entrance } from "./account";
import { language } from "./words";

let early: { readonly invitation: string; readonly offer: Promise<Offer | null> } | null = null;

let met: { readonly language: string; readonly way: Entrance } | null = null;

/** Ask how one comes in, so that the form is there at once; whoever shows it asks again when this fails. */
export async function askForEntrance(): Promise<void> {
  const asked = language.value;
  try {
    met = { language: asked, way: await entrance.show(asked) };
  } catch {
    met = null;
  }
}

/** Return how one comes in, if that is known in a language; once. */
export function findEntrance(wanted: string): Entrance | null {
  const known = met;
  met = null;
  return known?.language === wanted ? known.way : null;
}

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
