/** What there is to do, as the first page lists it: parts of the same work are one entry. */

import { type Course, type Home, type Obstacle, type OpenPool } from "./server";

/** Work of one kind: the pools that hold it, most urgent first. */
export interface WorkEntry {
  readonly pools: readonly OpenPool[];
  /** The pool to go on with, or the first one; null when none of them is for the worker now. */
  readonly pool: OpenPool | null;
  /** What keeps the worker from the first pool. */
  readonly obstacle: Obstacle | null;
}

export interface WorkList {
  readonly open: readonly WorkEntry[];
  readonly closed: readonly WorkEntry[];
  readonly courses: readonly Course[];
}

/** How long a pool that had nothing for the worker is left alone. */
const REST_MS = 60_000;

const emptySince = new Map<string, number>();

/** Remember that a pool had nothing for the worker. */
export function noteEmpty(poolId: string): void {
  emptySince.set(poolId, Date.now());
}

export function listWork(home: Home): WorkList {
  const obstacles = new Map(home.obstacles.map((obstacle) => [obstacle.pool_id, obstacle]));
  const entries = groupsOf(home.pools.filter((pool) => !pool.is_training && !isExam(home, pool))).map((pools) => entryOf(pools, obstacles));
  return {
    open: entries.filter((entry) => entry.pool !== null),
    closed: entries.filter((entry) => entry.pool === null),
    courses: home.courses,
  };
}

/** Return another part of the same work, which may be closed by now, or null when the worker has seen all of it. */
export function findNextPart(home: Home, finished: OpenPool): OpenPool | null {
  const entry = listWork(home).open.find(({ pools }) => pools.some((pool) => kindOf(pool) === kindOf(finished)));
  return entry?.pool && entry.pool.pool_id !== finished.pool_id ? entry.pool : null;
}

/** Return the trainings and exams that lead to a pool. */
export function coursesTo(home: Home, poolId: string): Course[] {
  return home.courses.filter((course) => course.openings.some((opening) => opening.pool_id === poolId));
}

function groupsOf(pools: readonly OpenPool[]): OpenPool[][] {
  const groups = new Map<string, OpenPool[]>();
  for (const pool of pools) {
    const kind = kindOf(pool);
    groups.set(kind, [...(groups.get(kind) ?? []), pool]);
  }
  return [...groups.values()];
}

function kindOf(pool: OpenPool): string {
  return [pool.project_id, pool.reward, pool.task_count, pool.limit_seconds, pool.description].join("\n");
}

function entryOf(pools: readonly OpenPool[], obstacles: ReadonlyMap<string, Obstacle>): WorkEntry {
  const inHand = pools.find((pool) => pool.has_page_in_hand);
  const free = pools.find((pool) => !obstacles.has(pool.pool_id) && !isEmpty(pool.pool_id));
  const obstacle = pools.map((pool) => obstacles.get(pool.pool_id)).find((found) => found !== undefined);
  return { pools, pool: inHand ?? free ?? null, obstacle: obstacle ?? null };
}

function isEmpty(poolId: string): boolean {
  return Date.now() - (emptySince.get(poolId) ?? -Infinity) < REST_MS;
}

function isExam(home: Home, pool: OpenPool): boolean {
  return home.courses.some((course) => course.pool_id === pool.pool_id);
}
