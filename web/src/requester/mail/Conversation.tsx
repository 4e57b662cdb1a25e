/** One conversation: its messages, oldest first, and what to answer. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

import { useLoaded } from "../../site/load";
import { hrefOf } from "../../site/route";
import { Refresh } from "../Refresh";
import { Trouble } from "../Trouble";
import { moment, shortId, t } from "../words";
import { partners } from "./Threads";
import { type Thread, countWaiting, post, textOf, utc } from "./post";

export function Conversation({ threadId }: { threadId: string }): VNode {
  const loaded = useLoaded(() => post.thread(threadId), threadId);
  const thread = loaded.value;
  const isUnread = thread?.folders.includes("UNREAD") ?? false;
  useEffect(() => {
    if (isUnread) void post.markRead(threadId).then(countWaiting);
  }, [isUnread, threadId]);
  return (
    <>
      <Refresh
        loaded={loaded}
        hint={
          <a class="mh-link" href={hrefOf("messages", "inbox")}>
            {t("mail.back")}
          </a>
        }
      />
      {thread && <Messages thread={thread} onSent={loaded.reload} />}
    </>
  );
}

function Messages({ thread, onSent }: { thread: Thread; onSent: () => void }): VNode {
  const [text, setText] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return;
    try {
      setError(null);
      await post.reply(thread.id, text.trim());
      setText("");
      onSent();
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const pool = thread.meta?.pool_id;
  return (
    <div class="requester-story">
      <h2 dir="auto">{textOf(thread.topic)}</h2>
      <p class="site-soft">
        {t("mail.with", { who: partners(thread) })}
        {pool && (
          <>
            {" · "}
            <a class="mh-link" href={hrefOf("launch", pool, "review")}>
              {t("appeals.page")}
            </a>
          </>
        )}
      </p>
      <ol class="requester-messages">
        {[...thread.messages].reverse().map((message, i) => (
          <li key={i} class={message.from.myself ? "requester-own" : ""}>
            <p class="site-soft">
              {message.from.myself ? t("mail.you") : message.from.role === "USER" && message.from.id ? shortId(message.from.id) : t("mail.platform")} · {moment(utc(message.created))}
            </p>
            <p dir="auto">{textOf(message.text)}</p>
          </li>
        ))}
      </ol>
      <form class="requester-form" onSubmit={(event) => void send(event)}>
        <label class="site-field">
          <span>{t("mail.answer")}</span>
          <textarea class="mh-input" rows={3} maxLength={10_000} required value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        {error && <Trouble error={error} />}
        <button class="mh-button mh-button-primary">{t("mail.send")}</button>
      </form>
    </div>
  );
}
