/** The components, one by one: a config and what it shows or answers. */

import { act, fireEvent, screen, waitFor } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";

import type { Json } from "../src/view";
import { toSafeLink, toSafeMedia } from "../src/view/safe-url";
import { sanitise } from "../src/view/SafeHtml";
import { internal, input, list, output, radio, required, set, settle, show, text } from "./page";

type Page = Awaited<ReturnType<typeof show>>;
const choose = (page: Page, name: string) => page.user.click(screen.getByRole("radio", { name }));
const tick = (page: Page, name: string | RegExp) => page.user.click(screen.getByRole("checkbox", { name }));
const type = (page: Page, label: string, value: string) => page.user.type(screen.getByLabelText(label), value);
const enter = async (label: string, value: string) => act(() => void fireEvent.input(screen.getByLabelText(label), { target: { value } }));
const opts = (...values: Json[]) => values.map((value) => ({ value, label: `option ${JSON.stringify(value)}` }));

describe("recordings", () => {
  it("are fetched ahead for the task in work and the next one, of the others only their length", async () => {
    const page = await show({ view: { type: "view.audio", url: input("url") }, inputs: [{ url: "/a.wav" }, { url: "/b.wav" }, { url: "/c.wav" }] });
    const preloads = () => [...document.querySelectorAll("audio")].map((audio) => audio.preload);
    expect(preloads()).toEqual(["auto", "auto", "metadata"]);
    page.handle().focusTask(1);
    await page.settle();
    expect(preloads()).toEqual(["metadata", "auto", "auto"]);
    page.handle().focusTask(2);
    await page.settle();
    expect(preloads()).toEqual(["metadata", "metadata", "auto"]);
  });
});

describe("fields write their values", () => {
  it.each<[string, object, (page: Page) => Promise<unknown>, Json | undefined]>([
    ["radio-group, text", { type: "field.radio-group", options: opts("a", "b") }, (page) => choose(page, 'option "b"'), "b"],
    ["radio-group, false", { type: "field.radio-group", options: opts(true, false) }, (page) => choose(page, "option false"), false],
    ["radio-group, an object", { type: "field.radio-group", options: opts({ a: 1 }, { a: 2 }) }, (page) => choose(page, 'option {"a":2}'), { a: 2 }],
    ["button-radio-group", { type: "field.button-radio-group", options: opts(1, 2) }, (page) => choose(page, "option 2"), 2],
    ["button-radio", { type: "field.button-radio", label: "Press", valueToSet: "v" }, (page) => page.user.click(screen.getByRole("button", { name: "Press" })), "v"],
    ["select", { type: "field.select", label: "S", options: opts("a", false) }, (page) => page.user.selectOptions(screen.getByLabelText("S"), "option false"), false],
    ["checkbox", { type: "field.checkbox", label: "C" }, (page) => tick(page, "C"), true],
    ["checkbox-group", { type: "field.checkbox-group", options: opts("a", "b") }, (page) => tick(page, 'option "b"'), { b: true }],
    ["checkbox-group, preserveFalse", { type: "field.checkbox-group", preserveFalse: true, options: opts("a", "b") }, (page) => tick(page, 'option "b"'), { a: false, b: true }],
    ["text", { type: "field.text", label: "T" }, (page) => type(page, "T", "abc"), "abc"],
    ["textarea", { type: "field.textarea", label: "T", rows: 5 }, (page) => type(page, "T", "a{enter}b"), "a\nb"],
    ["email", { type: "field.email", label: "E" }, (page) => type(page, "E", "a@b.org"), "a@b.org"],
    ["phone-number", { type: "field.phone-number", label: "P" }, (page) => type(page, "P", "+49 30"), "+49 30"],
    ["number", { type: "field.number", label: "N" }, (page) => type(page, "N", "-1,5"), -1.5],
    ["date", { type: "field.date", label: "D", format: "date" }, () => enter("D", "2026-11-22"), "2026-11-22"],
    ["date and time", { type: "field.date", label: "D", format: "date-time" }, () => enter("D", "2026-11-22T10:30"), "2026-11-22 10:30"],
    ["quiz", { type: "field.quiz", options: [{ key: "q", options: [{ label: "right", value: 1, correct: true }] }] }, (page) => choose(page, "right"), { q: 1 }],
  ])("field.%s", async (_, field, fill, value) => {
    const page = await show({ view: { ...field, data: output("v") } });
    expect(page.output()).toEqual({});
    await fill(page);
    await settle();
    expect(page.output()).toEqual({ v: value });
  });

  it.each<[string, object, Json, (page: Page) => Promise<unknown>]>([
    ["a checkbox that is unticked", { type: "field.checkbox", label: "C" }, true, (page) => tick(page, "C")],
    ["a group without a tick", { type: "field.checkbox-group", options: opts("a") }, { a: true }, (page) => tick(page, 'option "a"')],
    ["an emptied text", { type: "field.text", label: "T" }, "a", (page) => page.user.clear(screen.getByLabelText("T"))],
    ["an emptied number", { type: "field.number", label: "T" }, 1, (page) => page.user.clear(screen.getByLabelText("T"))],
    ["a button pressed again", { type: "field.button-radio", label: "B", valueToSet: 1 }, 1, (page) => page.user.click(screen.getByRole("button"))],
  ])("%s has no value", async (_, field, draft, clear) => {
    const page = await show({ view: { ...field, data: output("v") }, drafts: [{ v: draft }] });
    await clear(page);
    expect(page.output()).toEqual({});
  });

  it("keeps false of a checkbox that preserves it", async () => {
    const page = await show({ view: { type: "field.checkbox", label: "C", data: output("v"), preserveFalse: true }, drafts: [{ v: true }] });
    await tick(page, "C");
    expect(page.output()).toEqual({ v: false });
  });

  it.each<[string, object, Json, string]>([
    ["a number below its minimum", { type: "field.number", minimum: 3 }, 2, "At least 3"],
    ["a number above its maximum", { type: "field.number", maximum: 3 }, 4, "At most 3"],
    ["a text that is no e-mail address", { type: "field.email" }, "a@", "This is no e-mail address"],
    ["a date too early", { type: "field.date", format: "date", min: "2026-01-02" }, "2026-01-01", "Not before 2026-01-02"],
    ["a date too late", { type: "field.date", format: "date-time", max: "2026-01-02" }, "2026-01-03 10:00", "Not after 2026-01-02"],
    ["a blocked date", { type: "field.date", format: "date", blockList: ["2026-01-02"] }, "2026-01-02", "This date cannot be chosen"],
    ["a list too short", { type: "field.list", minLength: 2, render: text("") }, ["a"], "Add at least 2"],
  ])("%s is held back", async (_, field, draft, message) => {
    const page = await show({ view: { ...field, data: output("v") }, drafts: [{ v: draft }] });
    expect((await page.validate()).errors.map((error) => error.message)).toEqual([message]);
    expect(screen.getByText(message)).toBeTruthy();
  });

  it("says that what was typed is no number", async () => {
    const page = await show({ view: { type: "field.number", label: "N", data: output("v") } });
    await type(page, "N", "12a");
    expect((screen.getByLabelText("N") as HTMLInputElement).value).toBe("12a");
    expect((await page.validate()).errors[0]?.message).toBe("Enter a number");
  });

  it("does not let a disabled field be changed", async () => {
    const page = await show({ view: radio("c", ["x"], { disabled: { type: "condition.equals", data: input("lock"), to: true } }), inputs: [{ lock: true }] });
    expect((screen.getByRole("radio", { name: "x" }) as HTMLInputElement).disabled).toBe(true);
    expect(page.handle().hotkeys()).toEqual([]);
  });

  it("shows answers in a read-only suite", async () => {
    await show({ view: radio("c", ["x"]), drafts: [{ c: "x" }], readOnly: true });
    const control = screen.getByRole("radio", { name: "x" }) as HTMLInputElement;
    expect([control.disabled, control.checked]).toEqual([true, true]);
  });

  it("lets two groups at the same place act as one", async () => {
    const page = await show({ view: { type: "layout.columns", items: [radio("c", ["a"]), radio("c", ["b"])] } });
    await choose(page, "a");
    await choose(page, "b");
    const [a, b] = screen.getAllByRole("radio") as HTMLInputElement[];
    expect([a?.checked, b?.checked, a?.name === b?.name]).toEqual([false, true, true]);
    expect(page.output()).toEqual({ c: "b" });
  });

  it("counts only the first answer of a quiz", async () => {
    const options = [{ label: "right", value: 1, correct: true }, { label: "wrong", value: 2, correct: false, hint: "look **again**" }];
    const page = await show({ view: { type: "field.quiz", data: output("v"), options: [{ key: "q", options }] } });
    await choose(page, "wrong");
    expect(screen.getByText("Not right")).toBeTruthy();
    expect(screen.getByText("again").tagName).toBe("STRONG");
    expect((screen.getAllByRole("radio")[0] as HTMLInputElement).disabled).toBe(true);
  });
});

describe("field.list", () => {
  const view = { type: "field.list", data: output("rows"), buttonLabel: "More", maxLength: 3, render: { type: "field.text", label: "Name", data: { type: "data.relative", path: "name" } } };

  it("adds, fills and removes items", async () => {
    const page = await show({ view });
    await page.user.click(screen.getByText("More"));
    await page.user.click(screen.getByText("More"));
    const [first, second] = screen.getAllByLabelText("Name");
    await page.user.type(first as HTMLElement, "a");
    await page.user.type(second as HTMLElement, "b");
    expect(page.output()).toEqual({ rows: [{ name: "a" }, { name: "b" }] });
    await page.user.click(screen.getByLabelText("Remove item 1"));
    await settle();
    expect(page.output()).toEqual({ rows: [{ name: "b" }] });
    expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("b");
  });

  it("stops adding at its longest, and offers nothing if it is not editable", async () => {
    const page = await show({ view, drafts: [{ rows: [{}, {}, {}] }] });
    expect(screen.queryByText("More")).toBeNull();
    await page.change({ config: { view: { ...view, editable: false } } });
    expect(screen.queryByText("More")).toBeNull();
    expect(screen.queryByLabelText("Remove item 1")).toBeNull();
  });

  it("applies defaults to new items", async () => {
    const page = await show({ view: { ...view, render: { type: "field.text", label: "Name", data: { type: "data.relative", path: "name", default: "new" } } } });
    await page.user.click(screen.getByText("More"));
    await settle();
    expect(page.output()).toEqual({ rows: [{ name: "new" }] });
  });
});

describe("files", () => {
  const picture = new File(["x"], "shelf.png", { type: "image/png" });
  const pick = async (file = picture) => {
    const control = document.querySelector("input[type=file]") as HTMLInputElement;
    Object.defineProperty(control, "files", { value: [file], configurable: true });
    await act(() => void fireEvent.change(control));
    await settle();
  };

  it.each([
    ["field.media-file", { accept: { photo: true } }],
    ["field.file", { accept: ["image/*"] }],
    ["field.audio", {}],
  ])("%s uploads a file and keeps its id", async (kind, rest) => {
    const upload = vi.fn(async () => "att-1");
    const page = await show({ view: { type: kind, data: output("v"), ...rest }, upload });
    await pick();
    expect(upload).toHaveBeenCalledWith(picture, "shelf.png", expect.objectContaining({ coordinates: undefined }));
    expect(page.output()).toEqual({ v: "att-1" });
    await page.user.click(screen.getByLabelText("Remove shelf.png"));
    expect(page.output()).toEqual({});
  });

  it("keeps a list of ids where several are allowed", async () => {
    const page = await show({ view: { type: "field.file", data: output("v"), multiple: true }, drafts: [{ v: ["att-0"] }], upload: async () => "att-1" });
    await pick();
    expect(page.output()).toEqual({ v: ["att-0", "att-1"] });
  });

  it("cannot be submitted while a file is on its way, and says why it failed", async () => {
    let fail: (error: Error) => void = () => undefined;
    const upload = () => new Promise<string>((_, reject) => (fail = reject));
    const page = await show({ view: { type: "field.file", data: output("v") }, upload });
    await pick();
    expect((await page.validate()).errors[0]?.message).toBe("Wait until the upload is done");
    await act(async () => void fail(new Error("no network")));
    await settle();
    expect(screen.getByText("The upload failed: no network")).toBeTruthy();
    expect(page.isValid()).toBe(true);
    await page.change({ upload: async () => "att-1" });
    await page.user.click(screen.getByText("Try again"));
    await settle();
    expect(page.output()).toEqual({ v: "att-1" });
    expect(screen.queryByText("Try again")).toBeNull();
  });

  it("tells how much has been sent", async () => {
    const upload = (_file: Blob, _name: string, { onProgress }: { onProgress: (share: number) => void }) => {
      onProgress(0.4);
      return new Promise<string>(() => undefined);
    };
    await show({ view: { type: "field.file", data: output("v") }, upload });
    await pick();
    expect((document.querySelector("progress") as HTMLProgressElement).value).toBe(0.4);
  });

  it("shows files of an earlier visit by name and as what they are", async () => {
    const findFile = async (id: string) => (id === "att-1" ? { name: "shelf.png", type: "image/png" } : null);
    const page = await show({
      view: { type: "field.file", data: output("v"), multiple: true },
      drafts: [{ v: ["att-1", "att-2"] }],
      findFile,
      resolveMedia: (id) => `https://files.example.org/${id}`,
    });
    await page.settle();
    expect(document.querySelector(".mh-attachment img")?.getAttribute("src")).toBe("https://files.example.org/att-1");
    expect(screen.getByText("shelf.png")).toBeTruthy();
    expect(screen.getByText("File 2")).toBeTruthy();
  });

  it("says that a microphone is missing", async () => {
    const page = await show({ view: { type: "field.audio", data: output("v") } });
    await page.user.click(screen.getByText("Record"));
    await settle();
    expect(screen.getByText(/microphone cannot be used/)).toBeTruthy();
  });

  it("records a sound and uploads it", async () => {
    class Recorder {
      mimeType = "audio/webm;codecs=opus";
      ondataavailable: (event: { data: Blob }) => unknown = () => undefined;
      onstop = () => undefined as unknown;
      start() {}
      stop() {
        this.ondataavailable({ data: new Blob(["sound"]) });
        this.onstop();
      }
    }
    vi.stubGlobal("MediaRecorder", Recorder);
    Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => ({ getTracks: () => [] }) }, configurable: true });
    const upload = vi.fn(async (_file: Blob, name: string) => `id of ${name}`);
    const page = await show({ view: { type: "field.audio", data: output("v") }, upload });
    await page.user.click(screen.getByText("Record"));
    await settle();
    expect((await page.validate()).isValid).toBe(false);
    await page.user.click(screen.getByText("Stop"));
    await settle();
    expect(page.output()).toEqual({ v: "id of recording.webm" });
    expect(page.isValid()).toBe(true);
    vi.unstubAllGlobals();
  });
});

describe("players", () => {
  const condition = (kind: string) => ({ type: `condition.${kind}`, hint: "play it" });
  const element = (kind = "audio") => document.querySelector(kind) as HTMLMediaElement;
  const event = async (name: string) => {
    await act(() => void element().dispatchEvent(new Event(name)));
    await settle();
  };
  const play = async (spans: [number, number][], duration = 10) => {
    const ranges = { length: spans.length, start: (i: number) => spans[i]?.[0], end: (i: number) => spans[i]?.[1] };
    Object.defineProperties(element(), { duration: { value: duration, configurable: true }, played: { value: ranges, configurable: true } });
    await event("play");
    await event("timeupdate");
  };

  it.each<[string, [number, number][], boolean]>([
    ["all of it", [[0, 10]], true],
    ["all of it in parts", [[0, 4], [4, 9.9]], true],
    ["only its end", [[9, 10]], false],
  ])("played-fully: %s", async (_, spans, isValid) => {
    const page = await show({ view: { type: "view.audio", url: "/a.wav", validation: condition("played-fully") } });
    expect(page.isValid()).toBe(false);
    await play(spans);
    await event("ended");
    expect(page.isValid()).toBe(isValid);
  });

  it("what was played on an earlier visit need not be played again", async () => {
    const onPlayed = vi.fn();
    const view = { type: "view.audio", url: input("url"), validation: condition("played-fully") };
    const page = await show({ view, inputs: [{ url: "/a.wav" }, { url: "/b.wav" }], played: [["/a.wav"]], onPlayed });
    expect((await page.validate()).errors.map((error) => error.taskIndex)).toEqual([1]);
    const second = document.querySelectorAll("audio")[1] as HTMLAudioElement;
    await act(() => void second.dispatchEvent(new Event("ended")));
    expect(onPlayed).toHaveBeenLastCalledWith(1, "/b.wav");
    expect(page.isValid()).toBe(true);
  });

  it("played holds from the start of playing", async () => {
    const page = await show({ view: { type: "view.audio", url: "/a.wav", validation: condition("played") } });
    expect(page.isValid()).toBe(false);
    await event("play");
    expect(page.isValid()).toBe(true);
  });

  it.each(["played", "played-fully"])("%s passes when the medium cannot be loaded", async (kind) => {
    const page = await show({ view: { type: "view.audio", url: "/a.wav", validation: condition(kind) } });
    await event("error");
    expect(page.isValid()).toBe(true);
    expect(screen.getByText("The recording could not be loaded.")).toBeTruthy();
  });

  it("a condition on a container means all media in it", async () => {
    const view = { type: "view.group", content: { type: "view.audio", url: "/a.wav" }, validation: condition("played") };
    const page = await show({ view });
    expect(page.isValid()).toBe(false);
    await event("play");
    expect(page.isValid()).toBe(true);
  });

  it("listens to space, arrows and the speed", async () => {
    const page = await show({ view: { type: "view.audio", url: "/a.wav" } });
    Object.defineProperty(element(), "duration", { value: 60 });
    screen.getByLabelText("Position").focus();
    await page.press(" ");
    expect(element().paused).toBe(false);
    await page.press("ArrowRight");
    expect(element().currentTime).toBe(5);
    await page.press("ArrowUp");
    await waitFor(() => expect(element().playbackRate).toBe(1.25));
    await page.user.selectOptions(screen.getByLabelText("Speed"), "2×");
    await waitFor(() => expect(element().playbackRate).toBe(2));
  });

  it("space plays the recording of the active task from anywhere", async () => {
    const page = await show({ view: { type: "view.video", url: "/a.mp4" } });
    await page.press(" ");
    expect(element("video").paused).toBe(false);
  });

  it("plays as soon as the address is known what was asked for before", async () => {
    let tell: (address: string) => void = () => undefined;
    const resolveMedia = () => new Promise<string>((resolve) => (tell = resolve));
    const page = await show({ view: { type: "view.audio", url: "att-7" }, resolveMedia });
    await page.press(" ");
    expect(document.querySelector("audio")).toBeNull();
    await act(async () => tell("/a.wav"));
    await waitFor(() => expect(element().paused).toBe(false));
  });

  it("asks the page for the address of a medium", async () => {
    const resolveMedia = vi.fn(async (url: string) => `https://media.example.org/${url}`);
    await show({ view: { type: "view.image", url: input("picture") }, inputs: [{ picture: "att-7" }], resolveMedia });
    expect((await screen.findByRole("img")).getAttribute("src")).toBe("https://media.example.org/att-7");
  });
});

describe("actions", () => {
  const button = (action: object) => ({ type: "view.action-button", label: "Go", action });
  const go = async (page: Page) => {
    await page.user.click(screen.getByText("Go"));
    await settle();
  };

  it.each<[string, object, Json]>([
    ["set", set("v", 1), { v: 1 }],
    ["set with data as payload", set("v", input("i")), { v: "in" }],
    ["toggle", { type: "action.toggle", data: output("v") }, { v: true }],
    ["toggle of a default", { type: "action.toggle", data: output("v", { default: true }) }, { v: false }],
    ["bulk", { type: "action.bulk", payload: [set("v", 1), set("w", 2)] }, { v: 1, w: 2 }],
  ])("%s", async (_, action, expected) => {
    const page = await show({ view: button(action), inputs: [{ i: "in" }] });
    await go(page);
    expect(page.output()).toEqual(expected);
  });

  it("set without a payload clears", async () => {
    const page = await show({ view: button(set("v", undefined)), drafts: [{ v: 1 }] });
    await go(page);
    expect(page.output()).toEqual({});
  });

  it("notify shows a message for a while", async () => {
    const page = await show({ view: button({ type: "action.notify", payload: { content: "Saved", theme: "success", duration: 40 } }) });
    await go(page);
    expect(screen.getByText("Saved")).toBeTruthy();
    await waitFor(() => expect(screen.queryByText("Saved")).toBeNull());
  });

  it("open-close opens what the reference names", async () => {
    const page = await show({ view: list({ type: "view.collapse", label: "More", content: text("inside") }, button({ type: "action.open-close", view: { $ref: "view.items.0" } })) });
    await go(page);
    expect(document.querySelector("details")?.open).toBe(true);
  });

  it("play-pause and rotate reach their component", async () => {
    const bulk = [{ type: "action.play-pause", view: { $ref: "view.items.0" } }, { type: "action.rotate", payload: "left", view: { $ref: "view.items.1" } }];
    const page = await show({ view: list({ type: "view.audio", url: "/a.wav" }, { type: "view.image", url: "/a.png", rotatable: true }, button({ type: "action.bulk", payload: bulk })) });
    await go(page);
    expect((document.querySelector("audio") as HTMLAudioElement).paused).toBe(false);
    expect(document.querySelector(".mh-image-stage img")?.className).toBe("mh-turn-3 mh-zoomable");
  });

  it("open-link opens a new tab that knows nothing of this one, and counts as opened", async () => {
    const open = vi.spyOn(window, "open").mockReturnValue(null);
    const validation = { type: "condition.link-opened", url: "https://example.org/", hint: "open it" };
    const page = await show({ view: { type: "view.group", content: button({ type: "action.open-link", payload: "https://example.org/" }), validation } });
    await go(page);
    expect(open).toHaveBeenCalledWith("https://example.org/", "_blank", "noopener,noreferrer");
    expect(page.isValid()).toBe(true);
  });
});

describe("views", () => {
  it.each<[string, object, string]>([
    ["text", text("plain <b>text</b>"), ".mh-text"],
    ["markdown", { type: "view.markdown", content: "# A" }, "h2"],
    ["list", list(text("a")), ".mh-list-vertical .mh-text"],
    ["list, horizontal", { type: "view.list", direction: "horizontal", size: "s", items: [text("a")] }, ".mh-list-horizontal.mh-gap-s"],
    ["group", { type: "view.group", content: text("a") }, ".mh-group .mh-text"],
    ["divider", { type: "view.divider" }, "hr"],
    ["alert", { type: "view.alert", theme: "warning", content: text("a") }, ".mh-alert.mh-theme-warning"],
    ["collapse, open", { type: "view.collapse", label: "L", defaultOpened: true, content: text("a") }, "details[open]"],
    ["device-frame", { type: "view.device-frame", content: text("a") }, ".mh-device"],
    ["labeled-list", { type: "view.labeled-list", items: [{ label: "L", hint: "h", content: text("a") }] }, "dl dt + dd .mh-text"],
    ["link", { type: "view.link", url: "https://example.org" }, "a[target=_blank][rel~=noopener]"],
    ["link-group", { type: "view.link-group", links: [{ url: "https://example.org", content: "c", theme: "primary" }] }, "ul a.mh-button-primary"],
    ["iframe of another origin", { type: "view.iframe", url: "https://example.org" }, "iframe[sandbox~=allow-same-origin]"],
    ["iframe of our own origin", { type: "view.iframe", url: "/page" }, "iframe:not([sandbox~=allow-same-origin])"],
    ["image with a ratio", { type: "view.image", url: "/a.png", ratio: [4, 3], maxWidth: 300 }, ".mh-image[style*='4 / 3'] img"],
    ["columns", { type: "layout.columns", items: [text("a"), text("b")], ratio: [1, 2], verticalAlign: "middle" }, ".mh-columns > div:nth-child(2) .mh-text"],
    ["side-by-side", { type: "layout.side-by-side", items: [text("a"), text("b")], controls: radio("c", ["a"]) }, ".mh-compare-item:nth-child(2)"],
    ["compare", { type: "layout.compare", items: [{ content: text("a"), controls: radio("c", ["a"]) }], commonControls: text("b") }, ".mh-compare-own input"],
    ["sidebar", { type: "layout.sidebar", content: text("a"), controls: text("b"), extraControls: text("c") }, ".mh-sidebar-controls .mh-text:not(:only-child), .mh-sidebar-controls .mh-component + .mh-component"],
    ["bars", { type: "layout.bars", barBefore: text("a"), content: text("b"), barAfter: text("c") }, ".mh-bar + .mh-bars-content + .mh-bar"],
    ["right to left", { type: "view.text", content: "a", rtl: { mode: "rtl" } }, ".mh-text[dir=rtl]"],
    ["a label and a hint", { ...text("a"), label: "L", hint: "H" }, ".mh-label + .mh-hint + .mh-text"],
  ])("view of %s", async (_, view, selector) => {
    await show({ view });
    expect(document.querySelector(selector)).not.toBeNull();
  });

  it("keeps fields of a closed collapse, and opens it where something is wrong", async () => {
    const page = await show({ view: { type: "view.collapse", label: "More", content: radio("c", ["x"], { validation: required("c") }) }, drafts: [{ c: "x" }] });
    expect(page.output()).toEqual({ c: "x" });
    await page.change({ drafts: [{}], config: { view: { type: "view.collapse", label: "Less", content: radio("c", ["x"], { validation: required("c") }) } } });
    await page.validate();
    expect(document.querySelector("details")?.open).toBe(true);
  });

  it("opens an image larger", async () => {
    const page = await show({ view: { type: "view.image", url: "/a.png" } });
    await page.user.click(screen.getByLabelText("Open larger"));
    expect(document.querySelector("dialog")?.open).toBe(true);
  });

  it("says that an image cannot be loaded", async () => {
    await show({ view: { type: "view.image", url: "/a.png" } });
    await act(() => void screen.getAllByRole("img")[0]?.dispatchEvent(new Event("error")));
    expect(screen.getByText("The image could not be loaded.")).toBeTruthy();
  });
});

describe("nothing from a task runs", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<form action='/steal'><input name=a></form>",
    "<div style='position:fixed' id=gallery>x</div>",
    "<style>*{display:none}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  ])("%s", (html) => {
    const box = document.createElement("div");
    box.append(sanitise(html));
    expect(box.innerHTML).not.toMatch(/script|onerror|javascript:|<form|<iframe|style|id=/i);
  });

  it.each([
    ["<h1>a</h1><h3 dir='rtl'>b</h3><h1>c</h1>", "<h2>a</h2><h3 dir=\"rtl\">b</h3><h2>c</h2>"],
    ["<h4>a</h4>", "<h2>a</h2>"],
  ])("headings %s come below the title of the page, none left out", (html, expected) => {
    const box = document.createElement("div");
    box.append(sanitise(html));
    expect(box.innerHTML).toBe(expected);
  });

  it.each([
    ["javascript:alert(1)", null],
    [" java\nscript:alert(1)", null],
    ["data:text/html,<script>", null],
    ["https://example.org", "https://example.org"],
    ["/relative", "/relative"],
  ])("a link to %j", (url, expected) => expect(toSafeLink(url)).toBe(expected));

  it.each([
    ["data:image/png;base64,AA==", true],
    ["data:text/html,x", false],
    ["javascript:1", false],
    ["blob:x", true],
  ])("a medium at %j", (url, isSafe) => expect(toSafeMedia(url) !== null).toBe(isSafe));

  it("a dead link is only a text", async () => {
    await show({ view: { type: "view.link", url: "javascript:alert(1)", content: "open" } });
    expect(screen.getByText("open").tagName).toBe("SPAN");
  });
});

describe("what is unknown or breaks", () => {
  it.each<[string, object, string]>([
    ["a view", { view: list(text("fine"), { type: "view.hologram" }) }, "view.hologram"],
    ["a map", { view: list(text("fine"), { type: "field.map", data: output("m") }) }, "field.map"],
    ["a helper", { view: list(text("fine"), text({ type: "helper.magic" })) }, "helper.magic"],
    ["a condition", { view: list(text("fine"), text({ type: "helper.if", condition: { type: "condition.moon" } })) }, "condition.moon"],
    ["a condition of a validation", { view: list(text("fine"), radio("c", ["x"], { validation: { type: "condition.moon" } })) }, "condition.moon"],
    ["data", { view: list(text("fine"), text({ type: "data.dream", path: "x" })) }, "data.dream"],
    ["an action of a button", { view: list(text("fine"), { type: "view.action-button", label: "b", action: { type: "action.fly" } }) }, "action.fly"],
    ["an action of a key", { view: text("fine"), plugins: [{ type: "plugin.hotkeys", 1: { type: "action.fly" } }] }, "action.fly"],
    ["a plugin", { view: text("fine"), plugins: [{ type: "plugin.telepathy" }] }, "plugin.telepathy"],
  ])("%s is named, blocks submission and leaves the rest", async (_, config, name) => {
    const onUnknownComponent = vi.fn();
    const page = await show({ ...config, onUnknownComponent });
    expect(screen.getByText("fine")).toBeTruthy();
    const { isValid } = await page.validate();
    expect(isValid).toBe(false);
    expect(page.isValid()).toBe(false);
    expect(screen.getAllByText(new RegExp(name)).length).toBeGreaterThan(0);
    expect(onUnknownComponent).toHaveBeenCalledTimes(1);
    expect(onUnknownComponent).toHaveBeenCalledWith(name, 0);
  });

  it("an unknown part that goes away no longer blocks", async () => {
    const view = list(radio("c", ["x", "y"]), { type: "helper.if", condition: { type: "condition.equals", data: output("c"), to: "x" }, then: { type: "view.hologram" } });
    const page = await show({ view, drafts: [{ c: "x" }] });
    expect(page.isValid()).toBe(false);
    await choose(page, "y");
    await settle();
    expect(page.isValid()).toBe(true);
  });

  it.each([["no JSON", "{"], ["no view", {}]])("a config that is %s is said, not thrown", async (_, config) => {
    const page = await show({ config });
    expect(screen.getByRole("alert").textContent).toMatch(/cannot be shown/);
    expect(page.handle().validate().isValid).toBe(false);
    expect(page.isValid()).toBe(false);
  });

  it("a config may be a JSON string", async () => {
    await show({ config: JSON.stringify({ view: text("from a string") }) });
    expect(screen.getByText("from a string")).toBeTruthy();
  });

  it("internal data is not lost to a disabled field", async () => {
    const page = await show({ view: { type: "field.select", label: "S", data: internal("v", { default: input("v") }), disabled: true, options: opts("a") }, inputs: [{ v: "a" }] });
    expect((screen.getByLabelText("S") as HTMLSelectElement).selectedOptions[0]?.textContent).toBe('option "a"');
    expect(page.output()).toEqual({});
  });
});
