/** Problems that a field finds itself, beside the validation of the view. */

import { useLayoutEffect } from "preact/hooks";

import type { Instance } from "../state/instance";

/** Hold back submission while `problem` is not null. */
export function useOwnProblem(instance: Instance, problem: string | null): void {
  useLayoutEffect(() => {
    instance.ownProblem.value = problem;
  }, [instance, problem]);
}
