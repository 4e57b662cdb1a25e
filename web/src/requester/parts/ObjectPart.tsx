/** One object: who answered what, how sure the launch was after each answer, why it asked again, and what it cost. */

import type { VNode } from "preact";

import { useLoaded } from "../../site/load";
import { hrefOf } from "../../site/route";
import { Refresh } from "../Refresh";
import { usePoolVersion } from "../live";
import { LinePlot } from "../plots/LinePlot";
import { type ObjectStory, type StepEntry, server } from "../server";
import { hasWord, moment, money, named, share, shortId, t } from "../words";
import { InputValues } from "./InputValues";

/** More lines than this cannot be told apart; the labels that were most probable in the end are shown. */
const LINES = 5;

export function ObjectPart({ poolId, taskId }: { poolId: string; taskId: string }): VNode {
  const loaded = useLoaded(() => server.object(poolId, taskId), `${taskId} ${usePoolVersion(poolId)}`);
  return (
    <>
      <Refresh
        loaded={loaded}
        hint={
          <a class="mh-link" href={hrefOf("launch", poolId, "objects")}>
            {t("object.back")}
          </a>
        }
      />
      {loaded.value && <Story poolId={poolId} story={loaded.value} />}
    </>
  );
}

function Story({ poolId, story }: { poolId: string; story: ObjectStory }): VNode {
  const { object, steps } = story;
  return (
    <div class="requester-story">
      <InputValues values={object.input_values} />
      <p class="requester-verdict">
        {object.label === null ? (
          t("object.noLabel")
        ) : (
          <>
            <b dir="auto">{object.label}</b> {t("object.sure", { share: share(object.confidence) })}
          </>
        )}{" "}
        <span class="site-soft">
          {object.is_finished ? t("objects.finished") : t("objects.open")} · {t("object.cost", { cost: money(story.cost) })}
        </span>
      </p>
      <Probabilities story={story} />
      <h3>{t("object.steps")}</h3>
      <p class="site-soft">{t("object.stepsHint", { algorithm: story.algorithm.replaceAll("-", " ") })}</p>
      {steps.length === 0 && <p class="site-soft">{t("object.noSteps")}</p>}
      <ol class="requester-steps">
        {steps.map((step) => (
          <Step key={step.assignment_id} poolId={poolId} step={step} />
        ))}
      </ol>
    </div>
  );
}

function Probabilities({ story }: { story: ObjectStory }): VNode | null {
  const counted = story.steps.filter((step) => Object.keys(step.probabilities).length > 0);
  const last = counted.at(-1);
  if (!last) return null;
  const labels = [...story.labels].sort((a, b) => (last.probabilities[b] ?? 0) - (last.probabilities[a] ?? 0)).slice(0, LINES);
  const needed = last.needed;
  return (
    <LinePlot
      title={t("object.probabilities")}
      hint={t("object.probabilitiesHint")}
      lines={labels.map((label) => ({ name: label, values: counted.map((step) => step.probabilities[label] ?? 0) }))}
      places={counted.map((_, i) => i + 1)}
      placeName={t("object.answer")}
      placeText={String}
      valueText={share}
      low={0}
      high={1}
      level={needed === null ? undefined : { value: needed, name: t("object.needed", { share: share(needed) }) }}
      hasPoints
    />
  );
}

function Step({ poolId, step }: { poolId: string; step: StepEntry }): VNode {
  const top = Object.entries(step.probabilities).sort(([, a], [, b]) => b - a)[0];
  const kind = `step.${step.kind.replaceAll(" ", "")}`;
  return (
    <li class={`requester-step requester-step-${step.status.toLowerCase()}`}>
      <p>
        {step.label === null ? <span class="site-soft">{t("step.noAnswer")}</span> : <b dir="auto">{step.label}</b>}{" "}
        <span class="site-soft">{t("step.by")}</span>{" "}
        <a class="mh-link" title={step.worker_id} href={hrefOf("launch", poolId, "workers", step.worker_id)}>
          {shortId(step.worker_id)}
        </a>{" "}
        {step.alone !== null && <span class="site-soft">{t("step.alone", { share: share(step.alone) })}</span>}
      </p>
      <p class="site-soft">
        {moment(step.judged ?? step.submitted ?? step.taken)} · {named("pages", step.status)}
        {step.task_seconds !== null && ` · ${t("step.took", { seconds: step.task_seconds.toFixed(1) })}`}
        {step.cost > 0 && ` · ${money(step.cost)}`}
      </p>
      {step.public_comment && (
        <p class="site-soft" dir="auto">
          “{step.public_comment}”
        </p>
      )}
      <p>
        {top && (
          <>
            {t("step.now")} <b dir="auto">{top[0]}</b> {share(top[1])}.{" "}
          </>
        )}
        {hasWord(kind) ? t(kind, { needed: share(step.needed) }) : ""}
      </p>
    </li>
  );
}
