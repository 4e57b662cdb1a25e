/** What the first page lists: parts of the same work as one entry, what is not for the worker, and why in plain words. */

import { describe, expect, it } from "vitest";

import type { Course, Home, Obstacle, OpenPool, Wanted } from "../src/worker/server";
import { tellWanted } from "../src/worker/wanted";
import { coursesTo, findNextPart, listWork, noteEmpty } from "../src/worker/work-list";

let poolCount = 0;

function pool(rest: Partial<OpenPool> = {}): OpenPool {
  poolCount += 1;
  return {
    pool_id: `pool-${poolCount}`, project_id: "1", title: "Cats", description: "", reward: 0.05, task_count: 5, limit_seconds: 600, hourly_reward: null,
    requires_training: false, has_page_in_hand: false, is_training: false, ...rest,
  };
}

function home(pools: OpenPool[], obstacles: Obstacle[] = [], courses: Course[] = []): Home {
  return { profile: {} as never, pools, obstacles, courses, restrictions: [], unread_count: 0 };
}

const obstacle = (of: OpenPool, reason = "filtered"): Obstacle => ({ pool_id: of.pool_id, reason, wanted: [] });
const course = (of: string, opens: string): Course => ({
  kind: "training", pool_id: of, title: "T", description: "", task_count: 1, limit_seconds: 60, pages_done: 0, pages_to_pass: 1, skill: null, retry_at: null,
  is_available: true, openings: [{ pool_id: opens, title: "Cats", reward: 1, passing_skill: 0.8, is_reached: false }],
});

describe("the list of work", () => {
  it("shows the parts of the same work as one, with the first that is for the worker", () => {
    const parts = [pool(), pool(), pool()];
    const { open } = listWork(home([...parts, pool({ reward: 0.1 })], [obstacle(parts[0] as OpenPool)]));
    expect(open.map((entry) => entry.pool?.pool_id)).toEqual([parts[1]?.pool_id, `pool-${poolCount}`]);
    expect(open[0]?.pools).toEqual(parts);
  });

  it("goes on with the page in hand", () => {
    const parts = [pool(), pool({ has_page_in_hand: true })];
    expect(listWork(home(parts)).open[0]?.pool).toBe(parts[1]);
  });

  it("sets apart what is not for the worker, with the reason", () => {
    const [free, kept] = [pool(), pool({ project_id: "2" })];
    const { open, closed } = listWork(home([free, kept], [obstacle(kept, "training_required")]));
    expect([open.length, closed.length]).toEqual([1, 1]);
    expect(closed[0]?.obstacle?.reason).toBe("training_required");
  });

  it("leaves trainings and exams to their own list", () => {
    const [training, exam, work] = [pool({ is_training: true }), pool({ project_id: "3" }), pool({ project_id: "4" })];
    const { open, courses } = listWork(home([training, exam, work], [], [course(training.pool_id, work.pool_id), course(exam.pool_id, work.pool_id)]));
    expect(open.map((entry) => entry.pool)).toEqual([work]);
    expect(courses).toHaveLength(2);
  });

  it("rests a pool that had nothing, and finds another part of its work, also when the pool is gone", () => {
    const parts = [pool(), pool()] as [OpenPool, OpenPool];
    noteEmpty(parts[0].pool_id);
    expect(findNextPart(home(parts), parts[0])).toBe(parts[1]);
    expect(findNextPart(home([parts[1]]), parts[0])).toBe(parts[1]);
    noteEmpty(parts[1].pool_id);
    expect(findNextPart(home(parts), parts[0])).toBeNull();
    expect(listWork(home(parts)).closed[0]?.obstacle).toBeNull();
  });

  it("knows which trainings lead to a pool", () => {
    const [work, training] = [pool(), pool({ is_training: true })];
    const found = home([work, training], [], [course(training.pool_id, work.pool_id), course("other", "elsewhere")]);
    expect(coursesTo(found, work.pool_id).map((one) => one.pool_id)).toEqual([training.pool_id]);
  });
});

describe("what a worker lacks is told in plain words", () => {
  const wanted = (category: Wanted["category"], key: string, operator: string, value: unknown = null): Wanted => ({ category, key, operator, value });

  it.each<[string, Wanted[][], string[]]>([
    ["a language", [[wanted("profile", "languages", "IN", "RU")]], ["read Russian"]],
    ["one of several languages", [[wanted("profile", "languages", "IN", ["RU", "TR"])]], ["read Russian or Turkish"]],
    ["alternatives", [[wanted("profile", "country", "EQ", "DE"), wanted("profile", "languages", "IN", "DE")]], ["live in Germany or read German"]],
    ["the same thing twice", [[wanted("profile", "country", "EQ", "DE"), wanted("profile", "country", "IN", ["FR", "ES"])]], ["live in Germany, France, or Spain"]],
    ["another country", [[wanted("profile", "country", "NE", "FR")]], ["do not live in France"]],
    ["an age", [[wanted("profile", "date_of_birth", "LT", 946684800)]], ["were born before 2000"]],
    ["adult content", [[wanted("profile", "adult_allowed", "EQ", true)]], ["allow tasks with adult content"]],
    ["no adult content", [[wanted("profile", "adult_allowed", "EQ", false)]], ["do not allow tasks with adult content"]],
    ["a public skill", [[wanted("skill", "cats", "GTE", 0.8)]], ["have shown the skill “cats”"]],
    ["a hidden skill, once", [[wanted("skill", "", "GTE")], [wanted("skill", "", "LT")]], ["have a skill that the requester gives"]],
    ["a device", [[wanted("computed", "client_type", "EQ", "TOLOKA_APP")]], ["have another device, place or profile"]],
    ["two things", [[wanted("profile", "languages", "IN", "RU")], [wanted("profile", "country", "EQ", "DE")]], ["read Russian", "live in Germany"]],
  ])("%s", (_, groups, told) => expect(tellWanted(groups)).toEqual(told));
});
