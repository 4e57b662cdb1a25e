/** File fields: any file, or photos and videos from the camera, the gallery or the device. */

import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";

import { describedBy } from "../Frame";
import { Icon, type IconName } from "../Icon";
import { isObject, toText } from "../language/json";
import type { Coordinates } from "../state/services";
import type { Instance } from "../state/instance";
import { AttachmentList, type Attachments, useAttachments } from "./attachments";

export function FileField({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const attachments = useAttachments(instance);
  const [isOver, setIsOver] = useState(false);
  const accept = instance.get("accept");
  const isDisabled = instance.isDisabled();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (!isDisabled) void attachments.add([...(event.dataTransfer?.files ?? [])]);
  };
  return (
    <div
      class={isOver ? "mh-drop mh-over" : "mh-drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <PickButton
        instance={instance}
        attachments={attachments}
        icon="file"
        label={suite.t(attachments.isMultiple ? "file.chooseMany" : "file.choose")}
        accept={Array.isArray(accept) ? accept.map(toText).join(",") : undefined}
      />
      <span class="mh-drop-hint">{suite.t("file.drop")}</span>
      <AttachmentList instance={instance} attachments={attachments} />
    </div>
  );
}

export function MediaFileField({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const attachments = useAttachments(instance);
  const accept = instance.get("accept");
  const kinds = isObject(accept) ? accept : {};
  const shared = { instance, attachments };
  return (
    <div class="mh-media-file">
      <div class="mh-buttons">
        {Boolean(kinds.photo) && <PickButton {...shared} icon="camera" label={suite.t("file.photo")} accept="image/*" capture="environment" />}
        {Boolean(kinds.video) && <PickButton {...shared} icon="video" label={suite.t("file.video")} accept="video/*" capture="environment" />}
        {Boolean(kinds.gallery) && <PickButton {...shared} icon="gallery" label={suite.t("file.gallery")} accept="image/*,video/*" />}
        {Boolean(kinds.fileSystem) && <PickButton {...shared} icon="file" label={suite.t("file.system")} />}
      </div>
      <AttachmentList instance={instance} attachments={attachments} />
    </div>
  );
}

interface PickButtonProps {
  readonly instance: Instance;
  readonly attachments: Attachments;
  readonly icon: IconName;
  readonly label: string;
  readonly accept?: string;
  readonly capture?: "environment";
}

/** A button that opens the browser's file dialog or, on a phone, the camera. */
export function PickButton({ instance, attachments, icon, label, accept, capture }: PickButtonProps): VNode {
  const input = useRef<HTMLInputElement>(null);
  const pick = async (files: readonly File[]) => {
    if (files.length === 0) return;
    if (!instance.flag("requiredCoordinates")) return attachments.add(files);
    try {
      await attachments.add(files, await locate());
    } catch {
      attachments.failure.value = instance.task.suite.t("file.noPlace");
    }
  };
  return (
    <>
      <button
        type="button"
        class="mh-button"
        aria-describedby={describedBy(instance)}
        disabled={instance.isDisabled() || attachments.isUploading.value}
        onClick={() => input.current?.click()}
      >
        <Icon name={icon} />
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        capture={capture}
        multiple={attachments.isMultiple}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again after it was removed.
          event.currentTarget.value = "";
          void pick(files);
        }}
      />
    </>
  );
}

function locate(): Promise<Coordinates> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) reject(new Error("no geolocation"));
    else navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject);
  });
}
