/** One control task: how good workers answer it, and everybody else. */

import type { VNode } from "preact";

import { useLoaded } from "../../site/load";
import { hrefOf } from "../../site/route";
import { Refresh } from "../Refresh";
import { usePoolVersion } from "../live";
import { type ControlStory, server } from "../server";
import { count, line, moment, named, share, shortId, t } from "../words";
import { InputValues } from "./InputValues";

export function ControlPart({ poolId, taskId }: { poolId: string; taskId: string }): VNode {
  const loaded = useLoaded(() => server.control(poolId, taskId), `${taskId} ${usePoolVersion(poolId)}`);
  return (
    <>
      <Refresh
        loaded={loaded}
        hint={
          <a class="mh-link" href={hrefOf("launch", poolId, "controls")}>
            {t("control.back")}
          </a>
        }
      />
      {loaded.value && <Story poolId={poolId} story={loaded.value} />}
    </>
  );
}

function Story({ poolId, story }: { poolId: string; story: ControlStory }): VNode {
  const { control, answers } = story;
  return (
    <div class="requester-story">
      <InputValues values={control.input_values} />
      <p class="requester-verdict">
        {t("controls.known")}: <b dir="auto">{line(control.known)}</b>
      </p>
      {control.is_suspicious && (
        <p class="site-notice mh-theme-warning">{t("control.suspicious", { wrong: count(story.good_count - story.good_right_count), good: count(story.good_count), usual: line(control.usual) })}</p>
      )}
      <h3>{t("control.answers")}</h3>
      <p class="site-soft">{t("control.goodHint")}</p>
      <Counts story={story} />
      <div class="requester-table" tabIndex={0} role="group" aria-label={t("control.each")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("workers.worker")}</th>
              <th scope="col">{t("objects.answers")}</th>
              <th scope="col">{t("workers.control")}</th>
              <th scope="col">{t("control.when")}</th>
              <th scope="col">{t("objects.state")}</th>
            </tr>
          </thead>
          <tbody>
            {answers.map((answer, i) => (
              <tr key={i} class={answer.is_right ? "" : "requester-wrong"}>
                <td>
                  <a class="mh-link" title={answer.worker_id} href={hrefOf("launch", poolId, "workers", answer.worker_id)}>
                    {shortId(answer.worker_id)}
                  </a>{" "}
                  {answer.is_by_good && <span class="site-state site-state-success">{t("control.good")}</span>}
                </td>
                <td dir="auto">
                  {line(answer.values)} <span class="site-soft">{t(answer.is_right ? "control.isRight" : "control.isWrong")}</span>
                </td>
                <td class="requester-number">{share(answer.worker_accuracy)}</td>
                <td class="requester-number">{moment(answer.submitted)}</td>
                <td>{named("pages", answer.status)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** How often each answer was given, by good workers and by the others. */
function Counts({ story }: { story: ControlStory }): VNode {
  const counts = new Map<string, { good: number; other: number; isRight: boolean }>();
  for (const answer of story.answers) {
    const key = line(answer.values);
    const found = counts.get(key) ?? { good: 0, other: 0, isRight: answer.is_right };
    if (answer.is_by_good) found.good += 1;
    else found.other += 1;
    counts.set(key, found);
  }
  return (
    <div class="requester-table" tabIndex={0} role="group" aria-label={t("control.answers")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("objects.answers")}</th>
            <th scope="col">{t("control.goodWorkers")}</th>
            <th scope="col">{t("control.others")}</th>
          </tr>
        </thead>
        <tbody>
          {[...counts]
            .sort(([, a], [, b]) => b.good + b.other - a.good - a.other)
            .map(([text, found]) => (
              <tr key={text}>
                <td dir="auto">
                  <b>{text}</b> <span class="site-soft">{t(found.isRight ? "control.isRight" : "control.isWrong")}</span>
                </td>
                <td class="requester-number">{count(found.good)}</td>
                <td class="requester-number">{count(found.other)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
