/** Work in one pool, page after page. */

import type { VNode } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";

import { ApiError } from "../site/api";
import { hrefOf } from "../site/route";
import { type JsonObject, mediaOfTask } from "../view";
import { CourseResult, Openings } from "./CourseCard";
import { Restrictions } from "./Restrictions";
import { TaskPage } from "./TaskPage";
import { Trouble } from "./Trouble";
import { type Draft, dropDrafts, findDraft } from "./drafts";
import { send } from "./outbox";
import { type Course, type Page, type Restriction, type Work, server } from "./server";
import { home, lookAround } from "./session";
import { firstStep } from "./start-work";
import { findTexts } from "./texts";
import { findNextPart, noteEmpty } from "./work-list";
import { hasWord, t } from "./words";

/** Reasons for which the same work may have more in another of its parts. */
const MORE_ELSEWHERE = new Set(["exhausted", "control_exhausted", "pool_closed", "exclusive", "budget_exhausted"]);

type State =
  | { readonly kind: "loading" }
  | { readonly kind: "page"; readonly page: Page; readonly work: Work; readonly draft: Draft | null; readonly sentReward: number | null }
  | { readonly kind: "none"; readonly reason: string; readonly restrictions: readonly Restriction[]; readonly course: Course | null }
  | { readonly kind: "trouble"; readonly error: Error };

export function WorkPage({ poolId }: { poolId: string }): VNode {
  const [state, setState] = useState<State>({ kind: "loading" });

  const take = useCallback(async () => {
    setState({ kind: "loading" });
    try {
      const [{ page, work, reason, draft: elsewhere }] = await Promise.all([firstStep(poolId), findTexts()]);
      if (!page || !work) return setState(await nothing(poolId, reason));
      loadMedia(page, work);
      setState({ kind: "page", page, work, draft: await findDraft(page.id, elsewhere), sentReward: null });
    } catch (error) {
      setState({ kind: "trouble", error: error as Error });
    }
  }, [poolId]);
  useEffect(() => void take(), [take]);

  if (state.kind === "loading") return <p class="site-loading">{t("app.loading")}</p>;
  if (state.kind === "trouble") return <Trouble error={state.error} onRetry={() => void take()} />;
  if (state.kind === "none") return <Nothing {...state} />;

  const { page, work, draft, sentReward } = state;
  const submit = async (outputs: readonly JsonObject[]) => {
    const step = await send(page.id, outputs);
    void dropDrafts(page.id);
    if (!step.page) {
      setState(await nothing(poolId, step.reason));
      return;
    }
    loadMedia(step.page, work);
    setState({ kind: "page", page: step.page, work, draft: null, sentReward: page.reward });
    scrollTo(0, 0);
  };
  const skip = async () => {
    await server.skip(page.id).catch((error: unknown) => {
      // A page that is over already need not be given back.
      if (!(error instanceof ApiError)) throw error;
    });
    await dropDrafts(page.id);
    await take();
  };
  return <TaskPage key={page.id} page={page} work={work} draft={draft} sentReward={sentReward} onSubmit={submit} onSkip={skip} onNext={() => void take()} />;
}

/** What is shown where a pool has no page: another part of the same work, what a training has shown, or why there is nothing. */
async function nothing(poolId: string, reason: string): Promise<State> {
  const pool = home.value?.pools.find((one) => one.pool_id === poolId);
  noteEmpty(poolId);
  await lookAround();
  const part = home.value && pool && MORE_ELSEWHERE.has(reason) ? findNextPart(home.value, pool) : null;
  if (part) {
    location.replace(hrefOf("work", part.pool_id));
    return { kind: "loading" };
  }
  const course = home.value?.courses.find((one) => one.pool_id === poolId) ?? null;
  const restrictions = reason === "restricted" ? (home.value?.restrictions ?? []) : [];
  return { kind: "none", reason, restrictions, course };
}

interface NothingProps {
  readonly reason: string;
  readonly restrictions: readonly Restriction[];
  readonly course: Course | null;
}

function Nothing({ reason, restrictions, course }: NothingProps): VNode {
  const word = `work.none.${reason}`;
  const isOver = course?.kind === "training" && course.skill !== null;
  return (
    <div class="site-content">
      <div class="site-empty">
        <h1>{t(isOver ? "course.done" : "work.none.title")}</h1>
        {!isOver && <p>{t(hasWord(word) ? word : "work.none.other")}</p>}
        {course && <CourseResult course={course} />}
        {course && <Openings course={course} />}
        <a class="mh-button mh-button-primary" href={hrefOf()}>
          {t("work.back")}
        </a>
      </div>
      <Restrictions items={restrictions} />
    </div>
  );
}

/** Load the pictures of a page all at once, also those further down. */
function loadMedia(page: Page, work: Work): void {
  for (const url of page.tasks.flatMap((task) => mediaOfTask(work.view, task))) {
    if (/\.(avif|gif|jpe?g|png|svg|webp)(\?|$)/i.test(url)) new Image().src = url;
  }
}
