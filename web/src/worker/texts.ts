/** The words of the renderer in the language of the page; they come with the first page of tasks. */

import { signal } from "@preact/signals";

import { ENGLISH, type Texts, loadTexts } from "../view";
import { language } from "./words";

export const texts = signal<Texts>(ENGLISH);

export async function findTexts(): Promise<void> {
  texts.value = await loadTexts(language.value);
}
