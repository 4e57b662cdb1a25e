/** Files of a page: sent while it is in hand, and shown again to whoever sent them. */

import { Unreachable, callFailed } from "../site/api";
import type { FindFile, ResolveMedia, StoredFile, Upload } from "../view";
import { inWords } from "./refusals";
import { server } from "./server";
import { t } from "./words";

export interface PageFiles {
  readonly upload: Upload;
  readonly findFile: FindFile;
  readonly resolveMedia: ResolveMedia;
}

/** Attachment ids are words; addresses have dots, colons or slashes. */
const ID = /^[\w-]+$/;

export function filesOf(pageId: string): PageFiles {
  const folder = `/api/worker/pages/${encodeURIComponent(pageId)}/files`;
  let listed: Promise<ReadonlyMap<string, StoredFile>> | null = null;
  const list = async () => new Map((await server.files(pageId)).map((file) => [file.id, { name: file.name, type: file.media_type }]));
  return {
    upload: async (file, name, { onProgress }) => {
      const query = new URLSearchParams({ name, type: file.type });
      return (await sendFile(`${folder}?${query}`, file, onProgress)).id;
    },
    findFile: async (id) => {
      listed ??= list();
      return (await listed).get(id) ?? null;
    },
    resolveMedia: (url) => (ID.test(url) ? `${folder}/${url}` : url),
  };
}

/** Send a file; unlike `fetch`, this tells how far it has come. */
function sendFile(path: string, file: Blob, onProgress: (share: number) => void): Promise<{ readonly id: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.responseType = "json";
    // A type that no foreign page can send in the worker's name.
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(request.response as { id: string });
      else if (request.status >= 500) reject(new Error(t("app.noConnection")));
      else reject(inWords(callFailed(request.status, request.response)));
    };
    request.onerror = () => reject(new Unreachable(t("app.noConnection")));
    request.send(file);
  });
}
