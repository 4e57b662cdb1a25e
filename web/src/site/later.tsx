/** Page parts that are loaded when they are first shown, or a little earlier when somebody is about to need them. */

import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Meanwhile {
  readonly whileLoading: ComponentType;
  readonly whenFailed: ComponentType;
}

export function later<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: Meanwhile): ComponentType<P> {
  return function Later(props: P): VNode {
    const [Part, setPart] = useState<{ component: ComponentType<P> } | "failed" | null>(null);
    useEffect(() => {
      load().then(
        (component) => setPart({ component }),
        () => setPart("failed"),
      );
    }, []);
    if (Part === "failed") return <meanwhile.whenFailed />;
    return Part ? <Part.component {...props} /> : <meanwhile.whileLoading />;
  };
}
