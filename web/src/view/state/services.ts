/** What the page around the renderer provides: words, media addresses, uploads. */

import type { Texts } from "../texts";

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** Store a file and return its attachment id; `coordinates` are given where the view requires them. */
export type Upload = (file: Blob, name: string, coordinates?: Coordinates) => Promise<string>;

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
  readonly resolveMedia: ResolveMedia;
}
