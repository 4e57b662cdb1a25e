/** The requester's page, part by part: sums, scales, plots and rows. */

import { render, screen, within } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, test, vi } from "vitest";

import type { PlotBar, PoolRow } from "../src/requester/server";

const ROW: PoolRow = {
  kind: "launch",
  name: "day/red",
  whole: "day",
  pool_id: "1",
  project_id: "1",
  version: 1,
  pool_state: "OPEN",
  close_reason: "",
  state: "running",
  reason: "",
  problem: "",
  created: "2026-11-22T12:00:00Z",
  object_count: 10,
  finished_count: 4,
  answer_count: 20,
  pages: { ACTIVE: 1, ACCEPTED: 5 },
  worker_count: 3,
  paid: 0.5,
  reserved: 0.1,
  budget_id: "7",
  budget: 10,
  budget_left: 9.4,
  agreement: 0.8,
  alpha: 0.6,
  confidence: 0.9,
  control_accuracy: 0.85,
  expected: 0.88,
  expected_low: 0.7,
  expected_high: 0.95,
  expected_count: 12,
  suspicious_count: 0,
  eta_seconds: 600,
  eta_low_seconds: 400,
  eta_high_seconds: 900,
  is_stop_requested: false,
  is_resume_requested: false,
  is_left_alone: false,
  is_hosted: false,
  obstacle: "",
  file: "",
};
const BARS: readonly PlotBar[] = [
  { label: "0-2 s", count: 3, is_marked: false },
  { label: "2-4 s", count: 9, is_marked: true },
];

beforeAll(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
});

describe("totals", () => {
  test("count a shared budget once, and weigh shares by answers", async () => {
    const { totalsOf } = await import("../src/requester/totals");
    const green = { ...ROW, pool_id: "2", answer_count: 60, confidence: 0.5, eta_seconds: 1200, pages: { ACCEPTED: 1 } };
    const totals = totalsOf([ROW, green]);
    expect([totals.budget, totals.budgetLeft, totals.paid]).toEqual([10, 9.4, 1]);
    expect(totals.confidence).toBeCloseTo(0.6);
    expect([totals.etaSeconds, totals.pages["ACCEPTED"], totals.openCount]).toEqual([1200, 6, 2]);
  });

  test("know no budget when one row has none, and no share where none is known", async () => {
    const { totalsOf } = await import("../src/requester/totals");
    const totals = totalsOf([ROW, { ...ROW, budget_id: null, budget: null, budget_left: null, expected: null }]);
    expect(totals.budget).toBeNull();
    expect(totals.expected).toBeCloseTo(0.88);
    expect(totalsOf([]).confidence).toBeNull();
  });

  test("do not call a launch running that nobody works on", async () => {
    const { isOpen, totalsOf } = await import("../src/requester/totals");
    const alone = { ...ROW, is_left_alone: true };
    expect([isOpen(ROW), isOpen(alone)]).toEqual([true, false]);
    expect(totalsOf([alone]).aloneCount).toBe(1);
    expect(isOpen({ ...ROW, kind: "elsewhere", state: "" })).toBe(true);
  });
});

describe("scales", () => {
  test.each([
    [0, 100, [0, 50, 100]],
    [0, 0.93, [0, 0.5]],
    [0.5, 1, [0.6, 0.8, 1]],
    [3, 3, [3, 3.5, 4]],
  ])("from %d to %d have round ticks", async (low, high, ticks) => {
    const { linear } = await import("../src/requester/plots/scale");
    const scale = linear(low, high, [0, 200], 3);
    expect(scale.ticks).toEqual(ticks);
    expect(scale.place(low)).toBe(0);
    if (high > low) expect(scale.place(high)).toBeCloseTo(200);
  });

  test("thin many values to few, with both ends", async () => {
    const { thinned } = await import("../src/requester/plots/scale");
    const values = Array.from({ length: 101 }, (_, i) => i);
    expect(thinned(values, 5)).toEqual([0, 25, 50, 75, 100]);
    expect(thinned([1, 2], 5)).toEqual([1, 2]);
  });
});

describe("plots", () => {
  test("are told in a sentence, and as a table", async () => {
    const { BarPlot } = await import("../src/requester/plots/BarPlot");
    render(<BarPlot title="Seconds a task" bars={BARS} unit="Seconds" mark="expected" />);
    expect(screen.getByRole("img", { name: "Seconds a task: 12 in all, most of them 2-4 s" })).toBeTruthy();
    const cells = within(screen.getByRole("table")).getAllByRole("cell").map((cell) => cell.textContent);
    expect(cells).toEqual(["0-2 s", "3", "25%", "2-4 s (expected)", "9", "75%"]);
  });

  test("of lines name each line, its end, and a level to compare with", async () => {
    const { LinePlot } = await import("../src/requester/plots/LinePlot");
    const lines = [
      { name: "even", values: [0.6, null, 0.9] },
      { name: "odd", values: [0.4, null, 0.1] },
    ];
    render(<LinePlot title="How sure" lines={lines} places={[1, 2, 3]} placeName="Answer" placeText={String} valueText={String} low={0} high={1} level={{ value: 0.8, name: "needed" }} hasPoints />);
    expect(screen.getByRole("img", { name: "How sure. At the end: even 0.9, odd 0.1" })).toBeTruthy();
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["even", "odd", "needed"]);
    expect(document.querySelectorAll("circle")).toHaveLength(4);
  });

  test("of nothing say so", async () => {
    const { LinePlot } = await import("../src/requester/plots/LinePlot");
    const { ConfusionPlot } = await import("../src/requester/plots/ConfusionPlot");
    const { CalibrationPlot } = await import("../src/requester/plots/CalibrationPlot");
    render(
      <>
        <LinePlot title="Progress" lines={[]} places={[]} placeName="" placeText={String} valueText={String} />
        <ConfusionPlot title="Confusion" labels={[]} cells={[]} />
        <CalibrationPlot entries={[]} gap={null} />
      </>,
    );
    expect(screen.getAllByText("Nothing yet.")).toHaveLength(3);
  });

  test("of confusion become a list of mistakes when there are many labels", async () => {
    const { ConfusionPlot } = await import("../src/requester/plots/ConfusionPlot");
    const labels = "abcdefghij".split("");
    const cells = labels.map((truth) => ({ truth, answer: "a", count: truth === "b" ? 5 : 1 }));
    render(<ConfusionPlot title="Confusion" labels={labels} cells={cells} />);
    const [, first] = screen.getAllByRole("row");
    expect(first?.textContent).toBe("ba5100%");
  });
});

describe("rows", () => {
  test("of a whole fold their baskets away by a button that says so", async () => {
    const { Rows } = await import("../src/requester/Rows");
    const { totalsOf } = await import("../src/requester/totals");
    const onFold = vi.fn();
    render(<Rows items={[{ kind: "whole", name: "day", totals: totalsOf([ROW]), isUnfolded: true, onFold }, { kind: "pool", row: ROW, isBasket: true }]} />);
    const button = screen.getByRole("button", { name: "Baskets of day" });
    expect(button.getAttribute("aria-expanded")).toBe("true");
    await userEvent.click(button);
    expect(onFold).toHaveBeenCalledOnce();
    expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(["#/whole/day", "#/launch/1"]);
  });

  test("of a launch over HTTP tell the state of its pool, since nobody here knows more", async () => {
    const { StateMark } = await import("../src/requester/StateMark");
    render(<StateMark row={{ ...ROW, kind: "elsewhere", state: "", pool_state: "CLOSED", close_reason: "NOT_ENOUGH_BALANCE" }} />);
    expect(screen.getByText("closed: no money left")).toBeTruthy();
  });
});

describe("actions", () => {
  test("offer going on where nobody works, with what to type where the server cannot", async () => {
    const { Actions } = await import("../src/requester/Actions");
    const alone = { ...ROW, name: "it's red", is_left_alone: true, obstacle: "nothing of it was published yet", file: "/home/ann/red.toml" };
    render(<Actions rows={[alone]} name="red" source={{ poolId: "1" }} />);
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    expect(screen.getByText(/nothing of it was published yet/)).toBeTruthy();
    expect(document.querySelector("pre")?.textContent).toBe(`manyhands resume 'it'\\''s red'`);
    expect(screen.queryByRole("button", { name: "Go on here" })).toBeNull();
  });

  test.each([
    ["finished", { state: "finished" }],
    ["archived", { state: "stopped", pool_state: "ARCHIVED" }],
  ])("offer neither stop nor going on for what is %s", async (_, changes) => {
    const { Actions } = await import("../src/requester/Actions");
    render(<Actions rows={[{ ...ROW, ...changes }]} name="red" source={{ poolId: "1" }} />);
    expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Export", "Raise the budget"]);
  });
});

describe("times of the public API", () => {
  test.each([
    ["2026-01-01T00:00:00", "2026-01-01T00:00:00Z"],
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
    ["2026-01-01T00:00:00+02:00", "2026-01-01T00:00:00+02:00"],
  ])("%s is meant in UTC", async (text, expected) => {
    const { utc } = await import("../src/requester/mail/post");
    expect(utc(text)).toBe(expected);
  });
});
