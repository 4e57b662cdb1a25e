/** A text to a requester: written, sent once, and what went wrong. */

import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";

import { Trouble } from "./Trouble";
import { useAttempts } from "./attempts";

interface TextFormProps {
  readonly label: string;
  readonly hint?: string;
  readonly sendLabel: string;
  readonly start?: string;
  readonly onSend: (text: string) => Promise<unknown>;
}

const MOST_CHARACTERS = 5_000;

export function TextForm({ label, hint, sendLabel, start = "", onSend }: TextFormProps): VNode {
  const id = useId();
  const [text, setText] = useState(start);
  const { error, isBusy, attempt } = useAttempts();
  const send = async (event: Event) => {
    event.preventDefault();
    if (isBusy || !text.trim()) return;
    if (await attempt(() => onSend(text.trim()))) setText("");
  };
  return (
    <form class="worker-text-form" onSubmit={(event) => void send(event)}>
      <label class="site-field">
        <span>{label}</span>
        <textarea
          class="mh-input"
          dir="auto"
          rows={4}
          required
          maxLength={MOST_CHARACTERS}
          aria-describedby={hint ? id : undefined}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {hint && <small id={id}>{hint}</small>}
      </label>
      {error && <Trouble error={error} />}
      <button class="mh-button mh-button-primary" disabled={isBusy || !text.trim()}>
        {sendLabel}
      </button>
    </form>
  );
}
