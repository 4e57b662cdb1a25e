/** Invitations for workers, and the tokens of the requester. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { useLoaded } from "../site/load";
import { InvitationForm } from "./InvitationForm";
import { Trouble } from "./Trouble";
import { type InvitationChoices, type InvitationEntry, type TokenEntry, server } from "./server";
import { count, moment, t } from "./words";

/** Something that is about to be ended. */
interface Ending {
  readonly label: string;
  readonly end: () => Promise<unknown>;
}

export function AccessPage(): VNode {
  const loaded = useLoaded(async () => {
    const [invitations, choices, tokens] = await Promise.all([server.invitations(), server.invitationChoices(), server.tokens()]);
    return { invitations, choices, tokens };
  });
  const [ending, setEnding] = useState<Ending | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const end = async (action: () => Promise<unknown>) => {
    setEnding(null);
    setError(null);
    try {
      await action();
    } catch (problem) {
      setError(problem as Error);
    }
    loaded.reload();
  };
  const value = loaded.value;
  return (
    <div class="site-content">
      <h1>{t("access.title")}</h1>
      {error && <Trouble error={error} />}
      {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
      {value && (
        <>
          <InvitationForm choices={value.choices} onMade={loaded.reload} />
          <section class="site-card">
            <h2>{t("access.invitations")}</h2>
            {value.invitations.length === 0 ? (
              <p class="site-soft">{t("access.noInvitations")}</p>
            ) : (
              <Invitations
                entries={value.invitations}
                choices={value.choices}
                onEnd={(entry) => setEnding({ label: entry.label || entry.id, end: () => server.endInvitation(entry.id) })}
              />
            )}
          </section>
          <section class="site-card">
            <h2>{t("access.listTitle")}</h2>
            <Tokens entries={value.tokens} onEnd={(entry) => setEnding({ label: entry.label || entry.id, end: () => server.endToken(entry.id) })} />
          </section>
        </>
      )}
      {ending && (
        <Dialog title={t("access.endTitle")} closeLabel={t("app.cancel")} onClose={() => setEnding(null)}>
          <p>{t("access.endText", { label: ending.label })}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={() => void end(ending.end)}>
            {t("access.end")}
          </button>
        </Dialog>
      )}
    </div>
  );
}

function Invitations({
  entries,
  choices,
  onEnd,
}: {
  entries: readonly InvitationEntry[];
  choices: InvitationChoices;
  onEnd: (entry: InvitationEntry) => void;
}): VNode {
  const names = new Map(choices.pools.map((pool) => [pool.id, pool.name]));
  const brings = ({ pool_id, skill }: InvitationEntry) => [pool_id && (names.get(pool_id) ?? pool_id), skill].filter(Boolean).join(" · ") || "–";
  return (
    <div class="requester-table" tabIndex={0} role="group" aria-label={t("access.invitations")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("access.label")}</th>
            <th scope="col">{t("access.brings")}</th>
            <th scope="col">{t("access.accepted")}</th>
            <th scope="col">{t("access.until")}</th>
            <th scope="col">{t("access.state")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td dir="auto">{entry.label || entry.id}</td>
              <td dir="auto">{brings(entry)}</td>
              <td>{entry.max_uses === null ? count(entry.use_count) : t("access.acceptedOf", { count: count(entry.use_count), most: count(entry.max_uses) })}</td>
              <td>{moment(entry.until)}</td>
              <td>
                <State isOpen={entry.is_open} open={t("access.open")} onEnd={() => onEnd(entry)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tokens({ entries, onEnd }: { entries: readonly TokenEntry[]; onEnd: (entry: TokenEntry) => void }): VNode {
  return (
    <div class="requester-table" tabIndex={0} role="group" aria-label={t("access.listTitle")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("access.label")}</th>
            <th scope="col">{t("access.created")}</th>
            <th scope="col">{t("access.state")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td dir="auto">{entry.label || entry.id}</td>
              <td>{moment(entry.created)}</td>
              <td>
                <State isOpen={entry.is_valid} open={t("access.valid")} onEnd={() => onEnd(entry)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function State({ isOpen, open, onEnd }: { isOpen: boolean; open: string; onEnd: () => void }): VNode {
  if (!isOpen) return <>{t("access.ended")}</>;
  return (
    <>
      {open}{" "}
      <button type="button" class="mh-button mh-button-small" onClick={onEnd}>
        {t("access.end")}
      </button>
    </>
  );
}
