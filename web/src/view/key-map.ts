/** The worker's own keys, for the components that show which key does what. */

import { createContext } from "preact";

import type { KeyMap } from "./state/hotkeys";

export const KeyMapContext = createContext<KeyMap>({});
