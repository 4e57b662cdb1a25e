/** A dropdown: for more options than can be seen at a glance. */

import type { VNode } from "preact";

import { controlAttributes } from "../Frame";
import { isEqual } from "../language/json";
import type { Instance } from "../state/instance";
import { optionsOf } from "./choice";

const NOTHING = "";

export function Select({ instance }: { instance: Instance }): VNode {
  const options = optionsOf(instance);
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  instance.isChoice = true;
  instance.handles.options = () => options.map((option) => option.value);
  const position = options.findIndex((option) => isEqual(option.value, instance.value()));
  return (
    <select
      {...controlAttributes(instance)}
      class={position < 0 ? "mh-input mh-select mh-unset" : "mh-input mh-select"}
      disabled={isDisabled}
      value={position < 0 ? NOTHING : String(position)}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        instance.setValue(chosen === NOTHING ? undefined : options[Number(chosen)]?.value);
      }}
    >
      <option value={NOTHING}>{instance.text("placeholder") || instance.task.suite.t("select.placeholder")}</option>
      {options.map((option, index) => (
        <option key={index} value={String(index)}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
