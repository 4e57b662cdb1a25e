/** The objects of a launch with their answers. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { Refresh } from "./Refresh";
import { type ObjectEntry, server } from "./server";
import { count, line, share, shortId, t } from "./words";

const SIZE = 50;

export function ObjectsTab({ poolId }: { poolId: string }): VNode {
  const [offset, setOffset] = useState(0);
  const loaded = useLoaded(() => server.objects(poolId, offset), String(offset));
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
                <ObjectRow key={entry.id} entry={entry} />
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

function ObjectRow({ entry }: { entry: ObjectEntry }): VNode {
  return (
    <tr>
      <td dir="auto">{line(entry.input_values)}</td>
      <td dir="auto">{entry.label && <b>{line(entry.label)}</b>}</td>
      <td class="requester-number">{share(entry.confidence)}</td>
      <td>
        <ul class="requester-answers">
          {entry.answers.map((answer, i) => (
            <li key={i} class={`requester-answer-${answer.status.toLowerCase()}`}>
              <span dir="auto">{line(answer.values)}</span>{" "}
              <span class="site-soft" title={answer.worker_id}>
                {shortId(answer.worker_id)}
              </span>
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
