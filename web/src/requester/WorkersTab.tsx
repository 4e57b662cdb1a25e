/** The workers of a launch: how good, how quick, and whether they may go on; or one of them. */

import type { VNode } from "preact";

import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { Refresh } from "./Refresh";
import { later } from "./later";
import { usePoolVersion } from "./live";
import { type WorkerEntry, server } from "./server";
import { count, moment, share, shortId, t } from "./words";

const STATES = ["ACTIVE", "SUBMITTED", "ACCEPTED", "REJECTED", "SKIPPED", "EXPIRED"] as const;
const WorkerPart = later<{ poolId: string; workerId: string }>(async () => (await import("./parts/WorkerPart")).WorkerPart);

export function WorkersTab({ poolId, part }: { poolId: string; part: string }): VNode {
  return part ? <WorkerPart poolId={poolId} workerId={part} /> : <WorkerList poolId={poolId} />;
}

function WorkerList({ poolId }: { poolId: string }): VNode {
  const loaded = useLoaded(() => server.workers(poolId), String(usePoolVersion(poolId)));
  const items = loaded.value;
  return (
    <>
      <Refresh loaded={loaded} hint={t("workers.hint")} />
      {items?.length === 0 && <p class="site-soft">{t("workers.empty")}</p>}
      {items && items.length > 0 && (
        <div class="requester-table" tabIndex={0} role="group" aria-label={t("tab.workers")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("workers.worker")}</th>
                <th scope="col">{t("workers.pages")}</th>
                <th scope="col">{t("workers.control")}</th>
                <th scope="col">{t("workers.speed")}</th>
                <th scope="col">{t("workers.seen")}</th>
                <th scope="col">{t("workers.restricted")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((worker) => (
                <WorkerRow key={worker.worker_id} poolId={poolId} worker={worker} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function WorkerRow({ poolId, worker }: { poolId: string; worker: WorkerEntry }): VNode {
  const pages = STATES.filter((state) => worker.pages[state]).map((state) => `${worker.pages[state]} ${t(`pages.${state}`)}`);
  return (
    <tr>
      <td>
        <a class="mh-link" title={worker.worker_id} href={hrefOf("launch", poolId, "workers", worker.worker_id)}>
          <code>{shortId(worker.worker_id)}</code>
        </a>
      </td>
      <td>{pages.join(", ")}</td>
      <td class="requester-number">
        {share(worker.control_accuracy)} <span class="site-soft">{t("workers.of", { count: count(worker.control_count) })}</span>
      </td>
      <td class="requester-number">{worker.task_seconds === null ? "–" : worker.task_seconds.toFixed(1)}</td>
      <td class="requester-number">{moment(worker.last_seen)}</td>
      <td>
        {worker.is_restricted ? (
          <>
            <span class="site-state site-state-danger">
              {worker.restricted_until ? t("workers.until", { time: moment(worker.restricted_until) }) : t("workers.forever")}
            </span>
            <span class="site-soft"> {worker.reason}</span>
          </>
        ) : (
          t("workers.free")
        )}
      </td>
    </tr>
  );
}
