/** The annotation tools: shapes on images and spans in texts. */

import { signal } from "@preact/signals";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, it } from "vitest";

import { Editor, type Mode } from "../src/view/image-annotation/editor";
import { type Shape, moveHandle, moveShape } from "../src/view/image-annotation/shapes";
import { type Span, adjustRange, markRange, parseSpans, piecesOf } from "../src/view/text-annotation/spans";
import { internal, output, required, settle, show } from "./page";

const at = (left: number, top: number) => ({ left, top });

function editorOf(labels: { value: string; label: string }[] = [], modes: Mode[] = ["select", "point", "rectangle", "polygon"]) {
  const value = signal<readonly Shape[] | undefined>(undefined);
  const editor = new Editor(() => value.value, (shapes) => (value.value = shapes), modes, labels);
  return { editor, value: () => value.value };
}

describe("drawing", () => {
  it.each<[Mode, [number, number][], Shape]>([
    ["point", [[0.5, 0.25]], { shape: "point", left: 0.5, top: 0.25 }],
    ["rectangle", [[0.6, 0.7], [0.2, 0.3]], { shape: "rectangle", left: 0.2, top: 0.3, width: 0.4, height: 0.4 }],
    ["polygon", [[0, 0], [1, 0], [1, 1]], { shape: "polygon", points: [at(0, 0), at(1, 0), at(1, 1)] }],
    ["point", [[1.5, -1]], { shape: "point", left: 1, top: 0 }],
  ])("a %s from %j", (mode, points, shape) => {
    const { editor, value } = editorOf();
    editor.setMode(mode);
    for (const [left, top] of points) editor.place(at(left, top));
    editor.confirm();
    expect(value()).toEqual([shape]);
  });

  it("a polygon needs three corners", () => {
    const { editor, value } = editorOf();
    editor.setMode("polygon");
    editor.place(at(0, 0));
    editor.place(at(1, 1));
    expect(editor.confirm()).toBe(false);
    expect(value()).toBeUndefined();
  });

  it("a new shape carries the label, and another label changes the selected one", () => {
    const { editor, value } = editorOf([{ value: "a", label: "A" }, { value: "b", label: "B" }]);
    editor.setMode("point");
    editor.place(at(0, 0));
    editor.select(0);
    editor.setLabel("b");
    expect(value()).toEqual([{ shape: "point", left: 0, top: 0, label: "b" }]);
  });

  it("undoes corner by corner, then shape by shape, and redoes", () => {
    const { editor, value } = editorOf();
    editor.setMode("point");
    editor.place(at(0, 0));
    editor.place(at(1, 1));
    editor.setMode("polygon");
    editor.place(at(0.5, 0.5));
    editor.undo();
    expect([editor.draft.value.length, value()?.length]).toEqual([0, 2]);
    editor.undo();
    editor.undo();
    expect(value()).toBeUndefined();
    editor.redo();
    expect(value()).toHaveLength(1);
  });

  it("a shape stays on the image when it is moved", () => {
    const rectangle: Shape = { shape: "rectangle", left: 0.5, top: 0.5, width: 0.4, height: 0.4 };
    expect(moveShape(rectangle, at(1, -1))).toEqual({ ...rectangle, left: 0.6, top: 0 });
  });

  it("a corner of a rectangle may cross the opposite one", () => {
    const rectangle: Shape = { shape: "rectangle", left: 0.2, top: 0.2, width: 0.2, height: 0.2 };
    expect(moveHandle(rectangle, 0, at(0.6, 0.6))).toEqual({ shape: "rectangle", left: 0.4, top: 0.4, width: 0.2, height: 0.2 });
  });
});

describe("field.image-annotation", () => {
  const view = {
    type: "field.image-annotation",
    data: output("shapes"),
    image: "/a.png",
    labels: [{ value: "cat", label: "Cat" }, { value: "dog", label: "Dog" }],
    validation: required("shapes", "Mark something"),
  };
  const stage = async () => {
    await waitFor(() => expect(document.querySelector("svg[tabindex]")).not.toBeNull());
    const svg = document.querySelector("svg[tabindex]") as SVGSVGElement;
    svg.getBoundingClientRect = () => ({ left: 0, top: 0, width: 100, height: 100, right: 100, bottom: 100, x: 0, y: 0 }) as DOMRect;
    return svg;
  };
  const pointer = async (svg: Element, name: string, x: number, y: number) => {
    await act(() => void svg.dispatchEvent(Object.assign(new MouseEvent(name, { bubbles: true, clientX: x, clientY: y, button: 0 }), { pointerId: 1 })));
  };

  it("draws a rectangle by dragging, with the chosen label", async () => {
    const page = await show({ view });
    const svg = await stage();
    await page.press("e");
    await page.press("2");
    await pointer(svg, "pointerdown", 10, 20);
    await pointer(svg, "pointermove", 40, 60);
    await pointer(svg, "pointerup", 40, 60);
    expect(page.output()).toEqual({ shapes: [{ shape: "rectangle", left: 0.1, top: 0.2, width: 0.3, height: 0.4, label: "dog" }] });
    expect(page.isValid()).toBe(true);
  });

  it("draws with the keyboard alone", async () => {
    const page = await show({ view: { ...view, shapes: { point: true } } });
    const svg = await stage();
    await act(() => void fireEvent.keyDown(svg, { key: "ArrowRight", shiftKey: true }));
    await act(() => void fireEvent.keyDown(svg, { key: "Enter" }));
    expect(page.output()).toEqual({ shapes: [{ shape: "point", left: 0.54, top: 0.5, label: "cat" }] });
    await act(() => void fireEvent.keyDown(svg, { key: "z", ctrlKey: true }));
    expect(page.output()).toEqual({});
  });

  it("offers only the shapes that were asked for", async () => {
    await show({ view: { ...view, shapes: { polygon: true } } });
    await stage();
    const tools = within(screen.getByRole("group", { name: "Tool" })).getAllByRole("button");
    expect(tools.map((tool) => tool.querySelector("span")?.textContent)).toEqual(["Select", "Polygon"]);
  });

  it("selects and removes from the list of areas", async () => {
    const page = await show({ view, drafts: [{ shapes: [{ shape: "point", left: 0.5, top: 0.5, label: "dog" }] }] });
    await stage();
    await page.user.click(screen.getByText("1. Dog"));
    await page.user.click(screen.getByLabelText("Delete"));
    expect(page.output()).toEqual({});
  });

  it("takes its keys from the plugin", async () => {
    const page = await show({ view, plugins: [{ type: "plugin.field.image-annotation.hotkeys", modes: { point: "x" }, labels: ["m", "n"] }] });
    const svg = await stage();
    await page.press("x");
    await page.press("n");
    await pointer(svg, "pointerdown", 50, 50);
    expect(page.output()).toEqual({ shapes: [{ shape: "point", left: 0.5, top: 0.5, label: "dog" }] });
  });

  it("only shows a result when it is disabled", async () => {
    const data = internal("shapes", { default: { type: "data.input", path: "shapes" } });
    await show({ view: { ...view, data, disabled: true, validation: undefined }, inputs: [{ shapes: [{ shape: "point", left: 0.5, top: 0.5, label: "cat" }] }] });
    await waitFor(() => expect(screen.getByText("1. Cat")).toBeTruthy());
    expect(screen.queryByLabelText("Delete")).toBeNull();
  });
});

describe("spans", () => {
  const content = "Ada was born in London.";
  const span = (label: string, offset: number, length: number): Span => ({ label, offset, length, segment: content.slice(offset, offset + length) });

  it.each<[string, Span[], [number, number], string | null, Span[]]>([
    ["a new part", [], [0, 3], "p", [span("p", 0, 3)]],
    ["in the order of the text", [span("l", 16, 6)], [0, 3], "p", [span("p", 0, 3), span("l", 16, 6)]],
    ["the newest label has what it covers", [span("p", 0, 7)], [4, 12], "v", [span("p", 0, 4), span("v", 4, 8)]],
    ["inside another part", [span("p", 0, 12)], [4, 7], "v", [span("p", 0, 4), span("v", 4, 3), span("p", 7, 5)]],
    ["the same part again", [span("p", 0, 3)], [0, 3], "l", [span("l", 0, 3)]],
    ["clearing a range", [span("p", 0, 12)], [3, 12], null, [span("p", 0, 3)]],
  ])("%s", (_, before, [begin, end], label, after) => expect(markRange(before, { begin, end }, label, content)).toEqual(after));

  it.each<[string, [number, number], boolean, [number, number] | null]>([
    ["white space goes", [3, 8], false, [4, 7]],
    ["to whole words", [5, 10], true, [4, 12]],
    ["not beyond the last word", [17, 20], true, [16, 22]],
    ["nothing but white space", [3, 4], false, null],
  ])("%s", (_, [begin, end], toWords, expected) => {
    const range = adjustRange({ begin, end }, content, toWords);
    expect(range && [range.begin, range.end]).toEqual(expected);
  });

  it("reads begin and end as well as offset and length", () => {
    expect(parseSpans([{ label: "p", begin: 0, end: 3 }, { label: "x" }], content)).toEqual([span("p", 0, 3)]);
  });

  it("pieces put together are the text", () => {
    const pieces = piecesOf(content, [span("p", 0, 3), span("l", 16, 6)]);
    expect(pieces.map((piece) => content.slice(piece.begin, piece.end)).join("")).toBe(content);
  });
});

describe("field.text-annotation", () => {
  const view = { type: "field.text-annotation", data: output("spans"), content: "Ada was born in London.", adjust: "words", labels: [{ value: "person", label: "Person" }, { value: "place", label: "Place" }] };
  const box = async () => {
    await waitFor(() => expect(document.querySelector(".mh-annotated")).not.toBeNull());
    return document.querySelector(".mh-annotated") as HTMLElement;
  };
  const ada = { label: "person", offset: 0, length: 3, segment: "Ada" };

  it("marks what is selected with the mouse", async () => {
    const page = await show({ view });
    const element = await box();
    const node = element.querySelector("span")?.firstChild as Text;
    document.getSelection()?.setBaseAndExtent(node, 1, node, 3);
    await act(() => void element.dispatchEvent(new Event("pointerup", { bubbles: true })));
    await settle();
    expect(page.output()).toEqual({ spans: [ada] });
    expect(element.textContent).toBe("Ada was born in London.");
  });

  it("marks with the keyboard alone", async () => {
    const page = await show({ view });
    (await box()).focus();
    await page.press("ArrowRight");
    await page.press("ArrowRight", { shiftKey: true });
    await page.press("Enter");
    expect(page.output()).toEqual({ spans: [{ label: "person", offset: 0, length: 7, segment: "Ada was" }] });
  });

  it("relabels and removes a part that was clicked", async () => {
    const page = await show({ view, drafts: [{ spans: [ada] }] });
    await page.user.click((await box()).querySelector("mark") as Element);
    await page.press("2");
    expect(page.output()).toEqual({ spans: [{ ...ada, label: "place" }] });
    await page.user.click((await box()).querySelector("mark") as Element);
    await page.press("c");
    expect(page.output()).toEqual({});
  });
});
