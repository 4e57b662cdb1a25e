/** Trying something on a page: one at a time, and what went wrong is shown. */

import { useState } from "preact/hooks";

import { inWords } from "./refusals";

export interface Attempts {
  readonly error: Error | null;
  readonly isBusy: boolean;
  /** Try; resolves to whether it worked. */
  readonly attempt: (action: () => Promise<unknown>) => Promise<boolean>;
}

export function useAttempts(): Attempts {
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (action: () => Promise<unknown>) => {
    setError(null);
    setBusy(true);
    try {
      await action();
      return true;
    } catch (problem) {
      setError(inWords(problem));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { error, isBusy, attempt };
}
