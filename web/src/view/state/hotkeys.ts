/** Hotkeys: which key does what in the active task, with the worker's own keys in place of the config's. */

import { choiceOf, runAction } from "../language/actions";
import { kindOf } from "../language/config";
import { addressOf, evaluate, resolveNode } from "../language/evaluate";
import { isEqual, isObject, toText } from "../language/json";
import { hotkeyActions } from "../language/plugins";
import { type Address, keyOf } from "../language/scope";
import type { Instance } from "./instance";
import type { TaskState } from "./task-state";

/** The worker's own keys: key of the config → key to press. */
export type KeyMap = Readonly<Record<string, string>>;

export interface Hotkey {
  /** The key of the config, by which the worker's own keys name it; null for one that cannot be changed. */
  readonly name: string | null;
  /** The key to press; null when the worker's own keys have given it to something else. */
  readonly key: string | null;
  /** What it does, in the words of the view where there are any. */
  readonly label: string;
}

const EDITABLE_INPUTS = new Set(["text", "email", "tel", "number", "search", "url", "password", "date", "datetime-local"]);

/** Return the key of an event as the language names it, on any keyboard layout; null for keys it has no name for. */
export function keyOfEvent(event: Pick<KeyboardEvent, "key" | "code">): string | null {
  if (event.key === "ArrowUp") return "up";
  if (event.key === "ArrowDown") return "down";
  // It stands on the key of a digit or a letter on many layouts, and shows the keys.
  if (event.key === "?") return null;
  const key = event.key.toLowerCase();
  if (/^[a-z0-9]$/.test(key)) return key;
  // Digits need shift on some layouts, and letters of other scripts stand where Latin ones do.
  return /^(?:Digit|Numpad|Key)([A-Z0-9])$/.exec(event.code)?.[1]?.toLowerCase() ?? null;
}

/** Return the key of the config that a pressed key stands for; a key that was moved elsewhere stands for nothing. */
export function configKey(pressed: string, keyMap: KeyMap): string | null {
  const moved = Object.entries(keyMap).find(([, key]) => key === pressed);
  if (moved) return moved[0];
  return pressed in keyMap ? null : pressed;
}

/** Return the key to press for a key of the config; null when it was given to something else and nothing in exchange. */
export function pressedKey(name: string, keyMap: KeyMap): string | null {
  const pressed = keyMap[name] ?? name;
  return configKey(pressed, keyMap) === name ? pressed : null;
}

export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return EDITABLE_INPUTS.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isContentEditable(target);
}

/** Whether the control that has the focus uses the arrow keys and space itself. */
export function usesArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** Do what a key of the config does in a task; returns whether it did anything. */
export function pressKey(task: TaskState, key: string): boolean {
  const action = hotkeyActions(task.suite.config).get(key);
  if (action !== undefined) {
    runAction(action, task.scope);
    return true;
  }
  for (const widget of task.keyWidgets) if (widget.press(key)) return true;
  return chooseByPosition(task, key);
}

/** The key that answers a value of a choice, or null: named by a hotkey, or its position where no hotkey is named. */
export function keyForOption(instance: Instance, value: unknown, keyMap: KeyMap): string | null {
  const address = instance.address();
  if (!address || instance.isDisabled()) return null;
  const { task } = instance;
  for (const [key, action] of hotkeyActions(task.suite.config)) {
    const choice = choiceOf(action, task.scope);
    if (choice?.place === keyOf(address) && isEqual(choice.payload, value)) return pressedKey(key, keyMap);
  }
  const position = positionalOptions(task).findIndex((option) => option.instance === instance && isEqual(option.value, value));
  return position >= 0 && position < 9 ? pressedKey(String(position + 1), keyMap) : null;
}

/** List what the keys do in a task, for a page of help. */
export function listHotkeys(task: TaskState, keyMap: KeyMap): Hotkey[] {
  const named = [...hotkeyActions(task.suite.config)].map(([name, action]) => ({ name, label: actionLabel(task, action) }));
  const positional = positionalOptions(task).slice(0, 9).map(({ label }, i) => ({ name: String(i + 1), label }));
  const ofWidgets = [...task.keyWidgets].flatMap((widget) => widget.list());
  const keys = new Map<string, Hotkey>();
  // The first to name a key has it.
  for (const { name, label } of [...named, ...ofWidgets, ...positional]) {
    if (!keys.has(name)) keys.set(name, { name, key: pressedKey(name, keyMap), label });
  }
  const hasPlayer = task.instances().some((instance) => instance.handles.togglePlayback);
  return [...keys.values(), ...(hasPlayer ? [{ name: null, key: " ", label: task.suite.t("media.playPause") }] : [])];
}

function chooseByPosition(task: TaskState, key: string): boolean {
  const option = /^[1-9]$/.test(key) ? positionalOptions(task)[Number(key) - 1] : undefined;
  option?.instance.setValue(option.value);
  return option !== undefined;
}

interface Option {
  readonly instance: Instance;
  readonly value: unknown;
  readonly label: string;
}

/** The options that digits choose: those of the only choice of a task whose config names no hotkeys. */
function positionalOptions(task: TaskState): Option[] {
  if (hotkeyActions(task.suite.config).size > 0) return [];
  const choices = task.instances().filter((instance) => instance.handles.options && !instance.isDisabled());
  const places = new Set(choices.map((instance) => instance.address()).map((address) => address && keyOf(address)));
  if (places.size !== 1) return [];
  return choices.flatMap((instance) =>
    (instance.handles.options?.() ?? []).map((value) => ({ instance, value, label: optionLabel(instance, value) })),
  );
}

function labelOf(task: TaskState, place: string, payload: unknown): string {
  for (const instance of task.instances()) {
    const address = instance.handles.options && instance.address();
    const label = address && keyOf(address) === place ? optionLabel(instance, payload) : "";
    if (label) return label;
  }
  return toText(payload);
}

function optionLabel(instance: Instance, value: unknown): string {
  const options = instance.get("options");
  const option = Array.isArray(options) ? options.find((candidate) => isEqual(candidate?.value, value)) : undefined;
  return toText(option?.label ?? (option ? value : undefined));
}

/** What an action does, in the words of the view where there are any. */
function actionLabel(task: TaskState, action: unknown): string {
  const { suite, scope } = task;
  const node = resolveNode(action, scope);
  const choice = choiceOf(action, scope);
  if (choice) return labelOf(task, choice.place, choice.payload);
  const payload = node && evaluate(node.payload, scope);
  switch (node && kindOf(node)) {
    case "action.bulk":
      return (Array.isArray(node?.payload) ? node.payload : []).map((part) => actionLabel(task, part)).join(", ");
    case "action.toggle":
      return fieldLabel(task, addressOf(node?.data, scope));
    case "action.notify":
      return isObject(payload) ? toText(payload.content) : "";
    case "action.rotate":
      return suite.t(payload === "left" ? "media.rotateLeft" : "media.rotateRight");
    case "action.play-pause":
      return suite.t("media.playPause");
    case "action.open-close":
      return suite.t("action.openClose");
    case "action.open-link":
      return suite.t("action.openLink");
    default:
      return toText(node?.type);
  }
}

function fieldLabel(task: TaskState, address: Address | null): string {
  const fields = task.instances().filter((instance) => instance.isEditable && instance.address());
  const field = fields.find((instance) => address && keyOf(instance.address() as Address) === keyOf(address));
  return field?.text("label") || (address?.path.join(".") ?? "");
}

function isContentEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.isContentEditable;
}
