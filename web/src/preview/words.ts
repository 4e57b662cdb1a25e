/** The words of the preview page. */

import { format } from "../view/texts";
import english from "./locale/en.json";

export type Word = keyof typeof english;

export function t(word: Word, parameters: Readonly<Record<string, string | number>> = {}): string {
  return format(english[word], parameters);
}
