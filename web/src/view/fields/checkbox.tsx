/** Checkboxes: one, or a group whose value is an object of booleans. False is left out unless it is preserved. */

import type { VNode } from "preact";

import { controlAttributes } from "../Frame";
import { isObject, toText } from "../language/json";
import type { Instance } from "../state/instance";
import { optionsOf } from "./choice";

export function Checkbox({ instance }: { instance: Instance }): VNode {
  const isChecked = instance.value() === true;
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  const hint = instance.text("hint");
  return (
    <label class={isChecked ? "mh-option mh-chosen" : "mh-option"}>
      <input
        {...controlAttributes(instance)}
        aria-label={undefined}
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => instance.setValue(kept(event.currentTarget.checked, instance))}
      />
      <span class="mh-option-text" dir="auto">
        {instance.text("label")}
        {hint !== "" && (
          <span class="mh-hint" id={`${instance.id}-hint`}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

export function CheckboxGroup({ instance }: { instance: Instance }): VNode {
  const value = instance.value();
  const chosen = isObject(value) ? value : {};
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  const options = optionsOf(instance);
  const toggle = (key: string, isChecked: boolean) => {
    const entries = options.map((option): [string, boolean | undefined] => {
      const name = toText(option.value);
      return [name, kept(name === key ? isChecked : chosen[name] === true, instance)];
    });
    const next = Object.fromEntries(entries.filter(([, isKept]) => isKept !== undefined));
    instance.setValue(Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <div class="mh-options">
      {options.map((option) => {
        const key = toText(option.value);
        return (
          <label key={key} class={chosen[key] === true ? "mh-option mh-chosen" : "mh-option"}>
            <input
              type="checkbox"
              checked={chosen[key] === true}
              disabled={isDisabled}
              onChange={(event) => toggle(key, event.currentTarget.checked)}
            />
            <span class="mh-option-text" dir="auto">
              {option.label}
              {option.hint !== "" && <span class="mh-hint">{option.hint}</span>}
            </span>
          </label>
        );
      })}
    </div>
  );
}

function kept(isChecked: boolean, instance: Instance): boolean | undefined {
  return isChecked || instance.flag("preserveFalse") ? isChecked : undefined;
}
