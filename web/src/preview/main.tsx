/** The preview page. The task never leaves the browser: it stands in the page, or behind the # of its address, which is not sent to a server. */

import { render } from "preact";

import "../view";
import "./preview.css";
import { PreviewPage } from "./PreviewPage";
import { type PreviewedTask, packedTask, readTask, unpackTask } from "./task";

const root = document.getElementById("app");

function find(): PreviewedTask | Error | null {
  try {
    const saved: unknown = JSON.parse(document.getElementById("manyhands-preview")?.textContent ?? "null");
    if (saved !== null) return readTask(saved);
    const packed = packedTask(location);
    return packed === null ? null : unpackTask(packed);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function show(): void {
  // A new key, so that nothing of the task before stays.
  if (root) render(<PreviewPage key={location.href} task={find()} />, root);
}

show();
addEventListener("hashchange", show);
