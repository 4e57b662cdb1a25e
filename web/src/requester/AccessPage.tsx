/** Invitations for workers, and everything that opens doors. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { useLoaded } from "../site/load";
import { Trouble } from "./Trouble";
import { type TokenEntry, server } from "./server";
import { moment, t } from "./words";

export function AccessPage(): VNode {
  const loaded = useLoaded(() => server.tokens());
  const [label, setLabel] = useState("");
  const [link, setLink] = useState("");
  const [isCopied, setCopied] = useState(false);
  const [ending, setEnding] = useState<TokenEntry | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const attempt = async (action: () => Promise<void>) => {
    try {
      setError(null);
      await action();
      loaded.reload();
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const invite = (event: Event) => {
    event.preventDefault();
    setCopied(false);
    void attempt(async () => setLink(`${location.origin}/#/join/${await server.invite(label.trim())}`));
  };
  return (
    <div class="site-content">
      <h1>{t("access.title")}</h1>
      {error && <Trouble error={error} />}
      <section class="site-card">
        <h2>{t("access.inviteTitle")}</h2>
        <p class="site-soft">{t("access.inviteText")}</p>
        <form class="requester-judge" onSubmit={invite}>
          <label class="site-field">
            <span>{t("access.label")}</span>
            <input class="mh-input" maxLength={80} value={label} onInput={(event) => setLabel(event.currentTarget.value)} />
          </label>
          <button class="mh-button mh-button-primary">{t("access.invite")}</button>
        </form>
        {link && (
          <div class="requester-judge">
            <label class="site-field">
              <span>{t("access.link")}</span>
              <input class="mh-input site-secret" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
            </label>
            <button type="button" class="mh-button" onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
              {t(isCopied ? "access.copied" : "access.copy")}
            </button>
          </div>
        )}
      </section>
      <section class="site-card">
        <h2>{t("access.listTitle")}</h2>
        {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
        <div class="requester-table" tabIndex={0} role="group" aria-label={t("access.listTitle")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("access.kind")}</th>
                <th scope="col">{t("access.label")}</th>
                <th scope="col">{t("access.created")}</th>
                <th scope="col">{t("access.state")}</th>
              </tr>
            </thead>
            <tbody>
              {loaded.value?.map((entry) => (
                <tr key={entry.id}>
                  <td>{t(`access.kind.${entry.kind}`)}</td>
                  <td dir="auto">{entry.label || entry.id}</td>
                  <td>{moment(entry.created)}</td>
                  <td>
                    {entry.is_valid ? t("access.valid") : t("access.ended")}{" "}
                    {entry.is_valid && (
                      <button type="button" class="mh-button mh-button-small" onClick={() => setEnding(entry)}>
                        {t("access.end")}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {ending && (
        <Dialog title={t("access.endTitle")} closeLabel={t("app.cancel")} onClose={() => setEnding(null)}>
          <p>{t("access.endText", { label: ending.label || ending.id })}</p>
          <button
            type="button"
            class="mh-button mh-button-primary"
            onClick={() => (setEnding(null), void attempt(async () => void (await server.endToken(ending.id))))}
          >
            {t("access.end")}
          </button>
        </Dialog>
      )}
    </div>
  );
}
