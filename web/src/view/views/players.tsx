/** Audio and video: one row of controls that shows what was played already. */

import type { ComponentType, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { Icon } from "../Icon";
import { formatTime, sizeOf, useMediaAddress } from "../media";
import type { Instance } from "../state/instance";
import type { WaveformProps } from "./Waveform";
import { type Playback, RATES, pressPlayerKey, usePlayback } from "./playback";

/** Decoded, a minute of stereo takes 20 MB. */
const LONGEST_DRAWN_S = 600;

export function AudioView({ instance }: { instance: Instance }): VNode {
  const url = instance.text("url");
  const { src, hasFailed } = useMediaAddress(instance, url);
  const playback = usePlayback(instance, url, src, hasFailed);
  instance.handles.togglePlayback = playback.toggle;
  return (
    <Player instance={instance} playback={playback} class="mh-audio">
      {src !== null && (
        <>
          <audio ref={playback.element as never} src={src} loop={instance.flag("loop")} preload={preloadOf(instance)} {...playback.events} />
          <WaveformPart instance={instance} playback={playback} src={src} />
        </>
      )}
    </Player>
  );
}

export function VideoView({ instance }: { instance: Instance }): VNode {
  const url = instance.text("url");
  const { src, hasFailed } = useMediaAddress(instance, url);
  const playback = usePlayback(instance, url, src, hasFailed);
  const size = sizeOf(instance);
  instance.handles.togglePlayback = playback.toggle;
  return (
    <Player instance={instance} playback={playback} class="mh-video" isVideo>
      {src !== null && (
        <video
          ref={playback.element as never}
          class={size.class}
          style={size.style}
          src={src}
          preload={preloadOf(instance)}
          playsInline
          onClick={playback.toggle}
          {...playback.events}
        />
      )}
    </Player>
  );
}

/** The form of a recording, once its task is in work, where the recording is short enough to be decoded and lies where pages may read it. */
function WaveformPart({ instance: { task }, playback, src }: { instance: Instance; playback: Playback; src: string }): VNode | null {
  const duration = playback.duration.value;
  const isShown = duration <= LONGEST_DRAWN_S && isReadable(src, task.suite.services.readsServer);
  const isWanted = isShown && duration > 0 && task.index === task.suite.activeIndex.value;
  const [drawn, setDrawn] = useState<{ component: ComponentType<WaveformProps> } | null>(null);
  useEffect(() => {
    // Without it one hears all the same.
    if (isWanted && !drawn) import("./Waveform").then(({ Waveform }) => setDrawn({ component: Waveform }), () => undefined);
  }, [isWanted]);
  if (!isShown) return null;
  // Its place is kept from the beginning: what stands below it must not move away from under a finger.
  return drawn ? <drawn.component key={src} media={playback.element} /> : <div class="mh-waveform" aria-hidden="true" />;
}

function isReadable(src: string, readsServer: boolean): boolean {
  const { protocol, origin } = new URL(src, location.href);
  return protocol === "data:" || protocol === "blob:" || (readsServer && protocol.startsWith("http") && origin === location.origin);
}

/** The recordings of the task in work and of the next one are there when they are wanted; of the others only their length. */
function preloadOf({ task }: Instance): "auto" | "metadata" {
  const distance = task.index - task.suite.activeIndex.value;
  return distance === 0 || distance === 1 ? "auto" : "metadata";
}

interface PlayerProps {
  readonly instance: Instance;
  readonly playback: Playback;
  readonly class: string;
  readonly isVideo?: boolean;
  readonly children: VNode | false;
}

function Player({ instance, playback, isVideo, children, ...rest }: PlayerProps): VNode {
  const { suite } = instance.task;
  const box = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    // The list of speeds uses the arrow keys itself, and buttons the space key.
    if (event.target instanceof HTMLSelectElement || (event.target instanceof HTMLButtonElement && event.key === " ")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || !pressPlayerKey(event, playback)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (playback.medium.hasFailed.value) {
    return (
      <div class="mh-placeholder">
        <p>{suite.t("media.failed")}</p>
        <button type="button" class="mh-button mh-button-small" onClick={playback.retry}>
          {suite.t("error.retry")}
        </button>
      </div>
    );
  }
  return (
    <div ref={box} class={`mh-player ${rest.class}`} role="group" aria-label={instance.text("label") || undefined} onKeyDownCapture={press}>
      {children}
      <div class="mh-player-controls">
        <PlayButton instance={instance} playback={playback} />
        <SeekBar instance={instance} playback={playback} />
        <select
          class="mh-player-rate"
          aria-label={suite.t("media.speed")}
          value={String(suite.playbackRate.value)}
          onChange={(event) => (suite.playbackRate.value = Number(event.currentTarget.value))}
        >
          {RATES.map((rate) => (
            <option key={rate} value={String(rate)}>{`${rate}×`}</option>
          ))}
        </select>
        {isVideo && (
          <button
            type="button"
            class="mh-tool"
            aria-label={suite.t("media.fullscreen")}
            title={suite.t("media.fullscreen")}
            onClick={() => void (document.fullscreenElement ? document.exitFullscreen() : box.current?.requestFullscreen?.())}
          >
            <Icon name="expand" />
          </button>
        )}
      </div>
    </div>
  );
}

function PlayButton({ instance, playback }: { instance: Instance; playback: Playback }): VNode {
  const label = instance.task.suite.t(playback.isPlaying.value ? "media.pause" : "media.play");
  return (
    <button type="button" class="mh-play" aria-label={label} title={label} onClick={playback.toggle}>
      <Icon name={playback.isPlaying.value ? "pause" : "play"} />
    </button>
  );
}

function SeekBar({ instance, playback }: { instance: Instance; playback: Playback }): VNode {
  const [time, duration] = [playback.time.value, playback.duration.value];
  const share = (seconds: number) => `${duration > 0 ? (100 * seconds) / duration : 0}%`;
  const position = `${formatTime(time)} / ${formatTime(duration)}`;
  return (
    <>
      <div class="mh-seek" dir="ltr">
        <div class="mh-seek-track" aria-hidden="true">
          {playback.played.value.map((span) => (
            <i key={span.start} style={{ left: share(span.start), width: share(span.end - span.start) }} />
          ))}
        </div>
        <input
          type="range"
          min={0}
          max={duration || 1}
          step={0.01}
          value={time}
          aria-label={instance.task.suite.t("media.seek")}
          aria-valuetext={position}
          onInput={(event) => playback.seek(Number(event.currentTarget.value))}
        />
      </div>
      <span class="mh-player-time" dir="ltr">
        {position}
      </span>
    </>
  );
}
