/** Plugins: the layout of the page, hotkeys and triggers of a config. */

import { UnknownComponentError, type ViewConfig, follow, isNode, kindOf, type Node } from "./config";
import { isObject, toNumber, toText } from "./json";

export type LayoutKind = "scroll" | "pager" | "first-task-only";

export interface PageLayout {
  readonly kind: LayoutKind;
  /** Pixels; undefined is as wide as the page allows. */
  readonly taskWidth?: number;
  /** Components that are shown once above the tasks. */
  readonly notifications: readonly unknown[];
}

export interface ImageAnnotationKeys {
  readonly labels: readonly string[];
  readonly modes: Readonly<Record<"select" | "point" | "rectangle" | "polygon", string>>;
  readonly confirm: string;
  readonly cancel: string;
}

export interface TextAnnotationKeys {
  readonly labels: readonly string[];
  readonly remove: string;
}

export const PLUGINS: ReadonlySet<string> = new Set([
  "plugin.toloka",
  "plugin.hotkeys",
  "plugin.trigger",
  "plugin.field.image-annotation.hotkeys",
  "plugin.field.text-annotation.hotkeys",
]);

const HOTKEY = /^([a-z0-9]|up|down)$/;

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

const IMAGE_KEYS: ImageAnnotationKeys = {
  labels: DIGITS,
  modes: { select: "q", point: "w", rectangle: "e", polygon: "r" },
  confirm: "a",
  cancel: "s",
};

const TEXT_KEYS: TextAnnotationKeys = { labels: DIGITS, remove: "c" };

/** Return the plugins of a config of one kind. */
export function pluginsOf(config: ViewConfig, kind: string): Node[] {
  return allPlugins(config).filter((plugin) => kindOf(plugin) === kind);
}

export function unknownPlugins(config: ViewConfig): UnknownComponentError[] {
  return allPlugins(config)
    .filter((plugin) => !PLUGINS.has(kindOf(plugin)))
    .map((plugin) => new UnknownComponentError(plugin.type));
}

export function pageLayout(config: ViewConfig): PageLayout {
  const [plugin] = pluginsOf(config, "plugin.toloka");
  const layout = follow(plugin?.layout, config);
  const kind = isObject(layout) ? toText(layout.kind) : "";
  const notifications = follow(plugin?.notifications, config);
  return {
    kind: kind === "pager" || kind === "first-task-only" ? kind : "scroll",
    taskWidth: isObject(layout) ? toNumber(layout.taskWidth) : undefined,
    notifications: Array.isArray(notifications) ? notifications : [],
  };
}

/** Return the action of every hotkey; one plugin may hold several keys, and the first to name a key has it. */
export function hotkeyActions(config: ViewConfig): Map<string, unknown> {
  const actions = new Map<string, unknown>();
  for (const plugin of pluginsOf(config, "plugin.hotkeys")) {
    for (const [key, action] of Object.entries(plugin)) {
      if (HOTKEY.test(key) && !actions.has(key)) actions.set(key, action);
    }
  }
  return actions;
}

export function imageAnnotationKeys(config: ViewConfig): ImageAnnotationKeys {
  const [plugin] = pluginsOf(config, "plugin.field.image-annotation.hotkeys");
  if (!plugin) return IMAGE_KEYS;
  return {
    labels: Array.isArray(plugin.labels) ? plugin.labels.map(toText) : IMAGE_KEYS.labels,
    modes: { ...IMAGE_KEYS.modes, ...(isObject(plugin.modes) ? plugin.modes : {}) },
    confirm: "confirm" in plugin ? toText(plugin.confirm) : IMAGE_KEYS.confirm,
    cancel: "cancel" in plugin ? toText(plugin.cancel) : IMAGE_KEYS.cancel,
  };
}

export function textAnnotationKeys(config: ViewConfig): TextAnnotationKeys {
  const [plugin] = pluginsOf(config, "plugin.field.text-annotation.hotkeys");
  if (!plugin) return TEXT_KEYS;
  return {
    labels: Array.isArray(plugin.labels) ? plugin.labels.map(toText) : TEXT_KEYS.labels,
    remove: "remove" in plugin ? toText(plugin.remove) : TEXT_KEYS.remove,
  };
}

function allPlugins(config: ViewConfig): Node[] {
  const plugins = follow(config.plugins, config);
  return Array.isArray(plugins) ? plugins.map((plugin) => follow(plugin, config)).filter(isNode) : [];
}
