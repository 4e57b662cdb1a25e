/** A list whose items the worker adds, fills in and removes. */

import type { VNode } from "preact";
import { useRef } from "preact/hooks";

import { Content } from "../Content";
import { Icon } from "../Icon";
import { evaluate } from "../language/evaluate";
import type { Address, Scope } from "../language/scope";
import type { Instance } from "../state/instance";
import { useOwnProblem } from "./own-problem";

export function ListField({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const value = instance.value();
  const items = Array.isArray(value) ? value : [];
  const scopes = useRef<Scope[]>([]);
  const address = instance.address();
  const isEditable = !instance.isDisabled() && (instance.node.editable === undefined || instance.flag("editable"));
  instance.isEditable = isEditable;
  const [minimum, maximum] = [instance.number("minLength"), instance.number("maxLength")];
  let problem: string | null = null;
  if (minimum !== undefined && items.length < minimum) problem = suite.t("list.minimum", { limit: minimum });
  else if (maximum !== undefined && items.length > maximum) problem = suite.t("list.maximum", { limit: maximum });
  useOwnProblem(instance, problem);

  const add = () => instance.setValue([...items, null]);
  const remove = (index: number) => {
    if (address) instance.task.renew(address);
    const rest = items.filter((_, position) => position !== index);
    instance.setValue(rest.length === 0 ? undefined : rest);
  };
  const direction = instance.text("direction") === "horizontal" ? "horizontal" : "vertical";
  return (
    <div class="mh-list-field">
      <ol class={`mh-list mh-list-${direction} mh-gap-${instance.text("size") === "s" ? "s" : "m"}`}>
        {items.map((_, index) => (
          <li key={index} class="mh-list-item">
            <Content value={evaluate(instance.node.render, scopeOf(instance, scopes.current, address, index))} />
            {isEditable && (
              <button type="button" class="mh-tool" aria-label={suite.t("list.remove", { number: index + 1 })} onClick={() => remove(index)}>
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ol>
      {isEditable && (maximum === undefined || items.length < maximum) && (
        <button type="button" class="mh-button" onClick={add}>
          <Icon name="plus" />
          {instance.text("buttonLabel") || suite.t("list.add")}
        </button>
      )}
    </div>
  );
}

/** The scope of one item; the same object at every rendering, so that its fields stay what they are. */
function scopeOf(instance: Instance, scopes: Scope[], address: Address | null, index: number): Scope {
  if (!address) return instance.scope;
  const known = scopes[index];
  if (known) return known;
  const scope = instance.scope.within({ ...address, path: [...address.path, String(index)] });
  scopes[index] = scope;
  return scope;
}
