/** The few icons of the renderer, drawn in the colour of the text around them. */

import type { VNode } from "preact";

const PATHS = {
  play: "M6 3.5v13l11-6.5Z",
  pause: "M5 3.5h3.6v13H5ZM11.4 3.5H15v13h-3.6Z",
  expand: "M12 3h5v5M17 3l-6 6M8 17H3v-5M3 17l6-6",
  close: "M4.5 4.5l11 11M15.5 4.5l-11 11",
  "rotate-left": "M4 4v4.5h4.5M4.6 8.5A6.2 6.2 0 1 1 4 12",
  "rotate-right": "M16 4v4.5h-4.5M15.4 8.5A6.2 6.2 0 1 0 16 12",
  undo: "M7.5 4 4 7.5 7.500 11M4 7.500h7.500a4.500 4.500 0 0 1 0 9H8",
  redo: "M12.500 4 16 7.500 12.500 11M16 7.500H8.500a4.500 4.500 0 0 0 0 9H12",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  trash: "M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.8 11h7.400l.8-11M8.500 8.500v5M11.500 8.500v5",
  check: "M4 10.500l4 4 8-9",
  microphone: "M10 2.500a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0V5A2.500 2.500 0 0 1 10 2.500ZM5 9.500a5 5 0 0 0 10 0M10 14.500v3",
  camera: "M2.500 6h3.500l1.500-2.500h5L14 6h3.500v10.500h-15ZM10 8a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z",
  video: "M2.500 5.500h10v9h-10ZM12.500 9l5-3v8l-5-3",
  gallery: "M2.500 3.500h15v13h-15ZM2.500 13.500l4.500-4.500 3.500 3.500 2.500-2 4.500 4M13 6.500h1.500",
  file: "M5 2.500h6.500L15.500 6.500v11H5ZM11.500 2.500v4h4",
  flag: "M5 17.500v-14h10l-2.500 3.500 2.500 3.500h-10",
  skip: "M4 4.500v11M16 4.500 7 10l9 5.500Z",
  select: "M5 3l10.500 6-4.700 1.300L8.500 15Z",
  point: "M10 5.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9M10 1.500v3M10 15.500v3M1.500 10h3M15.500 10h3",
  rectangle: "M3 5h14v10H3Z",
  polygon: "M10 2.500 17.500 8l-3 8.500h-9l-3-8.500Z",
} as const;

export type IconName = keyof typeof PATHS;

const FILLED = new Set<IconName>(["play", "pause"]);

export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class={FILLED.has(name) ? "mh-icon mh-icon-filled" : "mh-icon"} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
