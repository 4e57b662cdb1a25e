/** The keys of a page, and the worker's own choice of them, kept on this device for each worker. */

import type { Hotkey, KeyMap } from "../view";

/** What the page itself does by key. */
export type PageAction = "instruction" | "undo";

export interface OwnKeys {
  /** Key of a view → key to press. */
  readonly tasks: KeyMap;
  readonly page: Readonly<Partial<Record<PageAction, string>>>;
}

/** A key as the list of keys shows it. */
export interface KeyRow {
  readonly id: string;
  readonly label: string;
  /** The key to press; null when it was given to something else. */
  readonly key: string | null;
  readonly isChangeable: boolean;
}

export const USUAL_KEYS: OwnKeys = { tasks: {}, page: {} };

const PREFIX = "manyhands.keys.";
const PAGE_KEYS: Readonly<Record<PageAction, string>> = { instruction: "i", undo: "u" };
const PAGE_ACTIONS = Object.keys(PAGE_KEYS) as PageAction[];
const TASK = "task:";
const PAGE = "page:";

export function findOwnKeys(workerId: string): OwnKeys {
  const text = localStorage.getItem(PREFIX + workerId);
  return text === null ? USUAL_KEYS : (JSON.parse(text) as OwnKeys);
}

export function keepOwnKeys(workerId: string, keys: OwnKeys): void {
  localStorage.setItem(PREFIX + workerId, JSON.stringify(keys));
}

/** The key for what the page itself does. */
export function keyOfPage(action: PageAction, keys: OwnKeys): string {
  return keys.page[action] ?? PAGE_KEYS[action];
}

/** What a key does on the page, where no task has it. */
export function pageActionOf(key: string, keys: OwnKeys): PageAction | undefined {
  return PAGE_ACTIONS.find((action) => keyOfPage(action, keys) === key);
}

/** List all keys with what they do; a key does one thing only, and tasks come first. */
export function listKeys(hotkeys: readonly Hotkey[], keys: OwnKeys, labels: Readonly<Record<PageAction, string>>): KeyRow[] {
  const ofTasks = hotkeys.map(({ name, key, label }) => ({ id: `${TASK}${name}`, label, key, isChangeable: name !== null }));
  const taken = new Set(ofTasks.map(({ key }) => key));
  const ofPage = PAGE_ACTIONS.map((action) => {
    const key = keyOfPage(action, keys);
    return { id: `${PAGE}${action}`, label: labels[action], key: taken.has(key) ? null : key, isChangeable: true };
  });
  return [...ofTasks, ...ofPage];
}

/** Give a key to a row; the row that had it gets the other's in exchange. */
export function assignKey(keys: OwnKeys, rows: readonly KeyRow[], id: string, key: string): OwnKeys {
  const before = rows.find((row) => row.id === id)?.key ?? null;
  const other = rows.find((row) => row.key === key && row.id !== id);
  const changed = withKey(withoutHidden(keys, rows, key), id, key);
  return other ? withKey(changed, other.id, before ?? usualKey(id)) : changed;
}

function usualKey(id: string): string {
  return id.startsWith(PAGE) ? PAGE_KEYS[id.slice(PAGE.length) as PageAction] : id.slice(TASK.length);
}

/** A key that means something in other work only is free here: there its row shows that it has none, and can be given another. */
function withoutHidden(keys: OwnKeys, rows: readonly KeyRow[], key: string): OwnKeys {
  const isKept = (name: string, taken: string) => taken !== key || rows.some((row) => row.id === `${TASK}${name}`);
  return { ...keys, tasks: Object.fromEntries(Object.entries(keys.tasks).filter(([name, taken]) => isKept(name, taken))) };
}

function withKey(keys: OwnKeys, id: string, key: string): OwnKeys {
  const isOwn = key !== usualKey(id);
  if (id.startsWith(PAGE)) return { ...keys, page: withEntry(keys.page, id.slice(PAGE.length), isOwn ? key : null) };
  return { ...keys, tasks: withEntry(keys.tasks, id.slice(TASK.length), isOwn ? key : null) };
}

function withEntry(entries: KeyMap, name: string, key: string | null): KeyMap {
  const others = Object.entries(entries).filter(([other]) => other !== name);
  return Object.fromEntries(key === null ? others : [...others, [name, key]]);
}
