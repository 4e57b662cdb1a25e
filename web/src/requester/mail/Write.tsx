/** A new message to one worker, or to all who have worked for the requester. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { go } from "../../site/route";
import { Trouble } from "../Trouble";
import { t } from "../words";
import { post } from "./post";

export function Write({ workerId }: { workerId: string }): VNode {
  const [worker, setWorker] = useState(workerId);
  const [isToAll, setToAll] = useState(false);
  const [topic, setTopic] = useState("");
  const [text, setText] = useState("");
  const [isAnswerable, setAnswerable] = useState(true);
  const [error, setError] = useState<Error | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      setError(null);
      const sent = await post.compose({ workerId: isToAll ? "" : worker.trim(), topic: topic.trim(), text: text.trim(), isAnswerable });
      go("messages", "thread", sent.id);
    } catch (problem) {
      setError(problem as Error);
    }
  };
  return (
    <form class="requester-form" onSubmit={(event) => void send(event)}>
      <h2>{t("mail.write")}</h2>
      <label class="site-check">
        <input type="checkbox" checked={isToAll} onChange={(event) => setToAll(event.currentTarget.checked)} />
        <span>{t("mail.toAll")}</span>
      </label>
      {!isToAll && (
        <label class="site-field">
          <span>{t("mail.worker")}</span>
          <input class="mh-input" required value={worker} onInput={(event) => setWorker(event.currentTarget.value)} />
        </label>
      )}
      <label class="site-field">
        <span>{t("mail.topic")}</span>
        <input class="mh-input" required maxLength={200} value={topic} onInput={(event) => setTopic(event.currentTarget.value)} />
      </label>
      <label class="site-field">
        <span>{t("mail.text")}</span>
        <textarea class="mh-input" rows={6} required maxLength={10_000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <label class="site-check">
        <input type="checkbox" checked={isAnswerable} onChange={(event) => setAnswerable(event.currentTarget.checked)} />
        <span>{t("mail.answerable")}</span>
      </label>
      {error && <Trouble error={error} />}
      <button class="mh-button mh-button-primary">{t("mail.send")}</button>
    </form>
  );
}
