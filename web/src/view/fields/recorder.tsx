/** The microphone: records a sound and uploads it; where there is no microphone, a file can be chosen. */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Icon } from "../Icon";
import { formatTime } from "../media";
import type { Instance } from "../state/instance";
import { AttachmentList, type Attachments, useAttachments } from "./attachments";
import { PickButton } from "./files";
import { useOwnProblem } from "./own-problem";

const TICK_MS = 250;

export function AudioField({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const attachments = useAttachments(instance);
  const recorder = useRecorder(instance, attachments);
  const hasRecording = attachments.ids.length > 0;
  const again = attachments.isMultiple ? suite.t("record.more") : suite.t("record.again");
  return (
    <div class="mh-recorder">
      <div class="mh-buttons">
        <button
          type="button"
          class={recorder.isRunning ? "mh-button mh-recording" : "mh-button mh-button-primary"}
          disabled={instance.isDisabled() || attachments.isUploading.value}
          onClick={recorder.isRunning ? recorder.stop : recorder.start}
        >
          {recorder.isRunning ? <i class="mh-stop" aria-hidden="true" /> : <Icon name="microphone" />}
          {recorder.isRunning ? suite.t("record.stop") : hasRecording ? again : suite.t("record.start")}
        </button>
        {!recorder.isRunning && (
          <PickButton instance={instance} attachments={attachments} icon="file" label={suite.t("record.upload")} accept="audio/*" />
        )}
        {recorder.isRunning && (
          <span class="mh-record-time" role="timer">
            {suite.t("record.running", { time: formatTime(recorder.seconds) })}
          </span>
        )}
      </div>
      {recorder.isUnavailable && <p class="mh-error">{suite.t("record.unavailable")}</p>}
      <AttachmentList instance={instance} attachments={attachments} />
    </div>
  );
}

function useRecorder(instance: Instance, attachments: Attachments) {
  const running = useRef<MediaRecorder | null>(null);
  const isRunning = useSignal(false);
  const isUnavailable = useSignal(false);
  const seconds = useSignal(0);
  useOwnProblem(instance, isRunning.value || attachments.isUploading.value ? instance.task.suite.t("record.wait") : null);
  useEffect(() => () => running.current?.stop(), []);
  useEffect(() => {
    if (!isRunning.value) return undefined;
    const start = Date.now();
    const timer = setInterval(() => (seconds.value = (Date.now() - start) / 1000), TICK_MS);
    return () => clearInterval(timer);
  }, [isRunning.value, seconds]);

  const start = async () => {
    isUnavailable.value = false;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const recorder = new MediaRecorder(stream);
      const parts: Blob[] = [];
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        isRunning.value = false;
        void attachments.add([toFile(parts, recorder.mimeType)]);
      };
      running.current = recorder;
      seconds.value = 0;
      recorder.start();
      isRunning.value = true;
    } catch {
      // The worker refused, there is no microphone, or the page is not served safely: a file is the way then.
      isUnavailable.value = true;
    }
  };
  return {
    isRunning: isRunning.value,
    isUnavailable: isUnavailable.value,
    seconds: seconds.value,
    start: () => void start(),
    stop: () => running.current?.stop(),
  };
}

function toFile(parts: Blob[], type: string): File {
  const kind = type.split(";")[0] || "audio/webm";
  return new File(parts, `recording.${kind.split("/")[1] ?? "webm"}`, { type: kind });
}
