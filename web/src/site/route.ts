/** Where on the site somebody is: the part of the address behind `#`, so that no invitation travels to a server log. */

import { signal } from "@preact/signals";

/** The parts of the route, such as `["work", "10000001"]`. */
export const route = signal(read());

addEventListener("hashchange", () => {
  route.value = read();
});

export function go(...parts: readonly string[]): void {
  location.hash = hrefOf(...parts);
}

export function hrefOf(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

function read(): string[] {
  return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
}
