/** All keys that do something on a page, and other keys for them. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { type Hotkey, keyOfEvent } from "../view";
import { type KeyRow, type OwnKeys, USUAL_KEYS, assignKey, listKeys } from "./own-keys";
import { t } from "./words";

interface KeySettingsProps {
  readonly hotkeys: (keys: OwnKeys) => readonly Hotkey[];
  readonly keys: OwnKeys;
  readonly onChange: (keys: OwnKeys) => void;
}

/** A row that waits for a key: pressed so far is nothing, a key that cannot be used, or one that another row has. */
interface Change {
  readonly id: string;
  readonly isUnusable?: boolean;
  readonly wish?: { readonly key: string; readonly holder: KeyRow };
}

export function KeySettings({ hotkeys, keys, onChange }: KeySettingsProps): VNode {
  const [change, setChange] = useState<Change | null>(null);
  const labels = { instruction: t("keys.instruction"), undo: t("keys.undo") };
  const rows = listKeys(hotkeys(keys), keys, labels);
  const assign = (id: string, key: string) => {
    onChange(assignKey(keys, rows, id, key));
    setChange(null);
  };
  const press = (row: KeyRow) => (event: KeyboardEvent) => {
    if (change?.id !== row.id || change.wish || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return setChange(null);
    // What only modifies another key is not yet the key.
    if (["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
    const key = event.ctrlKey || event.metaKey || event.altKey ? null : keyOfEvent(event);
    const holder = rows.find((other) => other.key === key && other.id !== row.id);
    if (key === null) setChange({ id: row.id, isUnusable: true });
    else if (holder) setChange({ id: row.id, wish: { key, holder } });
    else assign(row.id, key);
  };
  return (
    <>
      <table class="worker-key-list">
        <thead>
          <tr>
            <th scope="col">{t("keys.key")}</th>
            <th scope="col">{t("keys.does")}</th>
            <th scope="col">
              <span class="mh-visually-hidden">{t("keys.change")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.key === null ? <span class="site-soft">{t("keys.none")}</span> : <kbd class="site-key">{nameOfKey(row.key)}</kbd>}</td>
              <td>
                <span dir="auto">{row.label}</span>
                {change?.id === row.id && <Pending change={change} onSwap={(key) => assign(row.id, key)} onLeave={() => setChange(null)} />}
              </td>
              <td>
                {row.isChangeable && (
                  <button
                    type="button"
                    class="mh-button mh-button-small"
                    aria-label={t("keys.changeOf", { action: row.label })}
                    aria-pressed={change?.id === row.id}
                    onClick={() => setChange(change?.id === row.id ? null : { id: row.id })}
                    onKeyDown={press(row)}
                  >
                    {t("keys.change")}
                  </button>
                )}
              </td>
            </tr>
          ))}
          <FixedKey name="Ctrl+Enter" label={t("keys.submit")} />
          <FixedKey name="?" label={t("keys.help")} />
        </tbody>
      </table>
      {keys !== USUAL_KEYS && (
        <button type="button" class="mh-button mh-button-small" onClick={() => onChange(USUAL_KEYS)}>
          {t("keys.reset")}
        </button>
      )}
    </>
  );
}

function FixedKey({ name, label }: { name: string; label: string }): VNode {
  return (
    <tr>
      <td>
        <kbd class="site-key">{name}</kbd>
      </td>
      <td>{label}</td>
      <td />
    </tr>
  );
}

interface PendingProps {
  readonly change: Change;
  readonly onSwap: (key: string) => void;
  readonly onLeave: () => void;
}

function Pending({ change, onSwap, onLeave }: PendingProps): VNode {
  const { wish } = change;
  return (
    <div class="worker-key-wish" role="status">
      {change.isUnusable ? t("keys.unusable") : wish ? t("keys.taken", { key: nameOfKey(wish.key), action: wish.holder.label }) : t("keys.press")}
      {wish && (
        <span class="worker-key-choice">
          <button type="button" class="mh-button mh-button-small mh-button-primary" onClick={() => onSwap(wish.key)}>
            {t("keys.swap")}
          </button>
          <button type="button" class="mh-button mh-button-small" onClick={onLeave}>
            {t("app.cancel")}
          </button>
        </span>
      )}
    </div>
  );
}

function nameOfKey(key: string): string {
  return { up: "↑", down: "↓", " ": t("keys.space") }[key] ?? key.toUpperCase();
}
