/** Conversations with workers, the latest first. */

import type { VNode } from "preact";

import { useLoaded } from "../../site/load";
import { hrefOf } from "../../site/route";
import { Refresh } from "../Refresh";
import { count, moment, shortId, t } from "../words";
import { LISTED, type Thread, post, textOf, utc } from "./post";

export function Threads({ folder }: { folder: "INBOX" | "OUTBOX" }): VNode {
  const loaded = useLoaded(() => post.threads(folder), folder);
  return (
    <>
      <Refresh loaded={loaded} hint={t("mail.hint", { count: count(LISTED) })} />
      {loaded.value?.length === 0 && <p class="site-soft">{t("mail.empty")}</p>}
      <ul class="requester-threads">
        {loaded.value?.map((thread) => (
          <li key={thread.id}>
            <a href={hrefOf("messages", "thread", thread.id)}>
              <span>
                <strong dir="auto">{textOf(thread.topic)}</strong> {thread.folders.includes("UNREAD") && <span class="site-state site-state-info">{t("mail.new")}</span>}
              </span>
              <span class="site-soft">
                {partners(thread)} · {moment(utc(thread.messages[0]?.created ?? thread.created))}
              </span>
              <span class="site-soft requester-excerpt" dir="auto">
                {textOf(thread.messages[0]?.text ?? {})}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Who else takes part. */
export function partners(thread: Thread): string {
  const others = thread.interlocutors.filter((one) => !one.myself && one.id);
  const [first] = others;
  if (!thread.interlocutors_inlined || others.length !== 1 || !first?.id) return t("mail.many", { count: thread.interlocutors_inlined ? count(others.length) : `${count(others.length)}+` });
  return shortId(first.id);
}
