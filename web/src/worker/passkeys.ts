/** Passkeys: what stands in their way here, and how the browser makes and uses them. */

import type { NewPasskey, PasskeyAnswer } from "./account";
import { t } from "./words";

/** Why there are no passkeys here: the address is a number, the connection is open to others, or the browser is too old. */
export type Obstacle = "address" | "connection" | "browser";

const NUMBER = /^(\d+\.){3}\d+$|^\[/;
const LOOPBACK = /^127\.|^\[::1\]$/;

export function findObstacle(): Obstacle | null {
  if (NUMBER.test(location.hostname)) return "address";
  if (!isSecureContext) return "connection";
  const has = typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function";
  return has ? null : "browser";
}

/** Say what stands in the way, and what to do. */
export function tellObstacle(obstacle: Obstacle): string {
  const port = location.port ? `:${location.port}` : "";
  if (obstacle === "address" && LOOPBACK.test(location.hostname)) {
    return t("passkey.address.here", { address: `${location.protocol}//localhost${port}` });
  }
  return t(`passkey.${obstacle}`);
}

export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<NewPasskey> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await asked(navigator.credentials.create({ publicKey }));
  return { passkey: made.toJSON(), label: deviceName(navigator.userAgent) ?? "" };
}

export async function presentPasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<PasskeyAnswer> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return (await asked(navigator.credentials.get({ publicKey }))).toJSON();
}

async function asked(answer: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await answer;
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === "InvalidStateError") throw new Error(t("passkey.known"), { cause: error });
    if (error.name !== "NotAllowedError") throw new Error(t("passkey.failed"), { cause: error });
  }
  throw new Error(t("passkey.cancelled"));
}

const BROWSERS = [
  [/Edg/, "Edge"],
  [/OPR/, "Opera"],
  [/YaBrowser/, "Yandex Browser"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
] as const;
const SYSTEMS = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
] as const;

/** A name such as `Firefox · Android` for what a browser calls itself; null for one that nobody knows. */
export function deviceName(agent: string): string | null {
  const names = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(agent))?.[1]).filter(Boolean);
  return names.length > 0 ? names.join(" · ") : null;
}
