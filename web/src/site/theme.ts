/** Light, dark, or as the device says. */

import { signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";

const KEY = "manyhands.theme";
const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export const theme = signal<Theme>(THEMES.find((name) => name === localStorage.getItem(KEY)) ?? "auto");

export function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? "auto";
  localStorage.setItem(KEY, theme.value);
  showTheme();
}

export function showTheme(): void {
  if (theme.value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
}
