/** The preview page: what an address holds, and what is shown of it. */

import { cleanup, render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { compressToEncodedURIComponent as pack } from "lz-string";
import { describe, expect, it } from "vitest";

import { PreviewPage } from "../src/preview/PreviewPage";
import { packedTask, readTask, unpackTask } from "../src/preview/task";

const CONFIG = {
  view: {
    type: "view.list",
    items: [
      { type: "view.text", content: { type: "data.input", path: "text" } },
      {
        type: "field.radio-group",
        data: { type: "data.output", path: "choice" },
        options: [
          { value: "even", label: "Even" },
          { value: "odd", label: "Odd" },
        ],
        validation: { type: "condition.required", hint: "Choose one" },
      },
    ],
  },
};
const INPUT = { text: "7 is a number – не так ли? 🦔", id: "a" };

describe("the task of an address", () => {
  it.each([
    ["a fragment", { hash: "#config=abc", search: "" }, "abc"],
    ["a query", { hash: "", search: "?config=abc" }, "abc"],
    ["both", { hash: "#config=abc", search: "?config=xyz" }, "abc"],
    ["among others", { hash: "", search: "?lang=EN&config=a%2Bc" }, "a+c"],
    ["nowhere", { hash: "#other=abc", search: "" }, null],
    ["a broken escape", { hash: "#config=a%", search: "" }, "a%"],
  ])("is found in %s", (_, location, packed) => {
    expect(packedTask(location)).toBe(packed);
  });

  it("is read as Toloka's editor packs it", () => {
    const packed = pack(JSON.stringify({ config: JSON.stringify(CONFIG), input: JSON.stringify(INPUT) }));
    expect(unpackTask(packed)).toEqual({ config: CONFIG, input: INPUT, output: null, language: "en" });
  });

  it("may have an answer and a language", () => {
    const document = { config: CONFIG, input: INPUT, output: { choice: "odd" }, lang: "RU" };
    expect(readTask(document)).toEqual({ config: CONFIG, input: INPUT, output: { choice: "odd" }, language: "ru" });
  });

  it.each([
    ["nonsense", "%%%"],
    ["a truncated text", pack(JSON.stringify({ config: "{}" })).slice(0, 8)],
    ["no JSON", pack("hello")],
    ["a list", pack("[]")],
    ["a config that is no object", pack(JSON.stringify({ config: "7" }))],
    ["a config that is no JSON", pack(JSON.stringify({ config: "{" }))],
    ["an input that is no object", pack(JSON.stringify({ config: "{}", input: "[]" }))],
  ])("is refused when it is %s", (_, packed) => {
    expect(() => unpackTask(packed)).toThrow(/cannot be unpacked|is no JSON object/);
  });
});

describe("the page", () => {
  const task = readTask({ config: CONFIG, input: INPUT });

  it("lets an answer be tried, and shows what would be submitted", async () => {
    const user = userEvent.setup();
    render(<PreviewPage task={task} />);
    await screen.findByText(INPUT.text);
    await user.click(screen.getByRole("button", { name: "Check the answer" }));
    screen.getByText("Choose one");
    await user.click(screen.getByRole("radio", { name: "Odd" }));
    await user.click(screen.getByRole("button", { name: "Check the answer" }));
    screen.getByText("This answer could be submitted.");
    expect(JSON.parse(document.querySelector("pre")?.textContent ?? "")).toEqual({ choice: "odd" });
  });

  it("shows an answer that cannot be changed", async () => {
    render(<PreviewPage task={{ ...task, output: { choice: "odd" } }} />);
    const odd = await screen.findByRole<HTMLInputElement>("radio", { name: "Odd" });
    expect([odd.checked, odd.disabled]).toEqual([true, true]);
    expect(screen.queryByRole("button", { name: "Check the answer" })).toBeNull();
  });

  it("names a component that it does not know", async () => {
    render(<PreviewPage task={{ ...task, config: { view: { type: "view.hologram" } } }} />);
    await screen.findByText(/view\.hologram/);
  });

  it("speaks the language of the task", async () => {
    render(<PreviewPage task={{ ...task, language: "ru", config: { view: { type: "view.hologram" } } }} />);
    await screen.findByText(/[а-я].*view\.hologram|view\.hologram.*[а-я]/i);
  });

  it("says so when there is no task, or a broken one", () => {
    render(<PreviewPage task={null} />);
    expect(screen.getByRole("status").textContent).toContain("no task in this address");
    cleanup();
    render(<PreviewPage task={new Error("input is no JSON object")} />);
    expect(screen.getByRole("alert").textContent).toContain("input is no JSON object");
  });
});
