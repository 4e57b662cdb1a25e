/** What every plot has: a title, a sentence for who does not see it, and its numbers as a table. */

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { t } from "../words";

interface PlotProps {
  readonly title: string;
  readonly hint?: string;
  /** The numbers of the plot: a heading for each column, then rows. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly children: (width: number) => ComponentChildren;
}

const FIRST_WIDTH = 480;

export function Plot({ title, hint, heads, rows, children }: PlotProps): VNode {
  const body = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const element = body.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, Math.floor(entry.contentRect.width))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <figure class="plot">
      <figcaption>
        <h3>{title}</h3>
        {hint && <p class="site-soft">{hint}</p>}
      </figcaption>
      <div ref={body} class="plot-body">
        {rows.length === 0 ? <p class="site-soft">{t("plots.nothing")}</p> : children(width)}
      </div>
      {rows.length > 0 && (
        <details class="plot-table">
          <summary>{t("plots.table")}</summary>
          <div class="requester-table" tabIndex={0} role="group" aria-label={title}>
            <table>
              <thead>
                <tr>
                  {heads.map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, i) => (
                  <tr key={i}>
                    {row.map((cell, j) => (
                      <td key={j} class={j ? "requester-number" : ""}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </figure>
  );
}
