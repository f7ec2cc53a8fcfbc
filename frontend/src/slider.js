// A slider that knows "no answer": the browser's own range input, without a thumb until somebody touches it.

import { SurveyQuestionElementBase } from "survey-react-ui";

import { say } from "./say.js";

const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter", " "];

export class Slider extends SurveyQuestionElementBase {
  get question() {
    return this.questionBase;
  }

  take(input) {
    this.question.value = Number(input.value);
  }

  onKeyUp(event) {
    if (MOVES.includes(event.key)) this.take(event.currentTarget);
  }

  onKeyDown(event) {
    if (event.key === "Enter" || event.key === " ") event.preventDefault();
  }

  renderElement() {
    const question = this.question;
    const { min, max, step } = question;
    const empty = question.isEmpty();
    const ends = sliderEnds(question);
    const shown = empty ? min + Math.round((max - min) / 2 / step) * step : question.value;
    const words = empty ? say("No answer yet") : String(question.value);
    return (
      <div class="slider" data-empty={empty ? "" : undefined} ref={(element) => this.setControl(element)}>
        <div class="slider-value">
          <output>{empty ? say("No answer yet") : question.value}</output>
          {empty ? null : (
            <button type="button" class="link" onClick={() => question.clearValue()}>
              {say("Clear")}
            </button>
          )}
        </div>
        <input
          type="range"
          id={question.inputId}
          min={min}
          max={max}
          step={step}
          value={shown}
          style={{ "--at": `${(100 * (shown - min)) / (max - min)}%` }}
          aria-valuetext={words}
          aria-label={question.a11y_input_ariaLabel}
          aria-labelledby={question.a11y_input_ariaLabelledBy}
          aria-describedby={question.a11y_input_ariaDescribedBy}
          aria-invalid={question.a11y_input_ariaInvalid}
          aria-errormessage={question.a11y_input_ariaErrormessage}
          disabled={question.isDisabledAttr}
          onInput={(event) => this.take(event.currentTarget)}
          onPointerUp={(event) => this.take(event.currentTarget)}
          onKeyDown={(event) => this.onKeyDown(event)}
          onKeyUp={(event) => this.onKeyUp(event)}
        />
        <div class="slider-ends" aria-hidden="true">
          {ends.map(([value, text]) => (
            <span key={value}>{text}</span>
          ))}
        </div>
      </div>
    );
  }
}

/** The named ends of a slider: pairs of value and text. */
export function sliderEnds(question) {
  const named = question.customLabels.map((label) => [label.value, label.text]);
  if (named.length === 0) {
    return [
      [question.min, String(question.min)],
      [question.max, String(question.max)],
    ];
  }
  return named.map(([value, text]) => [value, text === String(value) ? text : `${value} · ${text}`]);
}
