/** Playback: the state of one player, and how much of the recording the worker has really heard or seen. */

import { type Signal, untracked, useSignal, useSignalEffect } from "@preact/signals";
import { type RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";

import { type Instance, Medium } from "../state/instance";

/** What may stay unplayed of a recording that counts as played fully: browsers round the ends of what they played. */
const TOLERANCE_S = 0.5;
const TOLERANCE_SHARE = 0.02;

const SEEK_STEP_S = 5;
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Playback {
  readonly element: RefObject<HTMLMediaElement | null>;
  readonly isPlaying: Signal<boolean>;
  readonly time: Signal<number>;
  readonly duration: Signal<number>;
  /** What was played already, in seconds. */
  readonly played: Signal<readonly Span[]>;
  readonly medium: Medium;
  toggle(): void;
  seek(seconds: number): void;
  changeRate(steps: number): void;
  retry(): unknown;
  /** Event handlers of the element. */
  readonly events: Record<string, () => void>;
}

function play(media: HTMLMediaElement): void {
  // A browser that refuses leaves the button as it is.
  void Promise.resolve(media.play()).catch(() => undefined);
}

export function usePlayback(instance: Instance, url: string, src: string | null, hasFailed: boolean): Playback {
  const { suite, index } = instance.task;
  const element = useRef<HTMLMediaElement>(null);
  const isWanted = useRef(false);
  const medium = useMemo(() => (instance.medium = new Medium()), [instance]);
  const [isPlaying, time, duration, played] = [useSignal(false), useSignal(0), useSignal(0), useSignal<readonly Span[]>([])];
  useLayoutEffect(() => {
    // What was heard before a reload need not be heard again.
    medium.wasPlayed.value = medium.wasPlayedFully.value = suite.services.wasPlayed(index, url);
    medium.hasFailed.value = hasFailed;
  }, [medium, src, hasFailed]);
  useSignalEffect(() => {
    if (medium.wasPlayedFully.value) untracked(() => suite.services.onPlayed(index, url));
  });
  useSignalEffect(() => {
    // Read before the element is looked for: it may not be there yet, and the effect must still hear of changes.
    const rate = suite.playbackRate.value;
    if (element.current) element.current.playbackRate = rate;
  });
  useSignalEffect(() => {
    const isOther = suite.playing.value !== null && suite.playing.value !== instance;
    if (isOther) isWanted.current = false;
    if (isOther && element.current && !element.current.paused) element.current.pause();
  });

  useLayoutEffect(() => {
    // Asked for before its address was known.
    if (isWanted.current && element.current) play(element.current);
    if (src !== null) isWanted.current = false;
  }, [src]);

  const look = () => {
    const media = element.current;
    if (!media) return;
    time.value = media.currentTime;
    duration.value = Number.isFinite(media.duration) ? media.duration : 0;
    played.value = spansOf(media.played);
    if (isCovered(played.value, duration.value)) medium.wasPlayedFully.value = true;
  };
  return {
    element, isPlaying, time, duration, played, medium,
    toggle: () => {
      const media = element.current;
      if (!media) isWanted.current = !hasFailed && !isWanted.current;
      else if (media.paused) play(media);
      else media.pause();
    },
    seek: (seconds) => {
      const media = element.current;
      if (media) media.currentTime = Math.min(Math.max(seconds, 0), Number.isFinite(media.duration) ? media.duration : seconds);
      look();
    },
    changeRate: (steps) => {
      const position = RATES.findIndex((rate) => rate === suite.playbackRate.peek());
      suite.playbackRate.value = RATES[Math.min(Math.max(position + steps, 0), RATES.length - 1)] ?? 1;
    },
    // The element is built anew once the medium has not failed.
    retry: () => (medium.hasFailed.value = false),
    events: {
      onLoadedMetadata: () => {
        if (element.current) element.current.playbackRate = suite.playbackRate.peek();
        look();
      },
      onDurationChange: look,
      onTimeUpdate: look,
      onPlay: () => {
        isPlaying.value = medium.wasPlayed.value = true;
        suite.playing.value = instance;
      },
      onPause: () => {
        isPlaying.value = false;
        look();
      },
      onEnded: () => {
        isPlaying.value = false;
        look();
        // Streams have no length to compare with: their end is all there is to know.
        if (duration.value === 0 || played.value.length === 0) medium.wasPlayedFully.value = true;
      },
      onError: () => {
        medium.hasFailed.value = true;
        isPlaying.value = false;
      },
    },
  };
}

/** Do what a key does in a player; returns whether the player knows the key. */
export function pressPlayerKey(event: KeyboardEvent, playback: Playback): boolean {
  switch (event.key) {
    case " ":
      playback.toggle();
      return true;
    case "ArrowLeft":
      playback.seek(playback.time.peek() - SEEK_STEP_S);
      return true;
    case "ArrowRight":
      playback.seek(playback.time.peek() + SEEK_STEP_S);
      return true;
    case "ArrowUp":
      playback.changeRate(1);
      return true;
    case "ArrowDown":
      playback.changeRate(-1);
      return true;
    case "Home":
      playback.seek(0);
      return true;
    default:
      return false;
  }
}

export function isCovered(played: readonly Span[], duration: number): boolean {
  const seconds = played.reduce((sum, span) => sum + span.end - span.start, 0);
  return duration > 0 && seconds >= duration - Math.max(TOLERANCE_S, duration * TOLERANCE_SHARE);
}

function spansOf(ranges: TimeRanges | undefined): Span[] {
  return Array.from({ length: ranges?.length ?? 0 }, (_, i) => ({ start: ranges?.start(i) ?? 0, end: ranges?.end(i) ?? 0 }));
}
