/** Appeals that wait for a decision, conversations with workers, and writing to them. */

import type { VNode } from "preact";

import { hrefOf } from "../../site/route";
import { t } from "../words";
import { Appeals } from "./Appeals";
import { Conversation } from "./Conversation";
import { Threads } from "./Threads";
import { Write } from "./Write";

const TABS = ["appeals", "inbox", "sent"] as const;

export function MailPart({ tab, part }: { tab: string; part: string }): VNode {
  const chosen = TABS.find((name) => name === tab) ?? (tab === "" ? "appeals" : "inbox");
  return (
    <div class="site-content requester-content">
      <div class="requester-title">
        <h1>{t("mail.title")}</h1>
        <a class="mh-button" href={hrefOf("messages", "write")}>
          {t("mail.write")}
        </a>
      </div>
      <section class="site-card requester-details">
        <nav class="requester-tabs" aria-label={t("mail.title")}>
          {TABS.map((name) => (
            <a key={name} href={hrefOf("messages", name)} aria-current={name === chosen ? "page" : undefined}>
              {t(`mail.${name}`)}
            </a>
          ))}
        </nav>
        {tab === "write" ? (
          <Write workerId={part} />
        ) : tab === "thread" ? (
          <Conversation key={part} threadId={part} />
        ) : chosen === "appeals" ? (
          <Appeals />
        ) : (
          <Threads key={chosen} folder={chosen === "inbox" ? "INBOX" : "OUTBOX"} />
        )}
      </section>
    </div>
  );
}
