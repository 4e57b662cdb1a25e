/** What the pages of messages and appeals ask of the server. Texts are maps from a language, such as `EN`, to a text. */

import { call } from "../site/api";
import { language } from "./words";

type Translations = Readonly<Record<string, string>>;

export interface Appeal {
  readonly id: string;
  readonly state: "OPEN" | "GRANTED" | "DECLINED";
  readonly created: string;
  readonly decided: string | null;
  readonly answer: string;
}

export interface ConversationEntry {
  readonly id: string;
  readonly kind: "MESSAGE" | "REPORT" | "APPEAL";
  readonly topic: Translations;
  readonly title: string;
  readonly is_answerable: boolean;
  readonly is_unread: boolean;
  readonly updated: string;
}

export interface Message {
  readonly sender: "WORKER" | "REQUESTER" | "PLATFORM";
  readonly text: Translations;
  readonly created: string;
}

export interface Conversation {
  readonly conversation: ConversationEntry;
  readonly messages: readonly Message[];
  readonly appeal: Appeal | null;
}

export interface ConversationList {
  readonly items: readonly ConversationEntry[];
  readonly unread_count: number;
  readonly next: string;
}

const POST = { method: "POST" } as const;
const MESSAGES = "/api/worker/messages";

export const messages = {
  list: (before = "") => call<ConversationList>(before ? `${MESSAGES}?before=${encodeURIComponent(before)}` : MESSAGES),
  read: (id: string) => call<Conversation>(`${MESSAGES}/${encodeURIComponent(id)}`),
  reply: (id: string, text: string) => call<Conversation>(`${MESSAGES}/${encodeURIComponent(id)}/reply`, { ...POST, body: inLanguage(text) }),
  report: (pageId: string, text: string) => call<Conversation>(MESSAGES, { ...POST, body: { ...inLanguage(text), page_id: pageId } }),
  appeal: (pageId: string, text: string) =>
    call<Appeal>(`/api/worker/pages/${encodeURIComponent(pageId)}/appeal`, { ...POST, body: inLanguage(text) }),
};

/** Return a text in the language of the page, else in English, else in whatever language there is. */
export function pick(texts: Translations): string {
  return texts[language.value.toUpperCase()] ?? texts.EN ?? Object.values(texts)[0] ?? "";
}

function inLanguage(text: string): { text: string; language: string } {
  return { text, language: language.value.toUpperCase() };
}
