/** What is wrong with a page, told to whoever asked for the work. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { TextForm } from "./TextForm";
import { messages } from "./messages";
import { t } from "./words";

interface ReportFormProps {
  readonly pageId: string;
  /** The component that the page cannot show; empty for none. */
  readonly unknown: string;
}

export function ReportForm({ pageId, unknown }: ReportFormProps): VNode {
  const [isSent, setSent] = useState(false);
  if (isSent) return <p role="status">{t("report.sent")}</p>;
  const report = async (text: string) => {
    await messages.report(pageId, text);
    setSent(true);
  };
  const start = unknown ? t("report.unknown", { type: unknown }) : "";
  return <TextForm label={t("report.what")} hint={t("report.hint")} start={start} sendLabel={t("messages.send")} onSend={report} />;
}
