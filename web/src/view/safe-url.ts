/** Addresses from a task: none of them may run a script. */

const LINK_SCHEMES = new Set(["http:", "https:", "ftp:", "mailto:", "tel:"]);
const MEDIA_SCHEMES = new Set(["http:", "https:", "blob:"]);
const MEDIA_DATA = /^data:(image|audio|video)\//i;

/** Return the address of a link if following it is harmless, else null. */
export function toSafeLink(url: string): string | null {
  return LINK_SCHEMES.has(schemeOf(url)) ? url : null;
}

/** Return the address of an image, a sound, a video or a framed page if loading it is harmless, else null. */
export function toSafeMedia(url: string): string | null {
  return MEDIA_SCHEMES.has(schemeOf(url)) || MEDIA_DATA.test(url.trim()) ? url : null;
}

function schemeOf(url: string): string {
  try {
    return new URL(url, document.baseURI).protocol;
  } catch {
    return "";
  }
}
