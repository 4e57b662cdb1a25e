/** The semantics of the language: data, references, helpers, conditions. */

import { screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";

import { matchesSchema } from "../src/view/language/schema";
import { getAt, parsePath, removeAt, setAt } from "../src/view/language/paths";
import type { Json } from "../src/view";
import { input, internal, list, output, radio, required, set, show, text } from "./page";

const helper = (name: string, rest: object) => ({ type: `helper.${name}`, ...rest });
const condition = (name: string, rest: object = {}) => ({ type: `condition.${name}`, ...rest });

describe("paths", () => {
  it.each<[string, Json, string, Json, Json]>([
    ["a new place", {}, "a.b", 1, { a: { b: 1 } }],
    ["a position creates an array", {}, "a.0", 1, { a: [1] }],
    ["a position in an array", { a: [1, 2] }, "a.1", 3, { a: [1, 3] }],
    ["the whole value", { a: 1 }, "", { b: 2 }, { b: 2 }],
  ])("sets %s", (_, before, path, item, after) => {
    expect(setAt(before, parsePath(path), item)).toEqual(after);
    expect(getAt(after, parsePath(path))).toEqual(item);
  });

  it.each<[string, Json, string, Json | undefined]>([
    ["a key", { a: 1, b: 2 }, "a", { b: 2 }],
    ["an emptied object with it", { a: { b: 1 } }, "a.b", {}],
    ["a position, which stays", { a: [1, 2] }, "a.0", { a: [null, 2] }],
    ["what is not there", { a: 1 }, "b.c", { a: 1 }],
    ["the whole value", { a: 1 }, "", undefined],
  ])("removes %s", (_, before, path, after) => expect(removeAt(before, parsePath(path))).toEqual(after));

  it("reads nothing that an object only inherits", () => expect(getAt({}, parsePath("constructor.name"))).toBeUndefined());
});

describe("JSON schema", () => {
  it.each<[unknown, object, boolean]>([
    ["abc", { type: "string", pattern: "^a" }, true],
    ["bc", { type: "string", pattern: "^a" }, false],
    ["ab", { minLength: 3 }, false],
    ["😀😀", { maxLength: 2 }, true],
    [undefined, { type: "string" }, false],
    [2, { type: "integer", minimum: 2, exclusiveMaximum: 3 }, true],
    [2.5, { type: "integer" }, false],
    [3, { enum: [1, 2] }, false],
    [[1, 1], { type: "array", uniqueItems: true }, false],
    [[1, "a"], { items: { type: "number" } }, false],
    [{ a: 1 }, { required: ["a"], properties: { a: { type: "number" } }, additionalProperties: false }, true],
    [{ a: 1, b: 1 }, { properties: { a: {} }, additionalProperties: false }, false],
    ["x", { anyOf: [{ type: "number" }, { const: "x" }] }, true],
    ["x", { not: { type: "string" } }, false],
    ["a@b.org", { format: "email" }, true],
    [null, { type: ["string", "null"] }, true],
    [5, { if: { type: "number" }, then: { minimum: 6 } }, false],
  ])("%j against %j is %s", (value, schema, isMatch) => expect(matchesSchema(value, schema)).toBe(isMatch));
});

describe("helpers", () => {
  const inputs = [{ name: "ada", items: ["a", "b"], object: { x: 1 }, no: null }];
  it.each<[string, unknown, string]>([
    ["if, then", helper("if", { condition: condition("required", { data: input("name") }), then: "yes", else: "no" }), "yes"],
    ["if, else", helper("if", { condition: condition("required", { data: input("missing") }), then: "yes", else: "no" }), "no"],
    ["switch, a case", helper("switch", { cases: [{ condition: false, result: "a" }, { condition: true, result: "b" }], default: "c" }), "b"],
    ["switch, default", helper("switch", { cases: [{ condition: false, result: "a" }], default: "c" }), "c"],
    ["join", helper("join", { items: ["x", input("name"), input("missing")], by: "-" }), "x-ada"],
    ["replace everywhere", helper("replace", { data: "a.b.c", find: ".", replace: "$&" }), "a$&b$&c"],
    ["concat-arrays", helper("join", { by: ",", items: helper("concat-arrays", { items: [input("items"), ["c"]] }) }), "a,b,c"],
    ["transform", helper("join", { by: ",", items: helper("transform", { items: input("items"), into: helper("join", { by: "", items: ["<", { type: "data.local", path: "item" }, ">"] }) }) }), "<a>,<b>"],
    ["uppercase", helper("text-transform", { data: input("name"), transformation: "uppercase" }), "ADA"],
    ["capitalize", helper("text-transform", { data: input("name"), transformation: "capitalize" }), "Ada"],
    ["entries2object", helper("entries2object", { entries: [{ key: "k", value: input("name") }] }), '{"k":"ada"}'],
    ["object2entries", helper("object2entries", { data: input("object") }), '[{"key":"x","value":1}]'],
    ["search-query", helper("search-query", { query: "a b", engine: "google" }), "https://www.google.com/search?q=a%20b"],
    ["translate, known", helper("translate", { key: "hello" }), "bonjour"],
    ["translate, unknown", helper("translate", { key: "other" }), "other"],
    ["proxy with a vendor prefix", { type: "@yandex-toloka/helper.proxy", path: "file.png" }, "file.png"],
    ["a default of an absent input", input("missing", { default: "d" }), "d"],
    ["a dotted path into an array", input("items.1"), "b"],
    ["the whole input", input("").type && helper("join", { items: [getLength()], by: "" }), "1"],
  ])("%s", async (_, content, expected) => {
    await show({ view: text(content), inputs, translations: { hello: "bonjour" } });
    expect(document.querySelector(".mh-text")?.textContent).toBe(expected);
  });

  function getLength() {
    return helper("if", { condition: condition("equals", { data: input(""), to: inputs[0] }), then: "1", else: "0" });
  }

  it("transform builds components", async () => {
    await show({ view: { type: "view.list", items: helper("transform", { items: input("items"), into: text({ type: "data.local", path: "item" }) }) }, inputs });
    expect([...document.querySelectorAll(".mh-text")].map((e) => e.textContent)).toEqual(["a", "b"]);
  });
});

describe("conditions", () => {
  const inputs = [{ text: "abc", empty: "", zero: 0, no: false, nothing: null, list: ["a"], url: "https://www.example.org/x", here: "52.5200,13.4050" }];
  it.each<[string, object, boolean]>([
    ["required: a text", condition("required", { data: input("text") }), true],
    ["required: an empty text", condition("required", { data: input("empty") }), true],
    ["required: zero", condition("required", { data: input("zero") }), true],
    ["required: false", condition("required", { data: input("no") }), true],
    ["required: null counts as absent", condition("required", { data: input("nothing") }), false],
    ["required: absent", condition("required", { data: input("missing") }), false],
    ["empty: absent", condition("empty", { data: input("missing") }), true],
    ["empty: ''", condition("empty", { data: input("empty") }), true],
    ["empty: []", condition("empty", { data: [] }), true],
    ["empty: {}", condition("empty", { data: {} }), true],
    ["empty: zero", condition("empty", { data: input("zero") }), false],
    ["equals: deep", condition("equals", { data: input("list"), to: ["a"] }), true],
    ["equals: of another type", condition("equals", { data: input("zero"), to: "0" }), false],
    ["equals: a boolean", condition("equals", { data: input("no"), to: false }), true],
    ["schema", condition("schema", { data: input("text"), schema: { type: "string", minLength: 4 } }), false],
    ["sub-array", condition("sub-array", { data: input("list"), parent: ["a", "b"] }), true],
    ["sub-array, not", condition("sub-array", { data: ["c"], parent: input("list") }), false],
    ["same-domain without www", condition("same-domain", { data: input("url"), original: "https://example.org" }), true],
    ["same-domain, another", condition("same-domain", { data: input("url"), original: "https://example.com" }), false],
    ["same-domain, no link", condition("same-domain", { data: "x", original: "x" }), false],
    ["all", condition("all", { conditions: [condition("required", { data: input("text") }), condition("required", { data: input("missing") })] }), false],
    ["any", condition("any", { conditions: [condition("required", { data: input("text") }), condition("required", { data: input("missing") })] }), true],
    ["not", condition("not", { condition: condition("required", { data: input("missing") }) }), true],
    ["distance, near", { type: "@yandex-toloka/condition.distance", from: input("here"), to: "52.5201,13.4050", max: 50 }, true],
    ["distance, far", { type: "@yandex-toloka/condition.distance", from: input("here"), to: "52.6,13.4050", max: 50 }, false],
    ["distance, unknown place", { type: "@yandex-toloka/condition.distance", from: input("missing"), to: "52.6,13.4", max: 50 }, false],
    ["a condition in a variable", { $ref: "vars.given" }, true],
  ])("%s", async (_, tested, expected) => {
    const view = text(helper("if", { condition: tested, then: "holds", else: "fails" }));
    await show({ view, inputs, vars: { given: condition("required", { data: input("text") }) } });
    expect(document.querySelector(".mh-text")?.textContent).toBe(expected ? "holds" : "fails");
  });

  it("link-opened holds once the link was clicked", async () => {
    const view = { type: "view.link", url: "https://example.org/", content: "open", validation: condition("link-opened", { url: "https://example.org/", hint: "open it" }) };
    const page = await show({ view });
    expect(page.isValid()).toBe(false);
    await page.user.click(screen.getByText("open"));
    expect(page.isValid()).toBe(true);
  });

  it("without data tests the component around it", async () => {
    const page = await show({ view: radio("c", ["x", "y"], { validation: condition("equals", { to: "y", hint: "choose y" }) }) });
    await page.user.click(screen.getByRole("radio", { name: "x" }));
    expect((await page.validate()).errors.map((error) => error.message)).toEqual(["choose y"]);
    await page.user.click(screen.getByRole("radio", { name: "y" }));
    expect((await page.validate()).isValid).toBe(true);
  });
});

describe("data", () => {
  it("reacts to what other fields write", async () => {
    const page = await show({ view: list({ type: "field.text", data: output("name"), label: "Name" }, text(output("name"))) });
    await page.user.type(screen.getByLabelText("Name"), "Ada");
    expect(document.querySelector(".mh-text")?.textContent).toBe("Ada");
    expect(page.output()).toEqual({ name: "Ada" });
    expect(page.changes.at(-1)).toEqual([0, { name: "Ada" }]);
  });

  it("follows references to variables and through them", async () => {
    await show({
      view: list(text({ $ref: "vars.name" }), { $ref: "vars.component" }),
      vars: { name: input("name"), component: text({ $ref: "vars.name" }) },
      inputs: [{ name: "Ada" }],
    });
    expect(screen.getAllByText("Ada")).toHaveLength(2);
  });

  it("says so when references run in a circle, and stays up", async () => {
    const page = await show({ view: list(text({ $ref: "vars.a" }), text("fine")), vars: { a: { $ref: "vars.b" }, b: { $ref: "vars.a" } } });
    expect(screen.getByText("fine")).toBeTruthy();
    expect(page.isValid()).toBe(false);
  });

  it("applies a default once: what was cleared stays cleared", async () => {
    const page = await show({ view: { type: "field.text", data: output("t", { default: input("d") }), label: "T" }, inputs: [{ d: "start" }] });
    expect(page.output()).toEqual({ t: "start" });
    await page.user.clear(screen.getByLabelText("T"));
    expect(page.output()).toEqual({});
    expect((screen.getByLabelText("T") as HTMLInputElement).value).toBe("");
  });

  it("keeps a draft where there is a default", async () => {
    const page = await show({ view: { type: "field.text", data: output("t", { default: "start" }), label: "T" }, drafts: [{ t: "mine" }] });
    expect(page.output()).toEqual({ t: "mine" });
  });

  it("does not send internal data", async () => {
    const page = await show({ view: radio("x", ["a"], { data: internal("x", { default: "a" }) }) });
    expect(page.output()).toEqual({});
    expect((screen.getByRole("radio", { name: "a" }) as HTMLInputElement).checked).toBe(true);
  });

  it("gives the assignment id", async () => {
    await show({ view: text({ type: "@yandex-toloka/data.assignment-id" }), assignmentId: "assignment-7" });
    expect(screen.getByText("assignment-7")).toBeTruthy();
  });
});

describe("fields that disappear", () => {
  const view = list(
    radio("show", [true, false]),
    helper("if", {
      condition: condition("equals", { data: output("show"), to: true }),
      then: { type: "field.text", label: "Why", data: output("why"), validation: required("why") },
    }),
  );

  it("take their value along and bring it back", async () => {
    const page = await show({ view });
    await page.user.click(screen.getByRole("radio", { name: "true" }));
    await page.user.type(screen.getByLabelText("Why"), "so");
    expect(page.output()).toEqual({ show: true, why: "so" });
    await page.user.click(screen.getByRole("radio", { name: "false" }));
    expect(page.output()).toEqual({ show: false });
    await page.user.click(screen.getByRole("radio", { name: "true" }));
    expect(page.output()).toEqual({ show: true, why: "so" });
    expect((screen.getByLabelText("Why") as HTMLInputElement).value).toBe("so");
  });

  it("are not checked while they are away", async () => {
    const page = await show({ view });
    await page.user.click(screen.getByRole("radio", { name: "true" }));
    expect(page.isValid()).toBe(false);
    await page.user.click(screen.getByRole("radio", { name: "false" }));
    expect(page.isValid()).toBe(true);
  });

  it("do not leave an answer that another choice at the same place does not offer", async () => {
    const page = await show({
      view: list(radio("kind", ["cat", "dog"]), helper("if", { condition: condition("equals", { data: output("kind"), to: "cat" }), then: radio("breed", ["siamese"]), else: radio("breed", ["poodle"]) })),
    });
    await page.user.click(screen.getByRole("radio", { name: "poodle" }));
    await page.user.click(screen.getByRole("radio", { name: "cat" }));
    expect(page.output()).toEqual({ kind: "cat" });
    await page.user.click(screen.getByRole("radio", { name: "dog" }));
    expect(page.output()).toEqual({ kind: "dog", breed: "poodle" });
  });

  it("keep their values when the whole page goes", async () => {
    const page = await show({ view, drafts: [{ show: true, why: "so" }] });
    page.changes.length = 0;
    page.unmount();
    expect(page.changes).toEqual([]);
  });
});

describe("validation", () => {
  it("shows hints only after a try to submit, and only while they hold", async () => {
    const page = await show({ view: radio("c", ["x"], { validation: required("c", "Choose one") }) });
    expect(screen.queryByText("Choose one")).toBeNull();
    const { isValid, errors } = await page.validate();
    expect(isValid).toBe(false);
    expect(errors).toEqual([{ taskIndex: 0, taskId: "task-0", component: "field.radio-group", message: "Choose one" }]);
    expect(screen.getByText("Choose one")).toBeTruthy();
    await page.user.click(screen.getByRole("radio", { name: "x" }));
    expect(screen.queryByText("Choose one")).toBeNull();
  });

  it("takes the hint of the part of `all` that fails", async () => {
    const validation = condition("all", { hint: "outer", conditions: [condition("required", { hint: "first" }), condition("equals", { to: "y", hint: "second" })] });
    const page = await show({ view: radio("c", ["x", "y"], { validation }) });
    expect((await page.validate()).errors[0]?.message).toBe("first");
    await page.user.click(screen.getByRole("radio", { name: "x" }));
    expect((await page.validate()).errors[0]?.message).toBe("second");
  });

  it("checks all tasks and tells which one failed", async () => {
    const page = await show({ view: radio("c", ["x"], { validation: required("c") }), inputs: [{}, {}], drafts: [{ c: "x" }] });
    expect((await page.validate()).errors.map((error) => error.taskIndex)).toEqual([1]);
  });

  it("applies to layouts as to fields", async () => {
    const page = await show({ view: { type: "layout.columns", items: [radio("c", ["x"])], validation: required("c", "one of both") } });
    expect((await page.validate()).errors[0]).toMatchObject({ component: "layout.columns", message: "one of both" });
  });
});

describe("triggers", () => {
  const trigger = (rest: object) => ({ type: "plugin.trigger", onChangeOf: output("c"), action: set("copy", output("c")), ...rest });

  it("run when what they watch changes, not at the start", async () => {
    const page = await show({ view: radio("c", ["x", "y"]), plugins: [trigger({})], drafts: [{ c: "x" }] });
    expect(page.output()).toEqual({ c: "x" });
    await page.user.click(screen.getByRole("radio", { name: "y" }));
    expect(page.output()).toEqual({ c: "y", copy: "y" });
  });

  it("run at the start if they fire immediately", async () => {
    const page = await show({ view: radio("c", ["x"]), plugins: [trigger({ fireImmediately: true })], drafts: [{ c: "x" }] });
    expect(page.output()).toEqual({ c: "x", copy: "x" });
  });

  it("run only while their condition holds", async () => {
    const page = await show({ view: radio("c", ["x", "y"]), plugins: [trigger({ condition: condition("equals", { data: output("c"), to: "y" }) })] });
    await page.user.click(screen.getByRole("radio", { name: "x" }));
    expect(page.output()).toEqual({ c: "x" });
    await page.user.click(screen.getByRole("radio", { name: "y" }));
    expect(page.output()).toEqual({ c: "y", copy: "y" });
  });
});
