/** All keys that do something on a page: those of the tasks, then those of the page. */

import type { VNode } from "preact";

import type { Hotkey } from "../view";
import { t } from "./words";

export function KeyList({ hotkeys }: { hotkeys: readonly Hotkey[] }): VNode {
  const own: readonly Hotkey[] = [
    { key: "i", label: t("keys.instruction") },
    { key: "u", label: t("keys.undo") },
    { key: "Ctrl+Enter", label: t("keys.submit") },
    { key: "?", label: t("keys.help") },
  ];
  return (
    <table class="worker-key-list">
      <thead>
        <tr>
          <th scope="col">{t("keys.key")}</th>
          <th scope="col">{t("keys.does")}</th>
        </tr>
      </thead>
      <tbody>
        {[...hotkeys, ...own].map(({ key, label }) => (
          <tr key={key}>
            <td>
              <kbd class="site-key">{key}</kbd>
            </td>
            <td dir="auto">{label}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
