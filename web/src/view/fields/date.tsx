/** Dates, with or without a time, as `YYYY-MM-DD` or `YYYY-MM-DD hh:mm`. */

import type { VNode } from "preact";

import { controlAttributes } from "../Frame";
import { toText } from "../language/json";
import type { Instance } from "../state/instance";
import { useOwnProblem } from "./own-problem";

export function DateField({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const hasTime = instance.text("format") === "date-time";
  const value = toText(instance.value());
  const [minimum, maximum] = [instance.text("min"), instance.text("max")];
  const blocked = instance.get("blockList");
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  let problem: string | null = null;
  // Texts of this format sort like the times they stand for; a limit without a time means the whole day.
  if (value !== "" && minimum !== "" && value < minimum) problem = suite.t("date.minimum", { limit: minimum });
  else if (value !== "" && maximum !== "" && value.slice(0, maximum.length) > maximum) problem = suite.t("date.maximum", { limit: maximum });
  else if (Array.isArray(blocked) && value !== "" && blocked.some((date) => value.startsWith(toText(date)))) {
    problem = suite.t("date.blocked");
  }
  useOwnProblem(instance, problem);
  return (
    <input
      {...controlAttributes(instance)}
      class="mh-input mh-date"
      type={hasTime ? "datetime-local" : "date"}
      disabled={isDisabled}
      value={toControl(value, hasTime)}
      min={minimum ? toControl(minimum, hasTime) : undefined}
      max={maximum ? toControl(maximum, hasTime) : undefined}
      onInput={(event) => instance.setValue(event.currentTarget.value.replace("T", " ") || undefined, { isTyped: true })}
    />
  );
}

/** The browser's control wants a T between date and time, and always both or only the date. */
function toControl(value: string, hasTime: boolean): string {
  const [date = "", time = "00:00"] = value.split(/[ T]/);
  return hasTime && date !== "" ? `${date}T${time.slice(0, 5)}` : date;
}
