/** What was chosen for a pool, in words; and opening and closing it by hand. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { Refresh } from "./Refresh";
import { Trouble } from "./Trouble";
import { pools, usePoolVersion } from "./live";
import { type PoolRow, server } from "./server";
import { moment, t } from "./words";

export function PoolTab({ poolId }: { poolId: string; part: string }): VNode {
  const loaded = useLoaded(() => server.sheet(poolId), String(usePoolVersion(poolId)));
  const row = pools.value?.get(poolId);
  const sheet = loaded.value;
  return (
    <>
      <Refresh loaded={loaded} hint={t("pool.hint", { id: poolId })} />
      {row && <Hand row={row} />}
      {sheet && (
        <dl class="site-pairs">
          <dt>{t("pool.project")}</dt>
          <dd>
            <a class="mh-link" href={hrefOf("project", sheet.project_id)}>
              <bdi>{sheet.project_name}</bdi>
            </a>
          </dd>
          {sheet.facts.map((fact, i) => (
            <Fact key={i} name={fact.name} text={fact.text} />
          ))}
          <Fact name={t("pool.created")} text={moment(sheet.created)} />
          {sheet.last_started && <Fact name={t("pool.started")} text={moment(sheet.last_started)} />}
          {sheet.last_stopped && <Fact name={t("pool.stopped")} text={moment(sheet.last_stopped)} />}
        </dl>
      )}
    </>
  );
}

/** A thing that was chosen; one without a name goes on with the one before. */
function Fact({ name, text }: { name: string; text: string }): VNode {
  return (
    <>
      {name && <dt>{name}</dt>}
      <dd dir="auto" class={name ? "" : "requester-more"}>
        {text}
      </dd>
    </>
  );
}

function Hand({ row }: { row: PoolRow }): VNode | null {
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  if (row.pool_state !== "OPEN" && row.pool_state !== "CLOSED") return null;
  const isOpen = row.pool_state === "OPEN";
  const act = async () => {
    setAsking(false);
    setError(null);
    try {
      await (isOpen ? server.close(row.pool_id) : server.open(row.pool_id));
    } catch (problem) {
      setError(problem as Error);
    }
  };
  return (
    <div class="requester-actions">
      <button type="button" class="mh-button" onClick={() => setAsking(true)}>
        {t(isOpen ? "pool.close" : "pool.open")}
      </button>
      {error && <Trouble error={error} />}
      {isAsking && (
        <Dialog title={t(isOpen ? "pool.closeTitle" : "pool.openTitle")} closeLabel={t("app.cancel")} onClose={() => setAsking(false)}>
          <p>{t(isOpen ? "pool.closeText" : "pool.openText")}</p>
          <p>{t(consequence(row, isOpen))}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={() => void act()}>
            {t(isOpen ? "pool.close" : "pool.open")}
          </button>
        </Dialog>
      )}
    </div>
  );
}

function consequence(row: PoolRow, isOpen: boolean) {
  const isWorked = row.kind === "elsewhere" || (row.kind === "launch" && !row.is_left_alone && ["running", "publishing"].includes(row.state));
  if (isOpen) return isWorked ? "pool.closeWorked" : "pool.closeAlone";
  if (row.kind === "pool" || row.kind === "training") return "pool.openPlain";
  return isWorked ? "pool.openWorked" : "pool.openAlone";
}
