/** What a recording looks like: where something is heard in it, and how far it was played. Whoever cannot see it misses nothing: the slider says as much. */

import type { RefObject, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import WaveSurfer from "wavesurfer.js";

const HEIGHT_PX = 56;

export interface WaveformProps {
  readonly media: RefObject<HTMLMediaElement | null>;
}

export function Waveform({ media }: WaveformProps): VNode | null {
  const box = useRef<HTMLDivElement>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!media.current || !element) return undefined;
    const drawn = draw(element, media.current);
    // A recording whose form cannot be told can be heard all the same.
    if (!drawn) return setFailed(true);
    drawn.on("error", () => setFailed(true));
    const stop = onColours(() => drawn.setOptions(coloursOf(element)));
    return () => {
      stop();
      drawn.destroy();
    };
  }, [media]);
  return hasFailed ? null : <div ref={box} class="mh-waveform" dir="ltr" aria-hidden="true" />;
}

/** Null where the browser cannot do it. */
function draw(container: HTMLElement, media: HTMLMediaElement): WaveSurfer | null {
  try {
    return WaveSurfer.create({
      container,
      media,
      // The policy of the pages lets in the style sheet that this height leads to, and no other.
      height: HEIGHT_PX,
      barWidth: 2,
      barGap: 1,
      barRadius: 2,
      normalize: true,
      dragToSeek: true,
      hideScrollbar: true,
      autoScroll: false,
      ...coloursOf(container),
    });
  } catch {
    return null;
  }
}

function coloursOf(element: HTMLElement): { waveColor: string; progressColor: string; cursorColor: string } {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return { waveColor: colour("--mh-ink-soft"), progressColor: colour("--mh-accent"), cursorColor: colour("--mh-ink") };
}

/** Call when light turns to dark or back, by the device or by hand; returns how to stop. */
function onColours(change: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = new MutationObserver(change);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  dark.addEventListener("change", change);
  return () => {
    root.disconnect();
    dark.removeEventListener("change", change);
  };
}
