/** What the pages of a worker's account ask of the server: coming in, and what one comes in with. */

import { type CallOptions, call } from "../site/api";
import type { Profile } from "./server";

export interface Entrance {
  readonly is_sign_up_open: boolean;
  readonly consent: { readonly version: string; readonly text: string | null };
}

/** What an invitation brings. */
export interface Offer {
  readonly pool_id: string | null;
  readonly title: string;
  readonly is_for_experts: boolean;
}

export interface NewPassword {
  readonly name: string;
  readonly password: string;
}

/** What a browser says of a passkey that it has made or used. */
export type PasskeyAnswer = ReturnType<PublicKeyCredential["toJSON"]>;

/** A passkey that the browser has made, and how it is called in the list. */
export interface NewPasskey {
  readonly passkey: PasskeyAnswer;
  readonly label: string;
}

export interface JoinForm {
  readonly invitation: string;
  readonly consent: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly country: string;
  readonly birth_date: string | null;
  readonly is_adult_content_allowed: boolean;
  readonly password: NewPassword | null;
  readonly passkey: NewPasskey | null;
}

export interface ProfileForm {
  readonly name: string;
  readonly languages: readonly string[];
  readonly country: string;
  readonly birth_year: number | null;
  readonly is_adult_content_allowed: boolean;
}

export interface PasskeyEntry {
  readonly id: string;
  readonly site: string;
  readonly label: string;
  readonly created: string;
  readonly used: string | null;
}

export interface KeyEntry {
  readonly id: string;
  readonly created: string;
  readonly used: string | null;
}

export interface SessionEntry {
  readonly id: string;
  readonly device: string;
  readonly created: string;
  readonly used: string;
  readonly is_here: boolean;
}

export interface Account {
  readonly user_name: string | null;
  readonly passkeys: readonly PasskeyEntry[];
  readonly keys: readonly KeyEntry[];
  readonly sessions: readonly SessionEntry[];
}

type SignInForm = NewPassword | { readonly passkey: PasskeyAnswer } | { readonly key: string };

const POST = { method: "POST" } as const;
const DELETE = { method: "DELETE" } as const;

function ask<T>(path: string, options: CallOptions = {}): Promise<T> {
  return call<T>(`/api/worker/${path}`, options);
}

function post<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { ...POST, body });
}

/** The options for making or using a passkey, as the browser takes them. */
async function options<T>(path: string, body?: unknown): Promise<T> {
  return (await ask<{ options: T }>(path, { ...POST, body })).options;
}

export const entrance = {
  show: (language: string) => ask<Entrance>(`entrance?language=${encodeURIComponent(language)}`),
  offer: (invitation: string) => post<Offer>("entrance/invitation", { invitation }),
  newPasskey: (invitation: string) => options<PublicKeyCredentialCreationOptionsJSON>("entrance/new-passkey", { invitation }),
  passkey: () => options<PublicKeyCredentialRequestOptionsJSON>("entrance/passkey"),
  join: (form: JoinForm) => post<{ pool_id: string | null }>("sessions", form),
  signIn: (form: SignInForm) => post<unknown>("session", form),
  signOut: () => ask<unknown>("session", DELETE),
};

export const account = {
  show: () => ask<Account>("account"),
  changeProfile: (form: ProfileForm) => ask<Profile>("profile", { method: "PUT", body: form }),
  accept: (invitation: string) => post<Offer>("invitations", { invitation }),
  agree: (version: string) => post<unknown>("consent", { version }),
  setPassword: (form: NewPassword) => post<unknown>("password", form),
  changePassword: (current: string, password: string) => ask<unknown>("password", { method: "PUT", body: { current, password } }),
  removePassword: () => ask<unknown>("password", DELETE),
  newPasskey: () => options<PublicKeyCredentialCreationOptionsJSON>("passkeys/options"),
  addPasskey: (form: NewPasskey) => post<unknown>("passkeys", form),
  removePasskey: (id: string) => ask<unknown>(`passkeys/${encodeURIComponent(id)}`, DELETE),
  makeKey: () => ask<{ key: string }>("keys", POST),
  endKey: (id: string) => ask<unknown>(`keys/${encodeURIComponent(id)}`, DELETE),
  endSession: (id: string) => ask<unknown>(`sessions/${encodeURIComponent(id)}`, DELETE),
  endSessions: () => ask<unknown>("sessions", DELETE),
};
