/** Media: from a URL or an attachment id to an address that the browser loads, and the size it is shown in. */

import { useEffect, useState } from "preact/hooks";

import { toNumber } from "./language/json";
import { toSafeMedia } from "./safe-url";
import type { Instance } from "./state/instance";

export interface MediaAddress {
  /** Null while it is being resolved, and for an address that must not be loaded. */
  readonly src: string | null;
  readonly hasFailed: boolean;
}

export function useMediaAddress(instance: Instance, url: string): MediaAddress {
  const { resolveMedia } = instance.task.suite.services;
  const [resolved, setResolved] = useState<{ url: string; src: string | null } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const settle = (src: string | null) => isCurrent && setResolved({ url, src });
    if (url !== "") {
      Promise.resolve(resolveMedia(url)).then(
        (address) => settle(toSafeMedia(address)),
        () => settle(null),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [url, resolveMedia]);
  if (resolved?.url !== url) return { src: null, hasFailed: url === "" };
  return { src: resolved.src, hasFailed: resolved.src === null };
}

/** The style that `minWidth`, `maxWidth` and `ratio` ask for; `fullHeight` is a class of its own. */
export function sizeOf(instance: Instance): { style: Record<string, string>; class: string } {
  const maximum = instance.number("maxWidth");
  const minimum = instance.number("minWidth");
  const ratio = instance.get("ratio");
  const style: Record<string, string> = {};
  if (maximum !== undefined) style.maxInlineSize = `${maximum}px`;
  if (minimum !== undefined) style.minInlineSize = `min(100%, ${minimum}px)`;
  if (Array.isArray(ratio) && ratio.length === 2) style.aspectRatio = `${toNumber(ratio[0])} / ${toNumber(ratio[1])}`;
  return { style, class: instance.flag("fullHeight") ? "mh-full-height" : "" };
}

export function formatTime(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.floor(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
