/** A quiz: the first answer to each question counts, and the page says at once whether it is right. */

import type { VNode } from "preact";

import { Markdown } from "../SafeHtml";
import { isEqual, isObject, toText } from "../language/json";
import type { Instance } from "../state/instance";
import { nameOf } from "./choice";

export function Quiz({ instance }: { instance: Instance }): VNode {
  const questions = instance.get("options");
  const instruction = instance.text("instruction");
  instance.isEditable = !instance.isDisabled();
  return (
    <div class="mh-quiz">
      {instruction !== "" && <Markdown text={instruction} />}
      {(Array.isArray(questions) ? questions : []).filter(isObject).map((question) => (
        <Question key={toText(question.key)} instance={instance} question={question} />
      ))}
    </div>
  );
}

function Question({ instance, question }: { instance: Instance; question: Record<string, unknown> }): VNode {
  const { suite } = instance.task;
  const key = toText(question.key);
  const value = instance.value();
  const answers = isObject(value) ? value : {};
  const isAnswered = answers[key] !== undefined;
  const options = (Array.isArray(question.options) ? question.options : []).filter(isObject);
  return (
    <fieldset class={question.border ? "mh-question mh-group" : "mh-question"}>
      {question.label !== undefined && (
        <legend class="mh-label">
          <Markdown text={toText(question.label)} />
        </legend>
      )}
      <div class="mh-options">
        {options.map((option, index) => {
          const isChosen = isAnswered && isEqual(answers[key], option.value);
          const verdict = isChosen && typeof option.correct === "boolean" ? (option.correct ? "right" : "wrong") : null;
          return (
            <label key={index} class={`mh-option ${isChosen ? "mh-chosen" : ""} ${verdict ? `mh-${verdict}` : ""}`}>
              <input
                type="radio"
                name={`${nameOf(instance)}-${key}`}
                checked={isChosen}
                disabled={instance.isDisabled() || Boolean(question.disabled) || isAnswered}
                onChange={() => instance.setValue({ ...answers, [key]: option.value })}
              />
              <span class="mh-option-text">
                <Markdown text={toText(option.label)} />
                {isChosen && (
                  <span class="mh-verdict" role="status">
                    {verdict && <strong>{suite.t(`quiz.${verdict}`)}</strong>}
                    {option.hint !== undefined && <Markdown text={toText(option.hint)} />}
                  </span>
                )}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
