/** The keyboard of a page of tasks, beside the keys of the tasks themselves. */

import { useEffect, useRef } from "preact/hooks";

import { keyOfEvent } from "../view";
import { type OwnKeys, type PageAction, pageActionOf } from "./own-keys";

/** The keys of the page itself; those of the tasks come first, and none counts while somebody writes or a dialog is open. */
export function usePageKeys(keys: OwnKeys, actions: Readonly<Record<PageAction | "submit" | "help", () => unknown>>): void {
  const latest = useRef({ keys, actions });
  latest.current = { keys, actions };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.defaultPrevented || target?.closest("dialog")) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return latest.current.actions.submit();
      const isTyping = target?.matches("textarea, select, input:not([type=radio], [type=checkbox])") || target?.isContentEditable;
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      const action = event.key === "?" ? "help" : pageActionOf(keyOfEvent(event) ?? "", latest.current.keys);
      if (!action) return;
      latest.current.actions[action]();
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
