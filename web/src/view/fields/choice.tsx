/** Choices of one value: radio buttons, drawn as rows or as buttons, and a single button. */

import type { VNode } from "preact";
import { useContext } from "preact/hooks";

import { controlAttributes } from "../Frame";
import { KeyMapContext } from "../key-map";
import { isEqual, isObject, toText } from "../language/json";
import { keyOf } from "../language/scope";
import { keyForOption } from "../state/hotkeys";
import type { Instance } from "../state/instance";

export interface Option {
  readonly value: unknown;
  readonly label: string;
  readonly hint: string;
}

/** Return the evaluated options of a field. */
export function optionsOf(instance: Pick<Instance, "get">): Option[] {
  const options = instance.get("options");
  return (Array.isArray(options) ? options : [])
    .filter(isObject)
    .map(({ value, label, hint }) => ({ value, label: toText(label ?? value), hint: toText(hint) }));
}

/** Groups bound to the same place share the name of their buttons, so that the browser treats them as one. */
export function nameOf(instance: Instance): string {
  const address = instance.address();
  return `${instance.task.suite.name}-${instance.task.index}-${address ? keyOf(address) : instance.id}`;
}

export function RadioGroup({ instance }: { instance: Instance }): VNode {
  return <Radios instance={instance} class="mh-options" />;
}

export function ButtonRadioGroup({ instance }: { instance: Instance }): VNode {
  return <Radios instance={instance} class="mh-options mh-options-buttons" />;
}

function Radios({ instance, ...rest }: { instance: Instance; class: string }): VNode {
  const options = optionsOf(instance);
  const value = instance.value();
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  instance.isChoice = true;
  instance.handles.options = () => options.map((option) => option.value);
  return (
    <div class={rest.class} dir={instance.get("rtl") ? instance.direction() : undefined}>
      {options.map((option, index) => (
        <label key={index} class={isEqual(option.value, value) ? "mh-option mh-chosen" : "mh-option"}>
          <input
            type="radio"
            name={nameOf(instance)}
            checked={isEqual(option.value, value)}
            disabled={isDisabled}
            onChange={() => instance.setValue(option.value)}
          />
          <span class="mh-option-text" dir="auto">
            {option.label}
            {option.hint !== "" && <span class="mh-hint">{option.hint}</span>}
          </span>
          <KeyBadge instance={instance} value={option.value} />
        </label>
      ))}
    </div>
  );
}

/** One button for an answer that may be left out: pressed again, it takes the answer back. */
export function ButtonRadio({ instance }: { instance: Instance }): VNode {
  const target = instance.get("valueToSet");
  const isChosen = isEqual(instance.value(), target);
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  instance.isChoice = true;
  return (
    <button
      {...controlAttributes(instance)}
      type="button"
      class={isChosen ? "mh-button mh-chosen" : "mh-button"}
      aria-label={undefined}
      aria-invalid={undefined}
      aria-pressed={isChosen}
      disabled={isDisabled}
      dir={instance.direction()}
      onClick={() => instance.setValue(isChosen ? undefined : target)}
    >
      {instance.text("label")}
      <KeyBadge instance={instance} value={target} />
    </button>
  );
}

export function KeyBadge({ instance, value }: { instance: Instance; value: unknown }): VNode | null {
  const key = keyForOption(instance, value, useContext(KeyMapContext));
  if (key === null) return null;
  return (
    <kbd class="mh-key" aria-hidden="true">
      {{ up: "↑", down: "↓" }[key] ?? key.toUpperCase()}
    </kbd>
  );
}
