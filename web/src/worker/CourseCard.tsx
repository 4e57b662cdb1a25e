/** A training or an exam: how far the worker has come, what it showed, and which work it opens. */

import type { VNode } from "preact";

import { hrefOf } from "../site/route";
import type { Course, OpenPool } from "./server";
import { clock, moment, money, share, t } from "./words";

export function CourseCard({ course, pool }: { course: Course; pool: OpenPool | undefined }): VNode {
  const isInHand = pool?.has_page_in_hand ?? false;
  const titleId = `course-${course.pool_id}`;
  return (
    <li class="site-card worker-pool">
      <div>
        <h3 id={titleId} dir="auto">
          {course.title}
        </h3>
        <p class="site-soft">{t(course.kind === "training" ? "course.trainingText" : "course.examText")}</p>
        {course.description && (
          <p class="site-soft" dir="auto">
            {course.description}
          </p>
        )}
        <ul class="site-facts">
          <li>{course.task_count === 1 ? t("home.task") : t("home.tasks", { count: course.task_count })}</li>
          <li>{t("home.limit", { time: clock(course.limit_seconds) })}</li>
          <li>{progressOf(course)}</li>
          {isInHand && <li class="site-mark-accent">{t("home.inHand")}</li>}
        </ul>
        <CourseResult course={course} />
        <Openings course={course} />
      </div>
      <div class="worker-pool-side">
        <p>
          <strong>{t(course.kind === "training" ? "course.training" : "course.exam")}</strong>
          <span class="site-soft">{pool && pool.reward > 0 ? t("home.perPage", { reward: money(pool.reward) }) : t("course.unpaid")}</span>
        </p>
        {course.is_available && (
          <a class="mh-button mh-button-primary" href={hrefOf("work", course.pool_id)} aria-describedby={titleId}>
            {isInHand || course.pages_done > 0 ? t("home.continue") : t("home.start")}
          </a>
        )}
      </div>
    </li>
  );
}

/** What a training that is over has shown. */
export function CourseResult({ course }: { course: Course }): VNode | null {
  if (course.skill === null) return null;
  return (
    <p class={course.openings.every((opening) => opening.is_reached) ? "worker-why worker-passed" : "worker-why"}>
      {t("course.skill", { share: share(course.skill) })}
      {course.retry_at && ` ${t("course.retry", { time: moment(course.retry_at) })}`}
    </p>
  );
}

/** The work that a training or an exam leads to. */
export function Openings({ course }: { course: Course }): VNode | null {
  if (course.openings.length === 0) return null;
  return (
    <ul class="worker-openings">
      {course.openings.map((opening) => (
        <li key={opening.pool_id} class={opening.is_reached ? "worker-passed" : ""}>
          {opening.is_reached ? (
            <a class="mh-link" href={hrefOf("work", opening.pool_id)}>
              {t("course.opened", { title: opening.title, reward: money(opening.reward) })}
            </a>
          ) : (
            t("course.opens", { title: opening.title, reward: money(opening.reward), share: share(opening.passing_skill) })
          )}
        </li>
      ))}
    </ul>
  );
}

function progressOf(course: Course): string {
  if (course.pages_to_pass === null) return t("course.pages", { done: course.pages_done });
  return t("course.pagesOf", { done: Math.min(course.pages_done, course.pages_to_pass), count: course.pages_to_pass });
}
