/** The task of a preview: from the page itself, or from its address. */

import { decompressFromEncodedURIComponent } from "lz-string";

import type { JsonObject } from "../view";
import { t } from "./words";

export interface PreviewedTask {
  /** Template Builder config. */
  readonly config: JsonObject;
  readonly input: JsonObject;
  /** An answer that is shown and cannot be changed; null lets one be tried. */
  readonly output: JsonObject | null;
  /** In lower case, as the renderer names languages. */
  readonly language: string;
}

const NAME = "config";

/** Return the packed task of an address: behind `#config=`, where no server sees it, or in the query, as Toloka's editor has it. */
export function packedTask(location: Pick<Location, "hash" | "search">): string | null {
  for (const part of [location.hash.slice(1), location.search.slice(1)]) {
    const pair = part.split("&").find((text) => text.startsWith(`${NAME}=`));
    if (pair !== undefined) return decodeSafely(pair.slice(NAME.length + 1));
  }
  return null;
}

/** Unpack a task; throws an error that says what is wrong with it. */
export function unpackTask(packed: string): PreviewedTask {
  const text = decompressFromEncodedURIComponent(packed);
  if (!text) throw new Error(t("broken.text"));
  return readTask(parse(text, "config"));
}

/** Read a task; config, input and output may be JSON texts, as Toloka's editor has them, or objects. */
export function readTask(document: unknown): PreviewedTask {
  const parts = asObject(document, "config");
  return {
    config: asObject(parts["config"], "config"),
    input: asObject(parts["input"] ?? {}, "input"),
    output: parts["output"] === undefined || parts["output"] === null ? null : asObject(parts["output"], "output"),
    language: typeof parts["lang"] === "string" ? parts["lang"].toLowerCase() : "en",
  };
}

function asObject(value: unknown, part: string): JsonObject {
  const parsed = typeof value === "string" ? parse(value, part) : value;
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new Error(t("broken.part", { part }));
  return parsed as JsonObject;
}

function parse(text: string, part: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(t("broken.part", { part }));
  }
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
