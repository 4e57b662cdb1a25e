/** Attachments: files that were uploaded for a field, as a list of ids in its value. */

import { type Signal, useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";

import { Icon } from "../Icon";
import { useMediaAddress } from "../media";
import type { Coordinates } from "../state/services";
import type { Instance } from "../state/instance";
import { useOwnProblem } from "./own-problem";

/** A file that was uploaded from this page: its name and kind are known, and it need not be loaded back. */
interface LocalFile {
  readonly name: string;
  readonly type: string;
  readonly url: string;
}

export interface Attachments {
  readonly ids: readonly string[];
  readonly isMultiple: boolean;
  readonly isUploading: Signal<boolean>;
  readonly failure: Signal<string | null>;
  readonly localFiles: ReadonlyMap<string, LocalFile>;
  add(files: readonly File[], coordinates?: Coordinates): Promise<void>;
  remove(id: string): void;
}

export function useAttachments(instance: Instance): Attachments {
  const { suite } = instance.task;
  const isUploading = useSignal(false);
  const failure = useSignal<string | null>(null);
  const localFiles = useMemo(() => new Map<string, LocalFile>(), []);
  useOwnProblem(instance, isUploading.value ? suite.t("file.wait") : null);
  useEffect(() => () => localFiles.forEach((file) => URL.revokeObjectURL(file.url)), [localFiles]);
  instance.isEditable = !instance.isDisabled();
  const isMultiple = instance.flag("multiple");
  const store = (ids: readonly string[]) => {
    if (ids.length === 0) instance.setValue(undefined);
    else instance.setValue(isMultiple ? ids : ids.at(-1));
  };
  return {
    ids: idsOf(instance.value()),
    isMultiple,
    isUploading,
    failure,
    localFiles,
    add: async (files, coordinates) => {
      isUploading.value = true;
      failure.value = null;
      try {
        for (const file of isMultiple ? files : files.slice(0, 1)) {
          if (!suite.services.upload) throw new Error(suite.t("file.unavailable"));
          const id = await suite.services.upload(file, file.name, coordinates);
          localFiles.set(id, { name: file.name, type: file.type, url: URL.createObjectURL(file) });
          store([...idsOf(instance.value()), id]);
        }
      } catch (error) {
        failure.value = suite.t("file.failed", { message: error instanceof Error ? error.message : String(error) });
      } finally {
        isUploading.value = false;
      }
    },
    remove: (id) => store(idsOf(instance.value()).filter((other) => other !== id)),
  };
}

export function AttachmentList({ instance, attachments }: { instance: Instance; attachments: Attachments }): VNode {
  const { suite } = instance.task;
  return (
    <>
      {attachments.ids.length > 0 && (
        <ul class="mh-attachments">
          {attachments.ids.map((id, index) => (
            <Attachment key={id} instance={instance} attachments={attachments} id={id} number={index + 1} />
          ))}
        </ul>
      )}
      <p class="mh-upload-state" aria-live="polite">
        {attachments.isUploading.value && suite.t("file.uploading")}
        {attachments.failure.value !== null && <span class="mh-error">{attachments.failure.value}</span>}
      </p>
    </>
  );
}

interface AttachmentProps {
  readonly instance: Instance;
  readonly attachments: Attachments;
  readonly id: string;
  readonly number: number;
}

function Attachment({ instance, attachments, id, number }: AttachmentProps): VNode {
  const { suite } = instance.task;
  const local = attachments.localFiles.get(id);
  const remote = useMediaAddress(instance, local ? "" : id);
  const name = local?.name ?? suite.t("file.attached", { number });
  const kind = local?.type.split("/")[0];
  const source = local?.url ?? remote.src;
  return (
    <li class="mh-attachment">
      {kind === "image" && source && <img src={source} alt="" />}
      {kind === "video" && source && <video src={source} controls playsInline />}
      {kind === "audio" && source && <audio src={source} controls />}
      {kind !== "audio" && (
        <span class="mh-attachment-name">
          {kind === undefined && source ? (
            <a class="mh-link" href={source} target="_blank" rel="noopener noreferrer">
              {name}
            </a>
          ) : (
            name
          )}
        </span>
      )}
      {!instance.isDisabled() && (
        <button type="button" class="mh-tool" aria-label={suite.t("file.remove", { name })} onClick={() => attachments.remove(id)}>
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

function idsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((id): id is string => typeof id === "string");
  return typeof value === "string" && value !== "" ? [value] : [];
}
