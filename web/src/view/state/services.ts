/** What the page around the renderer provides: words, media addresses, uploads. */

import type { Texts } from "../texts";

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

export interface UploadOptions {
  /** Where the file was made, where the view requires that. */
  readonly coordinates?: Coordinates;
  /** To be told which share of the file has been sent. */
  readonly onProgress: (share: number) => void;
}

/** Store a file and return its attachment id. */
export type Upload = (file: Blob, name: string, options: UploadOptions) => Promise<string>;

/** What is known of a file that was uploaded earlier. */
export interface StoredFile {
  readonly name: string;
  readonly type: string;
}

/** Return what is known of an attachment of this page; null for nothing. */
export type FindFile = (attachmentId: string) => Promise<StoredFile | null>;

/** Return the address under which the browser loads a URL of a task or an attachment id. */
export type ResolveMedia = (urlOrAttachmentId: string) => string | Promise<string>;

export interface Services {
  readonly texts: Texts;
  /** The requester's own words for `helper.translate`, by key. */
  readonly translations: Readonly<Record<string, string>>;
  /** Whether answers are only shown, as in a review. */
  readonly isReadOnly: boolean;
  readonly assignmentId?: string;
  readonly upload?: Upload;
  readonly findFile?: FindFile;
  readonly resolveMedia: ResolveMedia;
  readonly readsServer: boolean;
  /** Whether a recording of a task was played to its end on an earlier visit. */
  readonly wasPlayed: (taskIndex: number, url: string) => boolean;
  readonly onPlayed: (taskIndex: number, url: string) => void;
}
