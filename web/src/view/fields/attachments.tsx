/** Attachments: files that were uploaded for a field, as a list of ids in its value. */

import { type Signal, useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { Icon } from "../Icon";
import { useMediaAddress } from "../media";
import type { Coordinates, StoredFile } from "../state/services";
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
  /** The share of the file on its way that has been sent. */
  readonly progress: Signal<number>;
  readonly failure: Signal<string | null>;
  /** Files that could not be sent; a recording cannot be chosen again. */
  readonly unsent: Signal<readonly File[]>;
  readonly localFiles: ReadonlyMap<string, LocalFile>;
  add(files: readonly File[], coordinates?: Coordinates): Promise<void>;
  retry(): Promise<void>;
  remove(id: string): void;
}

export function useAttachments(instance: Instance): Attachments {
  const { suite } = instance.task;
  const isUploading = useSignal(false);
  const progress = useSignal(0);
  const failure = useSignal<string | null>(null);
  const unsent = useSignal<readonly File[]>([]);
  const where = useSignal<Coordinates | undefined>(undefined);
  const localFiles = useMemo(() => new Map<string, LocalFile>(), []);
  useOwnProblem(instance, isUploading.value ? suite.t("file.wait") : null);
  useEffect(() => () => localFiles.forEach((file) => URL.revokeObjectURL(file.url)), [localFiles]);
  instance.isEditable = !instance.isDisabled();
  const isMultiple = instance.flag("multiple");
  const store = (ids: readonly string[]) => {
    if (ids.length === 0) instance.setValue(undefined);
    else instance.setValue(isMultiple ? ids : ids.at(-1));
  };
  const send = async (file: File) => {
    if (!suite.services.upload) throw new Error(suite.t("file.unavailable"));
    progress.value = 0;
    const options = { coordinates: where.peek(), onProgress: (share: number) => (progress.value = share) };
    const id = await suite.services.upload(file, file.name, options);
    localFiles.set(id, { name: file.name, type: file.type, url: URL.createObjectURL(file) });
    store([...idsOf(instance.value()), id]);
  };
  const sendAll = async (files: readonly File[]) => {
    isUploading.value = true;
    failure.value = null;
    unsent.value = files;
    try {
      for (const file of files) {
        await send(file);
        unsent.value = unsent.peek().slice(1);
      }
    } catch (error) {
      failure.value = suite.t("file.failed", { message: error instanceof Error ? error.message : String(error) });
    } finally {
      isUploading.value = false;
    }
  };
  return {
    ids: idsOf(instance.value()),
    isMultiple,
    isUploading,
    progress,
    failure,
    unsent,
    localFiles,
    add: (files, coordinates) => {
      where.value = coordinates;
      return sendAll(isMultiple ? files : files.slice(0, 1));
    },
    retry: () => sendAll(unsent.peek()),
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
      {attachments.isUploading.value && <progress class="mh-upload-progress" value={attachments.progress.value} aria-label={suite.t("file.uploading")} />}
      {attachments.failure.value !== null && attachments.unsent.value.length > 0 && (
        <button type="button" class="mh-button mh-button-small" onClick={() => void attachments.retry()}>
          {suite.t("error.retry")}
        </button>
      )}
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
  const known = useStoredFile(instance, local ? null : id);
  const name = local?.name ?? (known?.name || suite.t("file.attached", { number }));
  const kind = (local ?? known)?.type.split("/")[0];
  const source = local?.url ?? remote.src;
  return (
    <li class="mh-attachment">
      {kind === "image" && source && <img src={source} alt="" />}
      {kind === "video" && source && <video src={source} controls playsInline />}
      {kind === "audio" && source && <audio src={source} controls />}
      {kind !== "audio" && (
        <span class="mh-attachment-name">
          {!local && source ? (
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

/** What is known of a file that an earlier visit has uploaded. */
function useStoredFile(instance: Instance, id: string | null): StoredFile | null {
  const { findFile } = instance.task.suite.services;
  const [file, setFile] = useState<StoredFile | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (id !== null) findFile?.(id).then((found) => isCurrent && setFile(found), () => undefined);
    return () => {
      isCurrent = false;
    };
  }, [id, findFile]);
  return file;
}

function idsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((id): id is string => typeof id === "string");
  return typeof value === "string" && value !== "" ? [value] : [];
}
