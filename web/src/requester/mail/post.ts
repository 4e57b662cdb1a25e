/** Appeals and messages: what the page asks of the server, and how many of them wait. */

import { signal } from "@preact/signals";

import { askServer } from "../server";

/** Language → text. */
export type Texts = Readonly<Record<string, string>>;

export interface AppealEntry {
  readonly id: string;
  readonly state: "OPEN" | "GRANTED" | "DECLINED";
  readonly pool_id: string;
  readonly page_id: string;
  readonly worker_id: string;
  readonly title: string;
  readonly text: Texts;
  readonly rejection: string;
  readonly created: string;
  readonly decided: string | null;
  readonly answer: string;
}

export interface Thread {
  readonly id: string;
  readonly parent_id?: string | null;
  readonly topic: Texts;
  readonly interlocutors: readonly { readonly id: string | null; readonly role: string; readonly myself: boolean }[];
  readonly interlocutors_inlined: boolean;
  /** Newest first. */
  readonly messages: readonly { readonly text: Texts; readonly from: { readonly id: string | null; readonly role: string; readonly myself: boolean }; readonly created: string }[];
  readonly meta?: { readonly pool_id?: string | null; readonly assignment_id?: string | null };
  readonly folders: readonly string[];
  readonly answerable: boolean;
  readonly created: string;
}

export interface Letter {
  /** One worker; empty for all who know the requester. */
  readonly workerId: string;
  readonly topic: string;
  readonly text: string;
  readonly isAnswerable: boolean;
}

const POST = { method: "POST" } as const;
const THREADS = "/api/v1/message-threads";
/** So many of the latest are listed. */
export const LISTED = 100;
const LANGUAGE = "EN";

const appeal = (id: string, verb: string) => `/api/requester/appeals/${encodeURIComponent(id)}/${verb}`;
const thread = (id: string, verb = "") => `${THREADS}/${encodeURIComponent(id)}${verb}`;

export const post = {
  appeals: async (state: string) => (await askServer<{ items: readonly AppealEntry[] }>(`/api/requester/appeals?state=${state}`)).items,
  grant: (id: string, answer: string) => askServer<AppealEntry>(appeal(id, "grant"), { ...POST, body: { answer } }),
  decline: (id: string, answer: string) => askServer<AppealEntry>(appeal(id, "decline"), { ...POST, body: { answer } }),
  threads: async (folder: string) => (await askServer<{ items: readonly Thread[] }>(`${THREADS}?folder=${folder}&sort=-created&limit=${LISTED}`)).items,
  thread: (id: string) => askServer<Thread>(thread(id)),
  markRead: (id: string) => askServer<Thread>(thread(id, "/remove-from-folders"), { ...POST, body: { folders: ["UNREAD"] } }),
  reply: (id: string, text: string) => askServer<Thread>(thread(id, "/reply"), { ...POST, body: { text: { [LANGUAGE]: text } } }),
  compose: ({ workerId, topic, text, isAnswerable }: Letter) =>
    askServer<Thread>(`${THREADS}/compose`, {
      ...POST,
      body: {
        topic: { [LANGUAGE]: topic },
        text: { [LANGUAGE]: text },
        answerable: isAnswerable,
        ...(workerId ? { recipients_select_type: "DIRECT", recipients_ids: [workerId] } : { recipients_select_type: "ALL" }),
      },
    }),
};

/** Open appeals and unread messages; shown beside the name of the page. */
export const waiting = signal(0);

const COUNT_EVERY_MS = 30_000;

export async function countWaiting(): Promise<void> {
  try {
    const [appeals, unread] = await Promise.all([post.appeals("OPEN"), post.threads("UNREAD")]);
    // An appeal is talked about in a thread of the same id.
    waiting.value = new Set([...appeals, ...unread].map((one) => one.id)).size;
  } catch {
    // What cannot be counted now is counted later; the page itself says when the server is gone.
  }
}

/** Count now and then, as long as somebody looks, until the returned function is called. */
export function watchWaiting(): () => void {
  void countWaiting();
  const timer = setInterval(() => {
    if (!document.hidden) void countWaiting();
  }, COUNT_EVERY_MS);
  return () => clearInterval(timer);
}

/** A time of the public API, which leaves out that it is UTC. */
export function utc(time: string): string {
  return /(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
}

/** A text in the language of the page, else in the first one that there is. */
export function textOf(texts: Texts): string {
  return texts[LANGUAGE] ?? Object.values(texts)[0] ?? "";
}
