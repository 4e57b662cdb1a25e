/** A page with one task suite, for tests: shows a config and offers what a test looks at. */

import { act, render } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";

import { TaskSuite, type JsonObject, type TaskSuiteHandle, type TaskSuiteProps, type Validity } from "../src/view";

export const input = (path: string, rest = {}) => ({ type: "data.input", path, ...rest });
export const output = (path: string, rest = {}) => ({ type: "data.output", path, ...rest });
export const internal = (path: string, rest = {}) => ({ type: "data.internal", path, ...rest });
export const text = (content: unknown) => ({ type: "view.text", content });
export const list = (...items: unknown[]) => ({ type: "view.list", items });
export const radio = (path: string, values: unknown[], rest = {}) => ({
  type: "field.radio-group",
  data: output(path),
  options: values.map((value) => ({ value, label: String(value) })),
  ...rest,
});
export const required = (path: string, hint = "required") => ({ type: "condition.required", data: output(path), hint });
export const set = (path: string, payload: unknown) => ({ type: "action.set", data: output(path), payload });

type ShowProps = Omit<Partial<TaskSuiteProps>, "tasks"> & { inputs?: JsonObject[]; view?: unknown; plugins?: unknown[]; vars?: object };

/** Render a suite and wait until it has settled. */
export async function show({ inputs = [{}], view, plugins, vars, ...props }: ShowProps) {
  const user = userEvent.setup();
  let handle: TaskSuiteHandle | null = null;
  let validity: Validity | null = null;
  const changes: [number, JsonObject][] = [];
  const all: TaskSuiteProps = {
    config: { view, plugins, vars },
    onChange: (index, value) => changes.push([index, value]),
    ...props,
    tasks: inputs.map((input_values, index) => ({ id: `task-${index}`, input_values })),
    onValidity: (next) => {
      validity = next;
    },
    handle: (next) => {
      handle = next;
    },
  };
  const rendered = render(<TaskSuite {...all} />);
  await settle();
  const ready = () => handle as unknown as TaskSuiteHandle;
  return {
    ...rendered,
    user,
    changes,
    outputs: () => ready().outputs(),
    output: () => ready().outputs()[0],
    isValid: () => (validity as unknown as Validity).isValid,
    answered: () => (validity as unknown as Validity).answered,
    handle: ready,
    validate: async () => {
      const validation = ready().validate();
      await settle();
      return validation;
    },
    press: async (key: string, init: KeyboardEventInit = {}) => {
      await act(() => {
        (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
      });
      await settle();
    },
    change: async (changed: Partial<TaskSuiteProps>) => {
      rendered.rerender(<TaskSuite {...all} {...changed} />);
      await settle();
    },
    settle,
  };
}

/** Let defaults, effects and renderings that are due happen. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
}
