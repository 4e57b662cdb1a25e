/** The outbox and drafts: what is kept, what is sent, and what becomes of it; the network is a list of answers. */

import { waitFor } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { keep, listKept } from "../src/site/kept";
import { dropDrafts, findDraft, keepDraft } from "../src/worker/drafts";
import { isOffline, lateCount, send, sendLeftovers } from "../src/worker/outbox";
import { profile } from "../src/worker/session";

type Answer = "lost" | { readonly status: number; readonly body?: object };

const PAGE = "0000989680--0000000001";
const OUTPUTS = [{ choice: "even" }];
const STEP = { page: null, reason: "exhausted", work: null, draft: null };
const OK: Answer = { status: 200, body: STEP };
const OVER: Answer = { status: 400, body: { code: "INAPPROPRIATE_STATUS", message: "it is expired" } };

let workerCount = 0;
let asked: { path: string; method: string; body: unknown }[] = [];

/** Let the network give these answers, the last one again and again. */
function network(...answers: Answer[]): void {
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, method: init.method ?? "GET", body: init.body ? JSON.parse(init.body as string) : null });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined || answer === "lost") throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status });
  });
}

function signIn(worker: string): void {
  profile.value = { worker_id: worker, name: "", languages: [], country: "", birth_year: null, joined: "" } as never;
}

beforeEach(async () => {
  asked = [];
  lateCount.value = 0;
  isOffline.value = false;
  workerCount += 1;
  signIn(`worker${workerCount}`);
});

describe("the outbox", () => {
  const left = () => listKept("outbox.");

  it("forgets a page when the server has it", async () => {
    network(OK);
    expect(await send(PAGE, OUTPUTS)).toEqual(STEP);
    expect(asked[0]).toEqual({ path: `/api/worker/pages/${PAGE}/advance`, method: "POST", body: { solutions: [{ output_values: { choice: "even" } }] } });
    expect(await left()).toEqual([]);
  });

  it("sends a page once, however often that is asked", async () => {
    network(OK);
    await Promise.all([send(PAGE, OUTPUTS), send(PAGE, OUTPUTS)]);
    expect(asked).toHaveLength(1);
  });

  it("sends again when the connection is back, and says meanwhile that there is none", async () => {
    network("lost", { status: 503 }, OK);
    const sending = send(PAGE, OUTPUTS);
    for (const round of [1, 2]) {
      await waitFor(() => expect(asked).toHaveLength(round));
      await waitFor(() => expect(isOffline.value).toBe(true));
      await new Promise((resolve) => setTimeout(resolve, 0));
      dispatchEvent(new Event("online"));
    }
    expect(await sending).toEqual(STEP);
    expect(isOffline.value).toBe(false);
    expect(asked.map(({ body }) => body)).toEqual(Array(3).fill({ solutions: [{ output_values: { choice: "even" } }] }));
  });

  it("gives up what the server refuses", async () => {
    network(OVER);
    await expect(send(PAGE, OUTPUTS)).rejects.toThrow("it is expired");
    expect(await left()).toEqual([]);
  });

  it("keeps a page whose worker is not signed in any more, until they are again", async () => {
    network({ status: 401 });
    await expect(send(PAGE, OUTPUTS)).rejects.toThrow();
    expect(profile.value).toBeNull();
    expect(await left()).toHaveLength(1);
    signIn(`worker${workerCount}`);
    network(OK);
    await sendLeftovers();
    expect(await left()).toEqual([]);
    expect(lateCount.value).toBe(0);
  });

  it("sends what an earlier visit left, counts what came too late, and leaves alone what others left", async () => {
    signIn("ann");
    await keep(`outbox.ann.${PAGE}`, OUTPUTS);
    await keep("outbox.bob.0000989680--0000000002", OUTPUTS);
    network(OVER);
    await sendLeftovers();
    expect(asked.map(({ path }) => path)).toEqual([`/api/worker/pages/${PAGE}/advance`]);
    expect(lateCount.value).toBe(1);
    expect(await left()).toEqual(["outbox.bob.0000989680--0000000002"]);
  });
});

describe("a draft", () => {
  it("goes to the server when the worker rests or turns away, with all that was written until then", async () => {
    network({ status: 200 });
    keepDraft(PAGE, [{ choice: "odd" }]);
    keepDraft(PAGE, OUTPUTS);
    expect(asked).toEqual([]);
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    dispatchEvent(new Event("visibilitychange"));
    expect(asked).toMatchObject([{ path: `/api/worker/pages/${PAGE}/draft`, method: "PUT", body: { content: { outputs: OUTPUTS, played: [] } } }]);
    await dropDrafts(PAGE);
  });

  it.each([
    ["of this device when it is the newest", -1000, "here"],
    ["of the server when another device wrote later", 1000, "elsewhere"],
  ])("is that %s", async (_, later, expected) => {
    network({ status: 200 });
    keepDraft(PAGE, [{ where: "here" }]);
    const found = await findDraft(PAGE, { outputs: [{ where: "elsewhere" }], played: [], at: Date.now() + later });
    expect(found?.outputs).toEqual([{ where: expected }]);
    await dropDrafts(PAGE);
    expect(await findDraft(PAGE, null)).toBeNull();
  });

  it("is forgotten with those of earlier pages of its pool", async () => {
    network({ status: 200 });
    keepDraft("0000989680--0000000001", OUTPUTS);
    keepDraft("0000989681--0000000001", OUTPUTS);
    await dropDrafts("0000989680--0000000002");
    expect(await listKept("draft.")).toEqual(["draft.0000989681--0000000001"]);
  });
});
