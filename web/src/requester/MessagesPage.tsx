/** Appeals and messages of workers, loaded when somebody wants to see them. */

import { later } from "./later";

export const MessagesPage = later<{ tab: string; part: string }>(async () => (await import("./mail/MailPart")).MailPart);
