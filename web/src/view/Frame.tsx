/** The frame of every component: its label, its hint, itself, and what is wrong with it. */

import type { ComponentChildren, VNode } from "preact";

import type { Instance } from "./state/instance";

/** How a component is named: text above it, the label of one control, or the legend of a group of controls. */
export type FrameKind = "plain" | "control" | "group" | "bare";

interface FrameProps {
  readonly instance: Instance;
  readonly kind: FrameKind;
  readonly children: ComponentChildren;
}

export function Frame({ instance, kind, children }: FrameProps): VNode {
  const problem = instance.shownProblem.value;
  const hasHint = kind !== "bare" && instance.text("hint") !== "";
  const body = (
    <>
      {hasHint && (
        <p class="mh-hint" dir="auto" id={`${instance.id}-hint`}>
          {instance.text("hint")}
        </p>
      )}
      {children}
      {problem !== null && (
        <p class="mh-error" id={`${instance.id}-error`}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 1.2 15.4 14.4H.6Z" />
            <path class="mh-error-mark" d="M8 6v4M8 11.7v.6" />
          </svg>
          {problem}
        </p>
      )}
    </>
  );
  const attributes = {
    class: `mh-component mh-${instance.node.type.replace(/^.*\//, "").replace(".", "-")}${problem === null ? "" : " mh-has-error"}`,
    ref: (element: HTMLElement | null) => {
      instance.element = element;
    },
  };
  if (kind === "group") return <Group instance={instance} attributes={attributes} body={body} />;
  const label = kind === "bare" ? "" : instance.text("label");
  return (
    <div {...attributes}>
      {label !== "" &&
        (kind === "control" ? (
          <label class="mh-label" dir="auto" for={controlId(instance)}>
            <LabelText instance={instance} label={label} />
          </label>
        ) : (
          <div class="mh-label" dir="auto">
            {label}
          </div>
        ))}
      {body}
    </div>
  );
}

function Group({ instance, attributes, body }: { instance: Instance; attributes: object; body: VNode }): VNode {
  const label = instance.text("label");
  const name = label === "" ? { "aria-label": instance.task.suite.t("task.answer") } : {};
  return (
    <fieldset {...attributes} {...name} aria-describedby={describedBy(instance)}>
      {label !== "" && (
        <legend class="mh-label" dir="auto">
          <LabelText instance={instance} label={label} />
        </legend>
      )}
      {body}
    </fieldset>
  );
}

function LabelText({ instance, label }: { instance: Instance; label: string }): VNode {
  return (
    <>
      {label}
      {instance.flag("requiredMark") && <span class="mh-required"> *</span>}
    </>
  );
}

export function controlId(instance: Instance): string {
  return `${instance.id}-control`;
}

/** The ids of the texts that explain a control to a screen reader. */
export function describedBy(instance: Instance): string | undefined {
  const ids = [
    ...(instance.text("hint") === "" ? [] : [`${instance.id}-hint`]),
    ...(instance.shownProblem.value === null ? [] : [`${instance.id}-error`]),
  ];
  return ids.length === 0 ? undefined : ids.join(" ");
}

/** What every single control carries: its id, its description and whether it is wrong. */
export function controlAttributes(instance: Instance) {
  return {
    id: controlId(instance),
    "aria-describedby": describedBy(instance),
    "aria-invalid": instance.shownProblem.value === null ? undefined : ("true" as const),
    "aria-label": instance.text("label") === "" ? instance.text("placeholder") || instance.task.suite.t("task.answer") : undefined,
  };
}
