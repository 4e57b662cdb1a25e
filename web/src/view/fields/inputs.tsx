/** Fields to type into. An emptied field has no value, rather than an empty text. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { controlAttributes } from "../Frame";
import { toNumber, toText } from "../language/json";
import type { Instance } from "../state/instance";
import { useOwnProblem } from "./own-problem";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const DEFAULT_ROWS = 3;

export function TextField({ instance }: { instance: Instance }): VNode {
  return <input type="text" {...textAttributes(instance)} />;
}

export function EmailField({ instance }: { instance: Instance }): VNode {
  const value = toText(instance.value());
  useOwnProblem(instance, value === "" || EMAIL.test(value) ? null : instance.task.suite.t("email.invalid"));
  return <input type="email" inputMode="email" autocomplete="off" {...textAttributes(instance)} dir="ltr" />;
}

export function PhoneField({ instance }: { instance: Instance }): VNode {
  return <input type="tel" inputMode="tel" autocomplete="off" {...textAttributes(instance)} dir="ltr" />;
}

export function TextArea({ instance }: { instance: Instance }): VNode {
  const isFixed = instance.node.resizable !== undefined && !instance.flag("resizable");
  const attributes = textAttributes(instance);
  return <textarea {...attributes} class={isFixed ? "mh-input mh-fixed" : "mh-input"} rows={instance.number("rows") ?? DEFAULT_ROWS} />;
}

export function NumberField({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const value = instance.value();
  // What is typed may be no number yet ("-", "1,"), so the text is kept beside the number it stands for.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed !== null && parseNumber(typed) === toNumber(value) ? typed : toText(value);
  const [minimum, maximum] = [instance.number("minimum"), instance.number("maximum")];
  const number = toNumber(value);
  let problem: string | null = null;
  if (text !== "" && number === undefined) problem = suite.t("number.invalid");
  else if (number !== undefined && minimum !== undefined && number < minimum) problem = suite.t("number.minimum", { limit: minimum });
  else if (number !== undefined && maximum !== undefined && number > maximum) problem = suite.t("number.maximum", { limit: maximum });
  useOwnProblem(instance, problem);
  return (
    <input
      {...textAttributes(instance)}
      type="text"
      inputMode="decimal"
      dir="ltr"
      value={text}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        instance.setValue(parseNumber(event.currentTarget.value), { isTyped: true });
      }}
    />
  );
}

function textAttributes(instance: Instance) {
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  return {
    ...controlAttributes(instance),
    class: "mh-input",
    value: toText(instance.value()),
    placeholder: instance.text("placeholder") || undefined,
    disabled: isDisabled,
    required: instance.flag("requiredMark") || undefined,
    dir: instance.direction(),
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      instance.setValue(event.currentTarget.value === "" ? undefined : event.currentTarget.value, { isTyped: true }),
  };
}

function parseNumber(text: string): number | undefined {
  return toNumber(text.replace(",", ".").replace(/\s/g, ""));
}
