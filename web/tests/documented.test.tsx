/** Every documented component of the language, with the properties that are documented for it: a config and what it does. Maps are left out. */

import { act, fireEvent, screen, waitFor } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";

import type { JsonObject } from "../src/view";
import { ACTIONS } from "../src/view/language/actions";
import { CONDITIONS } from "../src/view/language/conditions";
import { HELPERS } from "../src/view/language/helpers";
import { PLUGINS } from "../src/view/language/plugins";
import { REGISTRY } from "../src/view/registry";
import { input, list, output, radio, set, settle, show, text } from "./page";

const DOCUMENTED = (
  "action.bulk action.notify action.open-close action.open-link action.play-pause action.rotate action.set action.toggle " +
  "condition.all condition.any condition.distance condition.empty condition.equals condition.link-opened condition.not condition.played-fully " +
  "condition.played condition.required condition.same-domain condition.schema condition.sub-array " +
  "data.assignment-id data.input data.internal data.local data.location data.output data.relative " +
  "field.audio field.button-radio-group field.button-radio field.checkbox-group field.checkbox field.date field.email field.file " +
  "field.image-annotation field.list field.media-file field.number field.phone-number field.quiz field.radio-group field.select " +
  "field.text-annotation field.text field.textarea " +
  "helper.concat-arrays helper.entries2object helper.if helper.join helper.object2entries helper.proxy helper.replace helper.search-query " +
  "helper.switch helper.text-transform helper.transform helper.translate " +
  "layout.bars layout.columns layout.compare layout.side-by-side layout.sidebar " +
  "plugin.field.image-annotation.hotkeys plugin.field.text-annotation.hotkeys plugin.hotkeys plugin.toloka plugin.trigger " +
  "view.action-button view.alert view.audio view.collapse view.device-frame view.divider view.group view.iframe view.image view.labeled-list " +
  "view.link-group view.link view.list view.markdown view.text view.video"
).split(" ");

type Page = Awaited<ReturnType<typeof show>>;
interface Case {
  readonly config: Parameters<typeof show>[0];
  /** What is to be there, or done and looked at. */
  readonly proof: string | ((page: Page) => unknown);
}

const A = text("a");
const B = text("b");
const OPTIONS = [{ value: "x", label: "X", hint: "the first" }, { value: "y", label: "Y" }];
const SIZE = { minWidth: 100, maxWidth: 300, ratio: [4, 3], fullHeight: true };
const local = (path: string) => ({ type: "data.local", path });
const of = (type: string, rest: object, proof: Case["proof"], config: object = {}): Case => ({ config: { view: { type, ...rest }, ...config }, proof });
const field = (type: string, rest: object, proof: Case["proof"], config: object = {}): Case => of(type, { data: output("v"), ...rest }, proof, config);
const shown = (content: unknown, expected: string, config: object = {}): Case => ({
  config: { view: text(content), ...config },
  proof: () => expect(document.querySelector(".mh-text")?.textContent).toBe(expected),
});
const helper = (type: string, rest: object, expected: string): Case => shown({ type, ...rest }, expected);
const holds = (type: string, rest: object, failing: object): Case => ({
  config: {
    view: list(...[rest, failing].map((given) => text({ type: "helper.if", condition: { type, ...given }, then: "yes", else: "no" }))),
    inputs: [{ a: "abc", items: ["a"], here: "52.52,13.405" }],
  },
  proof: () => expect([...document.querySelectorAll(".mh-text")].map((one) => one.textContent)).toEqual(["yes", "no"]),
});
const act1 = (action: object, proof: (page: Page) => unknown, ...others: object[]): Case => ({
  config: { view: list(...others, { type: "view.action-button", label: "Go", action }) },
  proof: async (page) => {
    await page.user.click(screen.getByText("Go"));
    await settle();
    return proof(page);
  },
});
const answers = (value: JsonObject) => (page: Page) => expect(page.output()).toEqual(value);
const enter = async (value: string) => {
  await act(() => void fireEvent.input(document.querySelector("input, textarea") as Element, { target: { value } }));
  await settle();
};
const typed = (value: string, expected: JsonObject) => async (page: Page) => {
  await enter(value);
  expect(page.output()).toEqual(expected);
};
const loaded = (selector: string) => () => waitFor(() => expect(document.querySelector(selector)).not.toBeNull());

const CASES: Readonly<Record<string, Case>> = {
  "action.bulk": act1({ type: "action.bulk", payload: [set("a", 1), set("b", 2)] }, answers({ a: 1, b: 2 })),
  "action.notify": act1({ type: "action.notify", payload: { content: "Saved", theme: "success", delay: 0, duration: 9000 } }, () => expect(screen.getByText("Saved").closest(".mh-theme-success")).not.toBeNull()),
  "action.open-close": act1({ type: "action.open-close", view: { $ref: "view.items.0" } }, () => expect(document.querySelector("details")?.open).toBe(true), { type: "view.collapse", label: "L", content: A }),
  "action.open-link": act1({ type: "action.open-link", payload: "https://example.org/" }, () => expect(window.open).toHaveBeenCalledWith("https://example.org/", "_blank", "noopener,noreferrer")),
  "action.play-pause": act1({ type: "action.play-pause", view: { $ref: "view.items.0" } }, () => expect(document.querySelector("audio")?.paused).toBe(false), { type: "view.audio", url: "/a.wav" }),
  "action.rotate": act1({ type: "action.rotate", view: { $ref: "view.items.0" }, payload: "right" }, () => expect(document.querySelector(".mh-turn-1")).not.toBeNull(), { type: "view.image", url: "/a.png" }),
  "action.set": act1({ type: "action.set", data: output("v"), payload: "x" }, answers({ v: "x" })),
  "action.toggle": act1({ type: "action.toggle", data: output("v") }, answers({ v: true })),

  "condition.all": holds("condition.all", { conditions: [{ type: "condition.required", data: 1 }] }, { conditions: [{ type: "condition.required", data: input("none") }] }),
  "condition.any": holds("condition.any", { conditions: [{ type: "condition.required", data: 1 }] }, { conditions: [] }),
  "condition.distance": holds("condition.distance", { from: input("here"), to: "52.5201,13.405", max: 100 }, { from: input("here"), to: "50,10", max: 100 }),
  "condition.empty": holds("condition.empty", { data: [] }, { data: 0 }),
  "condition.equals": holds("condition.equals", { data: input("a"), to: "abc" }, { data: input("a"), to: "b" }),
  "condition.link-opened": {
    config: { view: { type: "view.link", url: "https://example.org/", content: "open", validation: { type: "condition.link-opened", url: "https://example.org/" } } },
    proof: async (page) => {
      expect(page.isValid()).toBe(false);
      await page.user.click(screen.getByText("open"));
      expect(page.isValid()).toBe(true);
    },
  },
  "condition.not": holds("condition.not", { condition: { type: "condition.empty", data: 1 } }, { condition: { type: "condition.empty" } }),
  "condition.played-fully": {
    config: { view: { type: "view.audio", url: "/a.wav", validation: { type: "condition.played-fully" } } },
    proof: async (page) => {
      await act(() => void document.querySelector("audio")?.dispatchEvent(new Event("play")));
      expect(page.isValid()).toBe(false);
      await act(() => void document.querySelector("audio")?.dispatchEvent(new Event("ended")));
      expect(page.isValid()).toBe(true);
    },
  },
  "condition.played": {
    config: { view: { type: "view.audio", url: "/a.wav", validation: { type: "condition.played" } } },
    proof: async (page) => {
      expect(page.isValid()).toBe(false);
      await act(() => void document.querySelector("audio")?.dispatchEvent(new Event("play")));
      expect(page.isValid()).toBe(true);
    },
  },
  "condition.required": holds("condition.required", { data: "" }, { data: input("none") }),
  "condition.same-domain": holds("condition.same-domain", { data: "https://a.org/x", original: "https://a.org/y" }, { data: "https://a.org", original: "https://b.org" }),
  "condition.schema": holds("condition.schema", { data: input("a"), schema: { type: "string", pattern: "^a", minLength: 3, maxLength: 3 } }, { data: input("a"), schema: { type: "number" } }),
  "condition.sub-array": holds("condition.sub-array", { data: input("items"), parent: ["a", "b"] }, { data: ["c"], parent: ["a"] }),

  "data.assignment-id": shown({ type: "data.assignment-id" }, "page-7", { assignmentId: "page-7" }),
  "data.input": shown(input("a.0"), "first", { inputs: [{ a: ["first"] }] }),
  "data.internal": { config: { view: radio("c", ["x"], { data: { type: "data.internal", path: "c", default: "x" } }) }, proof: answers({}) },
  "data.local": shown({ type: "helper.join", by: ",", items: { type: "helper.transform", items: ["p", "q"], into: local("item") } }, "p,q"),
  "data.location": shown({ type: "@yandex-toloka/data.location" }, "52.5,13.4"),
  "data.output": field("field.text", {}, answers({ v: "d" }), { view: { type: "field.text", data: output("v", { default: "d" }) } }),
  "data.relative": { config: { view: { type: "field.list", data: output("v"), render: { type: "field.text", label: "N", data: { type: "data.relative", path: "n" } } }, drafts: [{ v: [{ n: "1" }] }] }, proof: () => expect((screen.getByLabelText("N") as HTMLInputElement).value).toBe("1") },

  "field.audio": field("field.audio", { multiple: true }, ".mh-recorder button"),
  "field.button-radio-group": field("field.button-radio-group", { options: OPTIONS, disabled: false, rtl: { mode: "rtl" } }, ".mh-options-buttons[dir=rtl] input"),
  "field.button-radio": field("field.button-radio", { label: "Press", valueToSet: "p", disabled: false, rtl: { mode: "rtl" } }, async (page) => {
    await page.user.click(screen.getByRole("button", { name: "Press" }));
    expect(page.output()).toEqual({ v: "p" });
  }),
  "field.checkbox-group": field("field.checkbox-group", { options: OPTIONS, preserveFalse: true, disabled: false }, async (page) => {
    await page.user.click(screen.getByRole("checkbox", { name: /X/ }));
    expect(page.output()).toEqual({ v: { x: true, y: false } });
  }),
  "field.checkbox": field("field.checkbox", { label: "Tick", preserveFalse: true, disabled: true }, "input[type=checkbox]:disabled"),
  "field.date": field("field.date", { format: "date-time", min: "2026-01-01", max: "2026-12-31", blockList: ["2026-05-01"], placeholder: "when" }, typed("2026-02-03T10:00", { v: "2026-02-03 10:00" })),
  "field.email": field("field.email", { placeholder: "e-mail" }, typed("a@b.org", { v: "a@b.org" })),
  "field.file": field("field.file", { accept: ["image/*", ".pdf"], multiple: true }, "input[type=file][accept='image/*,.pdf'][multiple]"),
  "field.image-annotation": field("field.image-annotation", { image: "/a.png", labels: OPTIONS, shapes: { point: true }, disabled: false, ...SIZE }, loaded(".mh-stage svg")),
  "field.list": field("field.list", { render: A, buttonLabel: "More", direction: "horizontal", size: "s", editable: true, minLength: 0, maxLength: 2 }, async (page) => {
    await page.user.click(screen.getByText("More"));
    expect(document.querySelector(".mh-list-horizontal.mh-gap-s li .mh-text")).not.toBeNull();
  }),
  "field.media-file": field("field.media-file", { accept: { photo: true, video: true, gallery: true, fileSystem: true }, multiple: true, requiredCoordinates: true }, "input[type=file][capture]"),
  "field.number": field("field.number", { minimum: 1, maximum: 3, placeholder: "how many" }, typed("2", { v: 2 })),
  "field.phone-number": field("field.phone-number", { placeholder: "phone" }, typed("+49 30", { v: "+49 30" })),
  "field.quiz": field("field.quiz", { instruction: "# Quiz", options: [{ key: "q", label: "Q", border: true, disabled: false, options: [{ ...OPTIONS[0], correct: true }] }] }, async (page) => {
    await page.user.click(screen.getByRole("radio"));
    expect(page.output()).toEqual({ v: { q: "x" } });
    expect(screen.getByText("Right")).toBeTruthy();
  }),
  "field.radio-group": field("field.radio-group", { options: OPTIONS, disabled: false }, async (page) => {
    await page.user.click(screen.getByRole("radio", { name: /Y/ }));
    expect(page.output()).toEqual({ v: "y" });
  }),
  "field.select": field("field.select", { options: OPTIONS, placeholder: "choose" }, async (page) => {
    await page.user.selectOptions(screen.getByRole("combobox"), "Y");
    expect(page.output()).toEqual({ v: "y" });
  }),
  "field.text-annotation": field("field.text-annotation", { content: "some words", labels: OPTIONS, adjust: "words", disabled: false }, loaded(".mh-annotated")),
  "field.text": field("field.text", { placeholder: "p", requiredMark: true, disabled: false, rtl: { mode: "rtl" } }, typed("abc", { v: "abc" })),
  "field.textarea": field("field.textarea", { placeholder: "p", requiredMark: true, resizable: false, rows: 7, rtl: { mode: "ltr" } }, "textarea.mh-fixed[rows='7'][dir=ltr]"),

  "helper.concat-arrays": helper("helper.join", { by: "", items: { type: "helper.concat-arrays", items: [["a"], ["b"]] } }, "ab"),
  "helper.entries2object": helper("helper.entries2object", { entries: [{ key: "k", value: 1 }] }, '{"k":1}'),
  "helper.if": helper("helper.if", { condition: { type: "condition.empty" }, then: "yes", else: "no" }, "yes"),
  "helper.join": helper("helper.join", { by: "-", items: ["a", "b"] }, "a-b"),
  "helper.object2entries": helper("helper.object2entries", { data: { k: 1 } }, '[{"key":"k","value":1}]'),
  "helper.proxy": helper("@yandex-toloka/helper.proxy", { path: "dir/file.png" }, "dir/file.png"),
  "helper.replace": helper("helper.replace", { data: "a-b-c", find: "-", replace: "+" }, "a+b+c"),
  "helper.search-query": helper("helper.search-query", { query: "two words", engine: "bing" }, "https://www.bing.com/search?q=two%20words"),
  "helper.switch": helper("helper.switch", { cases: [{ condition: { type: "condition.required" }, result: "a" }], default: "b" }, "b"),
  "helper.text-transform": helper("helper.text-transform", { data: "word", transformation: "uppercase" }, "WORD"),
  "helper.transform": helper("helper.join", { by: "", items: { type: "helper.transform", items: ["a", "b"], into: { type: "helper.join", by: "", items: ["<", local("item"), ">"] } } }, "<a><b>"),
  "helper.translate": shown({ type: "helper.translate", key: "hello" }, "bonjour", { translations: { hello: "bonjour" } }),

  "layout.bars": of("layout.bars", { barBefore: A, content: B, barAfter: A }, ".mh-bar + .mh-bars-content + .mh-bar"),
  "layout.columns": of("layout.columns", { items: [A, B], ratio: [1, 2], minWidth: 200, verticalAlign: "bottom", fullHeight: true }, ".mh-columns.mh-full-height[style*='end'] > div:nth-child(2)"),
  "layout.compare": of("layout.compare", { items: [{ content: A, controls: B }, { content: B }], commonControls: A, wideCommonControls: true, minWidth: 300 }, ".mh-compare-items + .mh-compare-controls.mh-wide"),
  "layout.side-by-side": of("layout.side-by-side", { items: [A, B], controls: radio("c", ["a"]), minItemWidth: 300 }, ".mh-compare-items[style*='300px'] + .mh-compare-controls input"),
  "layout.sidebar": of("layout.sidebar", { content: A, controls: B, extraControls: A, controlsWidth: 200, minWidth: 500 }, ".mh-sidebar-content[style*='300px'] + .mh-sidebar-controls[style*='200px']"),

  "plugin.field.image-annotation.hotkeys": {
    config: { view: { type: "field.image-annotation", data: output("v"), image: "/a.png", labels: OPTIONS }, plugins: [{ type: "plugin.field.image-annotation.hotkeys", modes: { select: "z", point: "x", rectangle: "c", polygon: "v" }, labels: ["m", "n"], confirm: "k", cancel: "l" }] },
    proof: async (page) => {
      await loaded(".mh-stage svg")();
      await settle();
      expect(page.handle().hotkeys().map(({ key }) => key).join("")).toBe("zxcvmnkl");
    },
  },
  "plugin.field.text-annotation.hotkeys": {
    config: { view: { type: "field.text-annotation", data: output("v"), content: "some words", labels: OPTIONS }, plugins: [{ type: "plugin.field.text-annotation.hotkeys", labels: ["m", "n"], remove: "k" }] },
    proof: async (page) => {
      await loaded(".mh-annotated")();
      await settle();
      expect(page.handle().hotkeys()).toEqual([{ name: "m", key: "m", label: "X" }, { name: "n", key: "n", label: "Y" }, { name: "k", key: "k", label: "Remove" }]);
    },
  },
  "plugin.hotkeys": {
    config: { view: A, plugins: [{ type: "plugin.hotkeys", q: set("v", 1), up: set("v", 2) }] },
    proof: async (page) => {
      await page.press("q");
      expect(page.output()).toEqual({ v: 1 });
      await page.press("ArrowUp");
      expect(page.output()).toEqual({ v: 2 });
    },
  },
  "plugin.toloka": { config: { view: A, inputs: [{}, {}], plugins: [{ type: "plugin.toloka", layout: { kind: "pager", taskWidth: 500 }, notifications: [text("note")] }] }, proof: ".mh-layout-pager[style*='500px'] > .mh-notifications + section + section[hidden]" },
  "plugin.trigger": { config: { view: A, plugins: [{ type: "plugin.trigger", onChangeOf: input("a"), condition: { type: "condition.empty" }, action: set("v", 1), fireImmediately: true }] }, proof: answers({ v: 1 }) },

  "view.action-button": of("view.action-button", { label: "Go", action: set("v", 1) }, "button"),
  "view.alert": of("view.alert", { theme: "danger", content: A }, ".mh-alert.mh-theme-danger .mh-text"),
  "view.audio": of("view.audio", { url: "/a.wav", loop: true }, "audio[loop]"),
  "view.collapse": of("view.collapse", { label: "L", defaultOpened: true, content: A }, "details[open] .mh-text"),
  "view.device-frame": of("view.device-frame", { content: A, ...SIZE }, ".mh-device.mh-full-height[style*='4 / 3'] .mh-text"),
  "view.divider": of("view.divider", {}, "hr"),
  "view.group": of("view.group", { content: A }, ".mh-group .mh-text"),
  "view.iframe": of("view.iframe", { url: "https://example.org/", ...SIZE }, "iframe[sandbox][style*='4 / 3']"),
  "view.image": of("view.image", { url: "/a.png", noBorder: true, noLazyLoad: true, popup: false, rotatable: true, scrollable: true, ...SIZE }, ".mh-image.mh-scrollable:not(.mh-bordered) img[loading=eager]:not(.mh-zoomable)"),
  "view.labeled-list": of("view.labeled-list", { items: [{ label: "L", hint: "h", content: A, centerLabel: true }], minWidth: 200 }, "dl[style*='200px'] .mh-centered dt + dd .mh-text"),
  "view.link-group": of("view.link-group", { links: [{ url: "https://example.org/", content: "c", theme: "primary" }] }, "a.mh-button-primary"),
  "view.link": of("view.link", { url: "https://example.org/", content: "c" }, "a[target=_blank]"),
  "view.list": of("view.list", { items: [A, B], direction: "horizontal", size: "s", rtl: { mode: "rtl" } }, ".mh-list-horizontal.mh-gap-s[dir=rtl]"),
  "view.markdown": of("view.markdown", { content: "**a**" }, "strong"),
  "view.text": of("view.text", { content: "a", rtl: { mode: "rtl" } }, ".mh-text[dir=rtl]"),
  "view.video": of("view.video", { url: "/a.mp4", ...SIZE }, "video.mh-full-height[style*='4 / 3']"),
};

describe("what is documented", () => {
  it("is what there is", () => {
    const known = [REGISTRY, CONDITIONS, HELPERS, ACTIONS].flatMap((registry) => Object.keys(registry));
    // How data is read is one function; the cases below show that each kind is known.
    const documented = DOCUMENTED.filter((name) => !name.startsWith("data."));
    expect([...known, ...PLUGINS].sort()).toEqual(documented.sort());
    expect(Object.keys(CASES).sort()).toEqual([...DOCUMENTED].sort());
  });

  it.each(DOCUMENTED)("%s", async (name) => {
    vi.spyOn(window, "open").mockReturnValue(null);
    const locate = (found: (place: object) => void) => found({ coords: { latitude: 52.5, longitude: 13.4 } });
    Object.defineProperty(navigator, "geolocation", { value: { getCurrentPosition: locate }, configurable: true });
    const { config, proof } = CASES[name] as Case;
    const onUnknownComponent = vi.fn();
    const page = await show({ ...config, onUnknownComponent });
    expect(document.querySelector(".mh-broken")).toBeNull();
    if (typeof proof === "string") expect(document.querySelector(proof)).not.toBeNull();
    else await proof(page);
    expect(onUnknownComponent).not.toHaveBeenCalled();
  });
});
