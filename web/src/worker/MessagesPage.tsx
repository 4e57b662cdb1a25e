/** Conversations with requesters: all of them, or one with its messages. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { TextForm } from "./TextForm";
import { Trouble } from "./Trouble";
import { type Conversation, type ConversationEntry, type Message, messages, pick } from "./messages";
import { lookAround } from "./session";
import { moment, t } from "./words";

export function MessagesPage({ conversationId }: { conversationId: string }): VNode {
  return <div class="site-content">{conversationId ? <OneConversation key={conversationId} id={conversationId} /> : <AllConversations />}</div>;
}

function AllConversations(): VNode {
  const [more, setMore] = useState<{ readonly items: readonly ConversationEntry[]; readonly next: string } | null>(null);
  const { value, error, reload } = useLoaded(() => messages.list());
  const next = more?.next ?? value?.next ?? "";
  const loadMore = async () => {
    const older = await messages.list(next);
    setMore({ items: [...(more?.items ?? []), ...older.items], next: older.next });
  };
  const items = [...(value?.items ?? []), ...(more?.items ?? [])];
  return (
    <>
      <h1>{t("messages.title")}</h1>
      {error && !value && <Trouble error={error} onRetry={reload} />}
      {value && items.length === 0 && (
        <div class="site-empty">
          <p>{t("messages.empty")}</p>
          <p class="site-soft">{t("messages.emptyText")}</p>
        </div>
      )}
      <ul class="worker-conversations">
        {items.map((item) => (
          <li key={item.id}>
            <a href={hrefOf("messages", item.id)} class={item.is_unread ? "worker-unread" : ""}>
              <span dir="auto">{pick(item.topic) || item.title}</span>
              <span class="site-soft">
                {item.is_unread && <span class="site-state site-state-info">{t("messages.new")}</span>} {t(`messages.kind.${item.kind}`)} ·{" "}
                {moment(item.updated)}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="mh-button" onClick={() => void loadMore()}>
          {t("history.more")}
        </button>
      )}
    </>
  );
}

function OneConversation({ id }: { id: string }): VNode {
  const [answered, setAnswered] = useState<Conversation | null>(null);
  const { value, error, reload } = useLoaded(() => messages.read(id));
  const shown = answered ?? value;
  useEffect(() => {
    // It is read now: the number beside the name of this page goes down.
    if (value) void lookAround().catch(() => undefined);
  }, [value]);
  return (
    <>
      <a class="mh-link worker-up" href={hrefOf("messages")}>
        {t("messages.all")}
      </a>
      {error && !value && <Trouble error={error} onRetry={reload} />}
      {shown && (
        <>
          <h1 dir="auto">{pick(shown.conversation.topic) || shown.conversation.title}</h1>
          {shown.appeal && <p class="site-notice mh-theme-info">{t(`appeal.${shown.appeal.state}`)}</p>}
          <ol class="worker-messages">
            {shown.messages.map((message, index) => (
              <MessageView key={index} message={message} />
            ))}
          </ol>
          {shown.conversation.is_answerable && (
            <TextForm label={t("messages.reply")} sendLabel={t("messages.send")} onSend={async (text) => setAnswered(await messages.reply(id, text))} />
          )}
        </>
      )}
    </>
  );
}

function MessageView({ message }: { message: Message }): VNode {
  return (
    <li class={message.sender === "WORKER" ? "worker-message worker-message-own" : "worker-message"}>
      <p class="site-soft">
        {t(`messages.from.${message.sender}`)} · {moment(message.created)}
      </p>
      <p dir="auto" class="worker-message-text">
        {pick(message.text)}
      </p>
    </li>
  );
}
