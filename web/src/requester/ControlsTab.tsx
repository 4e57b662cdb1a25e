/** The control tasks of a launch; those whose known answer may be wrong come first; or one of them. */

import type { VNode } from "preact";

import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { Refresh } from "./Refresh";
import { later } from "./later";
import { usePoolVersion } from "./live";
import { server } from "./server";
import { count, line, share, t } from "./words";

const ControlPart = later<{ poolId: string; taskId: string }>(async () => (await import("./parts/ControlPart")).ControlPart);

export function ControlsTab({ poolId, part }: { poolId: string; part: string }): VNode {
  return part ? <ControlPart poolId={poolId} taskId={part} /> : <ControlList poolId={poolId} />;
}

function ControlList({ poolId }: { poolId: string }): VNode {
  const loaded = useLoaded(() => server.controls(poolId), String(usePoolVersion(poolId)));
  const items = loaded.value;
  return (
    <>
      <Refresh loaded={loaded} hint={t("controls.hint")} />
      {items?.length === 0 && <p class="site-soft">{t("controls.empty")}</p>}
      {items && items.length > 0 && (
        <div class="requester-table" tabIndex={0} role="group" aria-label={t("tab.controls")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("controls.task")}</th>
                <th scope="col">{t("controls.known")}</th>
                <th scope="col">{t("controls.usual")}</th>
                <th scope="col">{t("controls.right")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((control) => (
                <tr key={control.id}>
                  <td dir="auto">
                    <a class="mh-link" href={hrefOf("launch", poolId, "controls", control.id)}>
                      {line(control.input_values)}
                    </a>{" "}
                    {control.is_suspicious && <span class="site-state site-state-warning">{t("controls.suspicious")}</span>}
                  </td>
                  <td dir="auto">{line(control.known)}</td>
                  <td dir="auto">{line(control.usual)}</td>
                  <td class="requester-number">
                    {share(control.right_count / control.answer_count)}{" "}
                    <span class="site-soft">{t("workers.of", { count: count(control.answer_count) })}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
