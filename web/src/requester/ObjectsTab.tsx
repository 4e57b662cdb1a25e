/** The objects of a launch with their answers, or one of them with its story. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { Refresh } from "./Refresh";
import { later } from "./later";
import { usePoolVersion } from "./live";
import { type ObjectEntry, server } from "./server";
import { count, line, share, shortId, t } from "./words";

const SIZE = 50;
const ObjectPart = later<{ poolId: string; taskId: string }>(async () => (await import("./parts/ObjectPart")).ObjectPart);

export function ObjectsTab({ poolId, part }: { poolId: string; part: string }): VNode {
  return part ? <ObjectPart poolId={poolId} taskId={part} /> : <ObjectList poolId={poolId} />;
}

function ObjectList({ poolId }: { poolId: string }): VNode {
  const [offset, setOffset] = useState(0);
  const loaded = useLoaded(() => server.objects(poolId, offset), `${offset} ${usePoolVersion(poolId)}`);
  const list = loaded.value;
  return (
    <>
      <Refresh loaded={loaded} hint={t("objects.hint")} />
      {list?.total === 0 && <p class="site-soft">{t("objects.empty")}</p>}
      {list && list.total > 0 && (
        <div class="requester-table" tabIndex={0} role="group" aria-label={t("tab.objects")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("objects.object")}</th>
                <th scope="col">{t("objects.label")}</th>
                <th scope="col">{t("objects.confidence")}</th>
                <th scope="col">{t("objects.answers")}</th>
                <th scope="col">{t("objects.state")}</th>
              </tr>
            </thead>
            <tbody>
              {list.items.map((entry) => (
                <ObjectRow key={entry.id} poolId={poolId} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list && list.total > SIZE && (
        <div class="requester-pager">
          <button type="button" class="mh-button mh-button-small" disabled={offset === 0} onClick={() => setOffset(offset - SIZE)}>
            {t("objects.earlier")}
          </button>
          <span>{t("objects.range", { from: count(offset + 1), to: count(offset + list.items.length), total: count(list.total) })}</span>
          <button
            type="button"
            class="mh-button mh-button-small"
            disabled={offset + SIZE >= list.total}
            onClick={() => setOffset(offset + SIZE)}
          >
            {t("objects.later")}
          </button>
        </div>
      )}
    </>
  );
}

function ObjectRow({ poolId, entry }: { poolId: string; entry: ObjectEntry }): VNode {
  return (
    <tr>
      <td dir="auto">
        <a class="mh-link" href={hrefOf("launch", poolId, "objects", entry.id)}>
          {line(entry.input_values)}
        </a>
      </td>
      <td dir="auto">{entry.label !== null && <b>{entry.label}</b>}</td>
      <td class="requester-number">{share(entry.confidence)}</td>
      <td>
        <ul class="requester-answers">
          {entry.answers.map((answer, i) => (
            <li key={i} class={`requester-answer-${answer.status.toLowerCase()}`}>
              <span dir="auto">{line(answer.values)}</span>{" "}
              <a class="site-soft requester-worker" title={answer.worker_id} href={hrefOf("launch", poolId, "workers", answer.worker_id)}>
                {shortId(answer.worker_id)}
              </a>
              {answer.status === "REJECTED" && <span> ({t("pages.REJECTED")})</span>}
            </li>
          ))}
        </ul>
      </td>
      <td>
        {entry.is_finished ? t("objects.finished") : t("objects.open")}
        {entry.in_hand_count > 0 && <span class="site-soft"> {t("objects.inHand", { count: entry.in_hand_count })}</span>}
      </td>
    </tr>
  );
}
