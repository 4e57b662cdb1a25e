/** One worker in a launch: how right over time, how quick, how well paid, and what keeps them from working. */

import type { VNode } from "preact";

import { useLoaded } from "../../site/load";
import { hrefOf } from "../../site/route";
import { Figure } from "../Figures";
import { Refresh } from "../Refresh";
import { pools, usePoolVersion } from "../live";
import { ConfusionPlot } from "../plots/ConfusionPlot";
import { LinePlot } from "../plots/LinePlot";
import { type WorkerStory, server } from "../server";
import { count, moment, money, named, number, share, span, t } from "../words";

export function WorkerPart({ poolId, workerId }: { poolId: string; workerId: string }): VNode {
  const loaded = useLoaded(() => server.worker(poolId, workerId), `${workerId} ${usePoolVersion(poolId)}`);
  return (
    <>
      <Refresh
        loaded={loaded}
        hint={
          <a class="mh-link" href={hrefOf("launch", poolId, "workers")}>
            {t("worker.back")}
          </a>
        }
      />
      {loaded.value && <Story poolId={poolId} story={loaded.value} />}
    </>
  );
}

function Story({ poolId, story }: { poolId: string; story: WorkerStory }): VNode {
  const { worker, pages } = story;
  const places = pages.map((_, i) => i + 1);
  const hint = story.hint_seconds;
  return (
    <div class="requester-story">
      <h3>
        <code>{worker.worker_id}</code>{" "}
        {worker.is_restricted && (
          <span class="site-state site-state-danger">
            {t("workers.restricted")} {worker.restricted_until ? t("workers.until", { time: moment(worker.restricted_until) }) : t("workers.forever")}
          </span>
        )}
      </h3>
      <p>
        <a class="mh-link" href={hrefOf("messages", "write", worker.worker_id)}>
          {t("worker.write")}
        </a>
      </p>
      <dl class="requester-card requester-worker-figures">
        <Figure name="launch.control" text={share(worker.control_accuracy)} hint={t("worker.controls", { count: count(worker.control_count) })} />
        <Figure name="worker.weight" text={story.weight === null ? "–" : number(story.weight)} hint={t("worker.weightHint")} />
        <Figure name="worker.agreement" text={share(story.agreement)} hint={t("worker.agreementHint")} />
        <Figure name="worker.labelAgreement" text={share(story.label_agreement)} hint={t("worker.labelAgreementHint")} />
        <Figure name="worker.speed" text={worker.task_seconds === null ? "–" : span(worker.task_seconds)} hint={hint === null ? "" : t("worker.speedHint", { hint: span(hint) })} />
        <Figure name="worker.earned" text={money(story.earned)} hint={t("worker.earnedHint", { hours: span(story.hours * 3600) })} />
        <Figure name="worker.hourly" text={story.hourly === null ? "–" : money(Math.round(story.hourly * 100) / 100)} hint={t("worker.hourlyHint")} />
      </dl>
      {Object.keys(story.says).length > 0 && (
        <p class="site-soft">
          {t("worker.says")}{" "}
          {Object.entries(story.says)
            .map(([label, part]) => `${label} ${share(part)}`)
            .join(" · ")}
        </p>
      )}
      <div class="plots">
        <LinePlot
          title={t("worker.accuracyPlot")}
          lines={[{ name: t("worker.soFar"), values: pages.map((page) => page.accuracy_so_far) }]}
          places={places}
          placeName={t("worker.page")}
          placeText={String}
          valueText={share}
          low={0}
          high={1}
          hasPoints
        />
        <LinePlot
          title={t("worker.speedPlot")}
          lines={[{ name: t("plots.seconds"), values: pages.map((page) => page.task_seconds) }]}
          places={places}
          placeName={t("worker.page")}
          placeText={String}
          valueText={(value) => span(value)}
          level={hint === null ? undefined : { value: hint, name: t("plots.expected") }}
          hasPoints
        />
        <ConfusionPlot title={t("plots.confusion")} labels={story.labels} cells={story.confusion} />
      </div>
      <Restrictions story={story} />
      <Pages story={story} />
      <Elsewhere poolId={poolId} story={story} />
    </div>
  );
}

function Restrictions({ story }: { story: WorkerStory }): VNode {
  return (
    <>
      <h3>{t("worker.restrictions")}</h3>
      {story.restrictions.length === 0 ? (
        <p class="site-soft">{t("worker.noRestrictions")}</p>
      ) : (
        <ul class="requester-plain">
          {story.restrictions.map((restriction) => (
            <li key={restriction.created}>
              {moment(restriction.created)} {restriction.until ? t("workers.until", { time: moment(restriction.until) }) : t("workers.forever")} ·{" "}
              {named("scope", restriction.scope)}
              {restriction.reason && <span class="site-soft"> · {restriction.reason}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Pages({ story }: { story: WorkerStory }): VNode {
  return (
    <>
      <h3>{t("workers.pages")}</h3>
      <div class="requester-table" tabIndex={0} role="group" aria-label={t("workers.pages")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("worker.page")}</th>
              <th scope="col">{t("worker.taken")}</th>
              <th scope="col">{t("objects.state")}</th>
              <th scope="col">{t("workers.speed")}</th>
              <th scope="col">{t("launch.control")}</th>
              <th scope="col">{t("worker.reward")}</th>
            </tr>
          </thead>
          <tbody>
            {story.pages.map((page, i) => (
              <tr key={page.assignment_id}>
                <td class="requester-number">{i + 1}</td>
                <td class="requester-number">{moment(page.taken)}</td>
                <td class={page.public_comment ? "requester-said" : ""}>
                  {named("pages", page.status)}
                  {page.public_comment && <span class="site-soft"> · {page.public_comment}</span>}
                </td>
                <td class="requester-number">{page.task_seconds === null ? "–" : page.task_seconds.toFixed(1)}</td>
                <td class="requester-number">{page.control_count ? `${page.right_count} / ${page.control_count}` : "–"}</td>
                <td class="requester-number">{page.status === "ACCEPTED" ? money(page.reward) : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Elsewhere({ poolId, story }: { poolId: string; story: WorkerStory }): VNode | null {
  const others = story.pools.filter((other) => other !== poolId);
  if (others.length === 0) return null;
  return (
    <>
      <h3>{t("worker.elsewhere")}</h3>
      <ul class="requester-plain">
        {others.map((other) => (
          <li key={other}>
            <a class="mh-link" href={hrefOf("launch", other, "workers", story.worker.worker_id)}>
              <bdi>{pools.value?.get(other)?.name ?? other}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
