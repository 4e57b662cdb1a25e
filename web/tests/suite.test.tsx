/** The suite: layouts, keys, focus, undo, drafts, languages, the renderer without Preact. */

import { act, fireEvent, screen, waitFor } from "@testing-library/preact";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";

import { gallery } from "../src/harness/gallery";
import english from "../src/locale/en.json";
import russian from "../src/locale/ru.json";
import { TaskSuite, loadTexts, mediaOfTask, renderTaskSuite } from "../src/view";
import { configKey, keyOfEvent } from "../src/view/state/hotkeys";
import { render } from "@testing-library/preact";
import { input, list, output, radio, required, set, settle, show, text } from "./page";

const layout = (kind: string) => ({ type: "plugin.toloka", layout: { kind, taskWidth: 700 } });
const radios = (name: string) => screen.getAllByRole("radio", { name, hidden: true }) as HTMLInputElement[];
const sections = () => [...document.querySelectorAll("section")];

describe("what counts as answered", () => {
  it("an optional field counts when something is in it, and no more when it is emptied", async () => {
    const page = await show({ view: list(radio("c", ["x"], { validation: required("c") }), { type: "field.text", label: "Why?", data: output("why") }) });
    expect(page.answered()).toEqual([false]);
    await page.user.type(screen.getByLabelText("Why?"), "a");
    expect(page.answered()).toEqual([false]);
    await page.user.click(radios("x")[0] as HTMLElement);
    expect(page.answered()).toEqual([true]);
    const free = await show({ view: { type: "field.text", label: "A note", data: output("note") } });
    expect([free.isValid(), free.answered()]).toEqual([true, [false]]);
    await free.user.type(screen.getByLabelText("A note"), "a");
    expect(free.answered()).toEqual([true]);
    await free.user.clear(screen.getByLabelText("A note"));
    expect(free.answered()).toEqual([false]);
  });

  it("a task that asks nothing is answered", async () => {
    expect((await show({ view: text("Thank you") })).answered()).toEqual([true]);
  });
});

describe("layouts", () => {
  const view = radio("c", ["x", "y"], { validation: required("c") });
  const inputs = [{}, {}, {}];

  it("scroll shows all tasks in the asked width", async () => {
    const page = await show({ view, inputs, plugins: [layout("scroll")] });
    expect(sections().filter((section) => !section.hidden)).toHaveLength(3);
    expect((page.container.firstElementChild as HTMLElement).style.getPropertyValue("--mh-task-width")).toBe("700px");
  });

  it("pager shows one task at a time, keeps all answers and checks all of them", async () => {
    const page = await show({ view, inputs, plugins: [layout("pager")] });
    expect(sections().map((section) => section.hidden)).toEqual([false, true, true]);
    await page.user.click(radios("x")[0] as HTMLElement);
    await page.user.click(screen.getAllByText("Next")[0] as HTMLElement);
    await settle();
    expect(sections().map((section) => section.hidden)).toEqual([true, false, true]);
    expect(page.outputs()).toEqual([{ c: "x" }, {}, {}]);
    expect((await page.validate()).errors.map((error) => error.taskIndex)).toEqual([1, 2]);
  });

  it("pager turns to the first task that is wrong", async () => {
    const page = await show({ view, inputs, plugins: [layout("pager")], drafts: [{ c: "x" }, { c: "x" }] });
    await page.validate();
    expect(sections().map((section) => section.hidden)).toEqual([true, true, false]);
  });

  it("first-task-only shows the first", async () => {
    await show({ view, inputs, plugins: [layout("first-task-only")] });
    expect(sections()).toHaveLength(1);
  });

  it("shows notifications once above the tasks, until they are hidden", async () => {
    const plugin = { ...layout("scroll"), notifications: [text("Check the sound")] };
    const page = await show({ view, inputs, plugins: [plugin] });
    expect(screen.getAllByText("Check the sound")).toHaveLength(1);
    await page.user.click(screen.getByLabelText("Hide this message"));
    expect(screen.queryByText("Check the sound")).toBeNull();
  });
});

describe("keys", () => {
  const view = radio("c", ["x", "y"], { validation: required("c") });
  const plugins = [{ type: "plugin.hotkeys", 1: set("c", "x"), 2: set("c", "y") }];

  it.each<[string, object[]]>([
    ["one plugin with several keys", plugins],
    ["one plugin per key", [{ type: "plugin.hotkeys", 1: set("c", "x") }, { type: "plugin.hotkeys", 2: set("c", "y") }]],
    ["no plugin: digits choose by position", []],
  ])("%s", async (_, given) => {
    const page = await show({ view, plugins: given });
    await page.press("2");
    expect(page.output()).toEqual({ c: "y" });
    expect(document.querySelectorAll(".mh-key")).toHaveLength(2);
    expect(page.handle().hotkeys()).toEqual([{ name: "1", key: "1", label: "x" }, { name: "2", key: "2", label: "y" }]);
  });

  it("up and down are keys too", async () => {
    const page = await show({ view, plugins: [{ type: "plugin.hotkeys", up: set("c", "x"), down: set("c", "y") }] });
    await page.press("ArrowDown");
    expect(page.output()).toEqual({ c: "y" });
  });

  it("the worker's own keys replace those of the config", async () => {
    const page = await show({ view, plugins, keyMap: { 1: "j", 2: "1" } });
    await page.press("j");
    expect(page.output()).toEqual({ c: "x" });
    await page.press("1");
    expect(page.output()).toEqual({ c: "y" });
    await page.press("2");
    expect(page.output()).toEqual({ c: "y" });
    expect([...document.querySelectorAll(".mh-key")].map((key) => key.textContent)).toEqual(["J", "1"]);
    expect(page.handle().hotkeys().map(({ name, key }) => [name, key])).toEqual([["1", "j"], ["2", "1"]]);
  });

  it("a key that the worker's own keys have taken is shown nowhere", async () => {
    const page = await show({ view, plugins, keyMap: { 7: "1" } });
    expect(page.handle().hotkeys().map(({ key }) => key)).toEqual([null, "2"]);
    expect([...document.querySelectorAll(".mh-key")].map((key) => key.textContent)).toEqual(["2"]);
    expect(page.handle().hotkeys({}).map(({ key }) => key)).toEqual(["1", "2"]);
  });

  const told: [string, unknown, object, string][] = [
    ["a choice", { type: "action.set", data: output("c"), payload: "x" }, view, "x"],
    ["a toggled field", { type: "action.toggle", data: output("b") }, { type: "field.checkbox", label: "Blurred", data: output("b") }, "Blurred"],
    ["several actions", { type: "action.bulk", payload: [set("c", "x"), { type: "action.rotate", payload: "left" }] }, view, "x, Turn left"],
    ["playing", { type: "action.play-pause", view: { $ref: "view" } }, view, "Play or pause"],
    ["opening", { type: "action.open-close", view: { $ref: "view" } }, view, "Open or close"],
    ["a link", { type: "action.open-link", payload: "https://example.org" }, view, "Open the link"],
    ["a message", { type: "action.notify", payload: { content: "Look", theme: "info" } }, view, "Look"],
  ];

  it.each(told)("are told in plain words: %s", async (_, action, shown, label) => {
    const page = await show({ view: shown, plugins: [{ type: "plugin.hotkeys", k: action }] });
    expect(page.handle().hotkeys()).toEqual([{ name: "k", key: "k", label }]);
  });

  it("the space bar is named where there is something to play", async () => {
    const page = await show({ view: { type: "view.audio", url: "/a.wav" } });
    expect(page.handle().hotkeys()).toEqual([{ name: null, key: " ", label: "Play or pause" }]);
  });

  it("do nothing while the worker types or holds a modifier", async () => {
    const page = await show({ view: list(view, { type: "field.text", label: "T", data: output("t") }), plugins });
    await page.user.type(screen.getByLabelText("T"), "1");
    expect(page.output()).toEqual({ t: "1" });
    (document.activeElement as HTMLElement).blur();
    await page.press("1", { ctrlKey: true });
    expect(page.output()).toEqual({ t: "1" });
  });

  it("answer the task that was touched last", async () => {
    const page = await show({ view, plugins, inputs: [{}, {}] });
    await act(() => void fireEvent.pointerDown(sections()[1] as Element));
    await page.press("1");
    expect(page.outputs()).toEqual([{}, { c: "x" }]);
  });

  it.each<[KeyboardEventInit, string | null]>([
    [{ key: "A" }, "a"],
    [{ key: "ф", code: "KeyA" }, "a"],
    [{ key: "&", code: "Digit1" }, "1"],
    [{ key: "1", code: "Numpad1" }, "1"],
    [{ key: "ArrowUp" }, "up"],
    [{ key: "F5", code: "F5" }, null],
    [{ key: "?", code: "Digit7" }, null],
  ])("%j is named %s", (event, name) => expect(keyOfEvent(new KeyboardEvent("keydown", event))).toBe(name));

  it("a key that was moved elsewhere stands for nothing", () => expect(configKey("1", { 1: "a" })).toBeNull());
});

describe("one key answers and goes on", () => {
  const view = radio("c", ["x", "y"], { validation: required("c") });

  it("to the next task, and completes the suite after the last", async () => {
    const onComplete = vi.fn();
    const page = await show({ view, inputs: [{}, {}], submitOnComplete: true, onComplete });
    await page.press("1");
    expect(page.outputs()).toEqual([{ c: "x" }, {}]);
    expect(onComplete).not.toHaveBeenCalled();
    await page.press("2");
    expect(page.outputs()).toEqual([{ c: "x" }, { c: "y" }]);
    expect(onComplete).toHaveBeenCalledTimes(1);
  });

  it("also when the next key comes before the page has gone on", async () => {
    const page = await show({ view, inputs: [{}, {}], submitOnComplete: true });
    for (const key of ["1", "2"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await page.press("u");
    expect(page.outputs()).toEqual([{ c: "x" }, { c: "y" }]);
  });

  it("from where the worker was before a reload", async () => {
    const page = await show({ view, inputs: [{}, {}, {}], drafts: [{ c: "x" }], plugins: [layout("pager")] });
    expect(sections().map((section) => section.hidden)).toEqual([true, false, true]);
    await page.press("2");
    expect(page.outputs()).toEqual([{ c: "x" }, { c: "y" }, {}]);
  });

  it("on a pager too: the next page is shown", async () => {
    const page = await show({ view, inputs: [{}, {}], submitOnComplete: true, plugins: [layout("pager")] });
    await page.press("1");
    expect(sections().map((section) => section.hidden)).toEqual([true, false]);
    await page.press("2");
    expect(page.outputs()).toEqual([{ c: "x" }, { c: "y" }]);
  });

  it("back to what is still open", async () => {
    const onActiveTask = vi.fn();
    const page = await show({ view, inputs: [{}, {}], submitOnComplete: true, onActiveTask });
    page.handle().focusTask(1);
    await page.press("1");
    expect(onActiveTask).toHaveBeenLastCalledWith(0);
  });

  it("not where there is more than one field", async () => {
    const onComplete = vi.fn();
    const plugins = [{ type: "plugin.hotkeys", 1: set("c", "x") }];
    const page = await show({ view: list(view, { type: "field.text", data: output("t") }), plugins, submitOnComplete: true, onComplete });
    await page.press("1");
    expect(onComplete).not.toHaveBeenCalled();
  });

  it.each<[string, object]>([
    ["a box that is ticked: there may be more to tick", { type: "field.checkbox-group", data: output("c"), options: [{ value: "x", label: "x" }, { value: "y", label: "y" }] }],
    ["a prepared text, which is still to be looked at", { type: "field.textarea", data: output("c.x") }],
  ])("not after %s", async (_, field) => {
    const onComplete = vi.fn();
    const plugins = [{ type: "plugin.hotkeys", 1: { type: "action.toggle", data: output("c.x") } }];
    const page = await show({ view: field, plugins, submitOnComplete: true, onComplete });
    await page.press("1");
    expect(page.output()).toEqual({ c: { x: true } });
    expect(onComplete).not.toHaveBeenCalled();
  });

  it("not where the answer opens another field", async () => {
    const onComplete = vi.fn();
    const more = { type: "helper.if", condition: { type: "condition.equals", data: output("c"), to: "x" }, then: { type: "field.text", data: output("why") } };
    const plugins = [{ type: "plugin.hotkeys", 1: set("c", "x") }];
    const page = await show({ view: list(view, more), plugins, submitOnComplete: true, onComplete });
    await page.press("1");
    expect(onComplete).not.toHaveBeenCalled();
  });
});

describe("the page around it", () => {
  const view = radio("c", ["x", "y"], { validation: required("c") });

  it("undoes the last change and says whose it was", async () => {
    const page = await show({ view, inputs: [{}, {}] });
    await page.press("1");
    page.handle().focusTask(1);
    await page.press("2");
    expect(page.handle().undo()).toBe(1);
    expect(page.outputs()).toEqual([{ c: "x" }, {}]);
    expect(page.handle().undo()).toBe(0);
    expect(page.handle().undo()).toBeNull();
    expect(page.outputs()).toEqual([{}, {}]);
  });

  it("undoes every choice by itself, and what was typed in one go at once", async () => {
    const page = await show({ view: list(view, { type: "field.text", label: "T", data: output("t") }) });
    await page.user.click(radios("x")[0] as HTMLElement);
    await page.user.click(radios("y")[0] as HTMLElement);
    await page.user.type(screen.getByLabelText("T"), "word");
    page.handle().undo();
    expect(page.output()).toEqual({ c: "y" });
    page.handle().undo();
    expect(page.output()).toEqual({ c: "x" });
  });

  it("moves the focus to the first thing that is wrong, and tells a screen reader", async () => {
    const page = await show({ view, inputs: [{}, {}], drafts: [{ c: "x" }] });
    await page.validate();
    expect(sections()[1]?.contains(document.activeElement)).toBe(true);
    expect(document.querySelector("[aria-live=assertive]")?.textContent).toBe("1 to fix before you can submit. required");
  });

  it("keeps answers while the page around it renders anew with the same config and tasks", async () => {
    const config = () => ({ view: radio("c", ["x", "y"]) });
    const tasks = () => [{ id: "1", input_values: {} }];
    const rendered = render(<TaskSuite config={config()} tasks={tasks()} />);
    await act(() => void fireEvent.click(radios("y")[0] as Element));
    rendered.rerender(<TaskSuite config={config()} tasks={tasks()} />);
    expect(radios("y")[0]?.checked).toBe(true);
    rendered.rerender(<TaskSuite config={config()} tasks={[{ id: "2", input_values: {} }]} />);
    expect(radios("y")[0]?.checked).toBe(false);
  });

  it("speaks another language without losing answers", async () => {
    const page = await show({ view: list(view, { type: "field.select", data: output("s"), options: [] }) });
    await page.user.click(radios("x")[0] as HTMLElement);
    await page.change({ texts: await loadTexts("ru-RU") });
    expect(screen.getByText("Выберите …")).toBeTruthy();
    expect(page.output()).toEqual({ c: "x" });
  });

  it("falls back to English for a language without a file", async () => expect(await loadTexts("tlh")).toEqual(english));

  it("has every word in Russian, with the same parameters", () => {
    const parameters = (words: Record<string, string>) => Object.fromEntries(Object.entries(words).map(([key, word]) => [key, [...word.matchAll(/\{\w+\}/g)].map(String).sort()]));
    expect(parameters(russian)).toEqual(parameters(english));
  });

  it("finds the media of a task that is not shown yet", () => {
    const config = { view: list({ type: "view.image", url: input("a") }, { type: "helper.if", condition: true, then: { type: "view.audio", url: input("b") } }, { type: "view.list", items: { type: "helper.transform", items: input("more"), into: { type: "view.video", url: { type: "data.local", path: "item" } } } }) };
    expect(mediaOfTask(config, { id: "1", input_values: { a: "a.png", b: "b.wav", more: ["c.mp4", "d.mp4"] } })).toEqual(["a.png", "b.wav", "c.mp4", "d.mp4"]);
  });

  it("renders into an element of a page without Preact", async () => {
    const element = document.createElement("div");
    document.body.append(element);
    const onChange = vi.fn();
    const suite = renderTaskSuite(element, { config: { view: radio("c", ["x"]) }, tasks: [{ id: "1", input_values: {} }], onChange });
    await settle();
    await act(() => void fireEvent.click(element.querySelector("input") as Element));
    expect(suite.outputs()).toEqual([{ c: "x" }]);
    expect(onChange).toHaveBeenCalledWith(0, { c: "x" });
    suite.update({ readOnly: true });
    await settle();
    expect(element.querySelector("input")?.disabled).toBe(true);
    suite.destroy();
    expect(element.childElementCount).toBe(0);
    element.remove();
  });
});

describe("every exhibit of the gallery", () => {
  const exhibits = gallery({ image: "/a.png", otherImage: "/b.png", sound: "/a.wav" });

  it.each(exhibits.map((exhibit) => [exhibit.name, exhibit] as const))("%s has no violation that axe finds", async (_, exhibit) => {
    const page = await show({ config: exhibit.config, inputs: [...(exhibit.inputs ?? [{}])], drafts: exhibit.drafts });
    if (exhibit.isChecked) await page.validate();
    await waitFor(() => expect(document.querySelector("[aria-busy=true]")).toBeNull());
    const rules = { region: { enabled: false }, "color-contrast": { enabled: false } };
    const { violations } = await axe.run(page.container, { rules });
    expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  });
});
