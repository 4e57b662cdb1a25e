/** The gallery: one config per component or rule, for looking at and for taking pictures of. */

import type { JsonObject } from "../view/language/json";

export interface Exhibit {
  readonly name: string;
  readonly config: object;
  readonly inputs?: readonly JsonObject[];
  readonly drafts?: readonly JsonObject[];
  /** Whether the exhibit is shown as after a try to submit. */
  readonly isChecked?: boolean;
  readonly direction?: "rtl";
}

interface Media {
  readonly image: string;
  readonly otherImage: string;
  readonly sound: string;
}

const input = (path: string) => ({ type: "data.input", path });
const output = (path: string) => ({ type: "data.output", path });
const text = (content: unknown) => ({ type: "view.text", content });
const list = (...items: unknown[]) => ({ type: "view.list", items });
const required = (path: string, hint = "Choose one of the options") => ({ type: "condition.required", data: output(path), hint });
const options = (...labels: string[]) => labels.map((label) => ({ label, value: label.toLowerCase() }));

export function gallery({ image, otherImage, sound }: Media): Exhibit[] {
  return [
    {
      name: "Classification as manyhands generates it",
      config: {
        view: list(
          { type: "view.image", url: input("image") },
          { type: "view.group", content: list(text("What is in the picture?"), { type: "field.radio-group", data: output("choice"), options: options("House", "Tree", "Car", "Nothing of these"), validation: required("choice") }) },
        ),
        plugins: [
          { type: "plugin.toloka", layout: { kind: "scroll", taskWidth: 700 }, notifications: [text("Check that pictures and recordings are shown.")] },
          { type: "plugin.hotkeys", ...Object.fromEntries(["house", "tree", "car", "nothing of these"].map((value, i) => [i + 1, { type: "action.set", data: output("choice"), payload: value }])) },
        ],
      },
      inputs: [{ image }, { image: otherImage }],
      drafts: [{ choice: "tree" }, {}],
    },
    {
      name: "Side by side",
      config: {
        view: {
          type: "layout.side-by-side",
          items: [{ type: "view.image", url: input("a") }, { type: "view.image", url: input("b") }],
          controls: { type: "field.button-radio-group", label: "Which one is brighter?", data: output("choice"), options: options("Left", "Right", "Both alike") },
        },
      },
      inputs: [{ a: image, b: otherImage }],
    },
    {
      name: "Compare texts, two groups that act as one",
      config: {
        view: list(text("Which answer is clearer?"), {
          type: "layout.compare",
          items: [{ content: text(input("a")) }, { content: text(input("b")) }],
          wideCommonControls: true,
          commonControls: {
            type: "layout.columns",
            minWidth: 10,
            items: [
              { type: "field.radio-group", data: output("choice"), options: [{ value: "a", label: "Left option" }] },
              { type: "field.radio-group", data: output("choice"), options: [{ value: "b", label: "Right option" }] },
            ],
          },
        }),
        plugins: [{ type: "plugin.toloka", layout: { kind: "scroll", taskWidth: 700 } }],
      },
      inputs: [{ a: "Water boils at 100 °C at sea level, and at a lower temperature in the mountains.", b: "Water boils when it is hot." }],
      drafts: [{ choice: "a" }],
    },
    {
      name: "Transcription",
      config: {
        view: list(
          { type: "view.audio", url: input("audio"), validation: { type: "condition.played-fully", hint: "Listen to the whole recording" } },
          { type: "field.textarea", label: "What is said?", hint: "Write numbers as words.", data: output("text"), placeholder: "Type here", validation: required("text", "Write down what you hear") },
        ),
        plugins: [{ type: "plugin.toloka", layout: { kind: "scroll", taskWidth: 700 } }],
      },
      inputs: [{ audio: sound }],
      isChecked: true,
    },
    {
      name: "Image annotation",
      config: {
        view: {
          type: "field.image-annotation",
          label: "Mark every object",
          data: output("shapes"),
          image: input("image"),
          labels: options("House", "Tree", "Car"),
          validation: required("shapes", "Mark at least one object"),
        },
      },
      inputs: [{ image }],
      drafts: [
        {
          shapes: [
            { shape: "rectangle", left: 0.09, top: 0.3, width: 0.29, height: 0.42, label: "house" },
            { shape: "polygon", label: "tree", points: [{ left: 0.49, top: 0.42 }, { left: 0.58, top: 0.36 }, { left: 0.72, top: 0.56 }, { left: 0.66, top: 0.7 }, { left: 0.56, top: 0.76 }, { left: 0.49, top: 0.62 }] },
            { shape: "point", left: 0.82, top: 0.76, label: "car" },
          ],
        },
      ],
    },
    {
      name: "Text annotation",
      config: { view: { type: "field.text-annotation", label: "Mark people and places", data: output("spans"), content: input("text"), labels: options("Person", "Place", "Time"), adjust: "words" } },
      inputs: [{ text: "Ada Lovelace was born in London in December 1815 and wrote to Charles Babbage for many years." }],
      drafts: [{ spans: [{ label: "person", offset: 0, length: 12, segment: "Ada Lovelace" }, { label: "place", offset: 25, length: 6, segment: "London" }] }],
    },
    {
      name: "Choices",
      config: {
        view: list(
          { type: "field.checkbox-group", label: "What applies?", data: output("many"), options: [{ label: "Blurred", value: "blurred", hint: "Edges cannot be seen" }, { label: "Too dark", value: "dark" }] },
          { type: "field.checkbox", label: "I have read the instruction", data: output("read"), validation: required("read", "Confirm that you have read it") },
          { type: "field.select", label: "Language", data: output("language"), options: options("English", "Русский", "العربية"), placeholder: "Choose a language" },
          { type: "field.button-radio", label: "Cannot tell", data: output("unsure"), valueToSet: "yes" },
          { type: "field.radio-group", label: "Shown only", data: { type: "data.internal", path: "shown", default: "no" }, disabled: true, options: options("Yes", "No") },
        ),
      },
      drafts: [{ many: { blurred: true } }],
      isChecked: true,
    },
    {
      name: "Inputs",
      config: {
        view: list(
          { type: "field.text", label: "Name", requiredMark: true, data: output("name"), validation: { type: "condition.schema", data: output("name"), schema: { type: "string", minLength: 3 }, hint: "At least three letters" } },
          { type: "layout.columns", minWidth: 180, items: [
            { type: "field.number", label: "Age", data: output("age"), minimum: 18, maximum: 99, hint: "In years" },
            { type: "field.date", label: "Date", data: output("date"), format: "date" },
            { type: "field.email", label: "E-mail", data: output("email"), placeholder: "name@example.org" },
            { type: "field.phone-number", label: "Phone", data: output("phone") },
          ] },
        ),
      },
      drafts: [{ name: "Al", age: 7 }],
      isChecked: true,
    },
    {
      name: "Files and recordings",
      config: {
        view: list(
          { type: "field.audio", label: "Read the sentence aloud", data: output("audio") },
          { type: "field.media-file", label: "A picture of the shelf", data: output("media"), accept: { photo: true, video: true, gallery: true, fileSystem: true } },
          { type: "field.file", label: "A document", data: output("file"), multiple: true },
        ),
      },
      drafts: [{ file: ["attachment-1"] }],
    },
    {
      name: "Lists and a quiz",
      config: {
        view: list(
          { type: "field.list", label: "Prices on the shelf", data: output("prices"), buttonLabel: "Add a price", render: { type: "layout.columns", minWidth: 120, items: [
            { type: "field.text", placeholder: "Goods", data: { type: "data.relative", path: "goods" } },
            { type: "field.number", placeholder: "Price", data: { type: "data.relative", path: "price" } },
          ] } },
          { type: "field.quiz", label: "Before you start", data: output("quiz"), options: [{ key: "q", border: true, label: "How many **labels** fit one picture?", options: [{ label: "Exactly one", value: 1, correct: true, hint: "Choose the one that is largest." }, { label: "As many as I see", value: 2, correct: false, hint: "Read the instruction again." }] }] },
        ),
      },
      drafts: [{ prices: [{ goods: "Milk", price: 1.2 }, { goods: "Bread" }], quiz: { q: 2 } }],
    },
    {
      name: "Texts and containers",
      config: {
        view: list(
          { type: "view.markdown", content: "## Compare the **two** pages\n\nLook at `price` and name:\n\n1. open [the page](https://example.org)\n2. read it\n\n| sign | means |\n|---|---|\n| ✓ | same |\n\n<script>alert(1)</script><img src=x onerror=alert(1)>" },
          { type: "view.alert", theme: "info", content: text("Something to know.") },
          { type: "view.alert", theme: "success", content: text("Something that went well.") },
          { type: "view.alert", theme: "warning", content: text("Something to look out for.") },
          { type: "view.alert", theme: "danger", content: text("Something that is not allowed.") },
          { type: "view.labeled-list", items: [{ label: "Name", content: text("Café Central") }, { label: "Address", content: text("Herrengasse 14") }] },
          { type: "view.divider" },
          { type: "view.link-group", links: [{ content: "Open the page", url: "https://example.org", theme: "primary" }, { content: "Search", url: "https://example.org/search" }] },
          { type: "view.collapse", label: "More details", defaultOpened: true, content: text("They are here.") },
          { type: "view.action-button", label: "Say hello", action: { type: "action.notify", payload: { content: "Hello!", theme: "success" } } },
          { type: "view.link", content: "A link", url: "https://example.org" },
        ),
      },
    },
    {
      name: "Sidebar, bars and a device",
      config: {
        view: { type: "layout.bars", barBefore: text("Shop 12 · shelf 4"), content: { type: "layout.sidebar", content: { type: "view.device-frame", content: { type: "view.image", url: input("image"), rotatable: true } }, controls: { type: "field.radio-group", label: "Does it fit?", data: output("fits"), options: options("Yes", "No") } } },
      },
      inputs: [{ image: otherImage }],
    },
    {
      name: "Pager",
      config: {
        view: list(text(input("text")), { type: "field.button-radio-group", data: output("choice"), options: options("Positive", "Neutral", "Negative"), validation: required("choice") }),
        plugins: [{ type: "plugin.toloka", layout: { kind: "pager", taskWidth: 700 } }],
      },
      inputs: [{ text: "I would buy it again." }, { text: "It arrived." }, { text: "Never again." }],
      drafts: [{ choice: "positive" }],
    },
    {
      name: "Right to left",
      direction: "rtl",
      config: { view: list(text("ماذا ترى في الصورة؟"), { type: "field.radio-group", label: "اختر إجابة", hint: "إجابة واحدة فقط", data: output("c"), options: [{ label: "منزل", value: 1 }, { label: "شجرة", value: 2 }] }, { type: "view.audio", url: input("audio") }, { type: "field.select", data: output("s"), options: [{ label: "نعم", value: 1 }] }) },
      inputs: [{ audio: sound }],
      drafts: [{ c: 2 }],
    },
    {
      name: "What this page cannot show",
      config: { view: list(text("The rest of the task stays usable."), { type: "field.map", data: output("map"), center: "0,0" }, { type: "view.image", url: "https://nowhere.invalid/picture.png" }) },
    },
  ];
}
