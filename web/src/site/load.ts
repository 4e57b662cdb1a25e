/** Something that is being loaded from the server. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Loaded<T> {
  readonly value: T | null;
  readonly error: Error | null;
  readonly reload: () => void;
}

/**
 * Load when the page part appears, when `key` changes, and when asked to; an older answer never replaces a newer one. What is known already when the
 * part appears is not loaded then.
 */
export function useLoaded<T>(load: () => Promise<T>, key = "", known: T | null = null): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; error: Error | null }>({ value: known, error: null });
  const [round, setRound] = useState(0);
  const isKnown = useRef(known !== null);
  useEffect(() => {
    if (isKnown.current) {
      isKnown.current = false;
      return undefined;
    }
    let isWanted = true;
    load().then(
      (value) => isWanted && setState({ value, error: null }),
      (error: unknown) => isWanted && setState((old) => ({ ...old, error: error instanceof Error ? error : new Error(String(error)) })),
    );
    return () => {
      isWanted = false;
    };
    // The load function is new at every rendering; what it loads is named by the key.
  }, [key, round]);
  const reload = useCallback(() => setRound((number) => number + 1), []);
  return { ...state, reload };
}
