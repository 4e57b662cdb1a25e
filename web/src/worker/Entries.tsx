/** Things that open the account, one below the other, each with a button that ends it after a question. */

import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { t } from "./words";

export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly facts: ComponentChildren;
}

interface EntriesProps {
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly endLabel: string;
  readonly question: string;
  readonly onEnd: (id: string) => void;
}

export function Entries({ label, entries, endLabel, question, onEnd }: EntriesProps): VNode | null {
  const [ending, setEnding] = useState<Entry | null>(null);
  if (entries.length === 0) return null;
  return (
    <>
      <ul class="worker-entries" aria-label={label}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <div>
              <strong dir="auto">{entry.name}</strong>
              <span class="site-soft">{entry.facts}</span>
            </div>
            <button type="button" class="mh-button mh-button-small" aria-label={`${endLabel}: ${entry.name}`} onClick={() => setEnding(entry)}>
              {endLabel}
            </button>
          </li>
        ))}
      </ul>
      {ending && (
        <Dialog title={`${endLabel}: ${ending.name}`} closeLabel={t("app.cancel")} onClose={() => setEnding(null)}>
          <p>{question}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={() => (setEnding(null), onEnd(ending.id))}>
            {endLabel}
          </button>
        </Dialog>
      )}
    </>
  );
}
