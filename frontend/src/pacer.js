// A guided practice: choose a pattern, start, follow the picture or the words, stop whenever one likes.

import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { SurveyQuestionElementBase } from "survey-react-ui";

import { span } from "./pace.js";
import { Round } from "./practice.js";
import { say } from "./say.js";
import { ownVoice } from "./sound.js";

const MOST_ROUNDS = 20;

export class PracticeQuestion extends SurveyQuestionElementBase {
  renderElement() {
    const question = this.questionBase;
    return (
      <div
        class="pacer"
        role="group"
        aria-labelledby={question.a11y_input_ariaLabelledBy}
        aria-describedby={question.a11y_input_ariaDescribedBy}
        ref={(element) => this.setControl(element)}
      >
        <Pacer question={question} rounds={question.value ?? []} locked={Boolean(question.isDisabledAttr)} />
      </div>
    );
  }
}

function Pacer({ question, rounds, locked }) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const [way, setWay] = useState({ pattern: 0, minutes: question.minutes?.[0] ?? 0, bell: false, voice: false });
  const [round, setRound] = useState(null);
  const main = useRef();
  useEffect(() => () => round?.end(true), [round]);
  const busy = round !== null && round.state !== "over";
  const start = () => {
    const before = [...(question.value ?? [])];
    const begun = new Round({
      ...way,
      pattern: question.patterns[way.pattern],
      onRecord: (row) => (question.value = [...before, row]),
      redraw,
    });
    setRound(begun);
    begun.start();
  };
  const act = { ready: start, over: start, running: () => round.pause(), paused: () => round.goOn() };
  const words = { ready: say("Start"), over: say("Start again"), running: say("Pause"), paused: say("Go on") };
  const state = round?.state ?? "ready";
  const stop = () => {
    round.end(true);
    main.current.focus();
  };
  return (
    <>
      {busy ? <Guide round={round} /> : <Ways question={question} way={way} onChange={setWay} />}
      {rounds.length >= MOST_ROUNDS && !busy ? (
        <p class="soft">{say("This entry holds {most} rounds. Finish it, and begin a new one to go on.", { most: MOST_ROUNDS })}</p>
      ) : (
        <div class="row">
          <button class="button primary" type="button" id={question.inputId} ref={main} disabled={locked} onClick={act[state]}>
            {words[state]}
          </button>
          {busy && round.now.ends < round.course.length && !round.pattern.repeats ? (
            <button class="button" type="button" onClick={() => round.skip()}>
              {say("Next step")}
            </button>
          ) : null}
          {busy ? (
            <button class="button" type="button" onClick={stop}>
              {say("Stop here")}
            </button>
          ) : null}
        </div>
      )}
      <p class="hidden" role="status">
        {busy ? round.told || null : state === "over" ? overWords(round) : null}
      </p>
      {busy ? null : <Rounds question={question} rounds={rounds} locked={locked} />}
    </>
  );
}

function overWords(round) {
  return round.minutes ? say("That was {time}.", { time: span(round.minutes) }) : say("Stopped before it began. Nothing is noted.");
}

/** What to choose before it starts. */
function Ways({ question, way, onChange }) {
  const { patterns, minutes, inputId } = question;
  const voice = useVoice();
  const change = (part) => onChange({ ...way, ...part });
  const pattern = patterns[way.pattern];
  return (
    <>
      {patterns.length > 1 ? (
        <fieldset class="tiles wide">
          <legend>{say("Which one?")}</legend>
          {patterns.map((one, index) => (
            <label key={one.value}>
              <input type="radio" name={`${inputId}-pattern`} checked={way.pattern === index} onChange={() => change({ pattern: index })} />
              <span>
                {one.text}
                {one.description ? <small>{one.description}</small> : null}
              </span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {pattern.repeats && minutes.length > 1 ? (
        <fieldset class="tiles">
          <legend>{say("How long?")}</legend>
          {minutes.map((one) => (
            <label key={one}>
              <input type="radio" name={`${inputId}-minutes`} checked={way.minutes === one} onChange={() => change({ minutes: one })} />
              <span>{span(one)}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <div class="row">
        <label class="switch">
          <input type="checkbox" checked={way.bell} onChange={(event) => change({ bell: event.currentTarget.checked })} />
          {say("A soft bell at each step")}
        </label>
        {voice ? (
          <label class="switch">
            <input type="checkbox" checked={way.voice} onChange={(event) => change({ voice: event.currentTarget.checked })} />
            {say("Read the words aloud")}
          </label>
        ) : null}
      </div>
    </>
  );
}

/** Whether this device has a voice of its own; browsers find theirs a little later than the page. */
function useVoice() {
  const [voice, setVoice] = useState(Boolean(ownVoice()));
  useEffect(() => {
    const look = () => setVoice(Boolean(ownVoice()));
    globalThis.speechSynthesis?.addEventListener("voiceschanged", look);
    look(); // they may have come meanwhile
    return () => globalThis.speechSynthesis?.removeEventListener("voiceschanged", look);
  }, []);
  return voice;
}

/** The step that is on: its words, its count, and a circle that breathes along where motion is welcome. */
function Guide({ round }) {
  const { step, index } = round.now;
  const { steps, length } = round.course;
  const breathing = steps.some((one) => one.breath);
  const paused = round.state === "paused";
  const left = Math.ceil((length - round.second) / 30) / 2;
  return (
    <div class={breathing ? "pacer-guide breathing" : "pacer-guide"}>
      {breathing ? (
        <div class="pacer-ring" aria-hidden="true">
          <div class="pacer-breath" style={{ "--to": round.width, "--for": `${round.seconds}s` }}></div>
        </div>
      ) : null}
      <div class="pacer-step">
        <p class="pacer-words">{step.text}</p>
        <p class="pacer-count" aria-hidden="true">
          {paused ? say("Paused") : round.count}
        </p>
      </div>
      <p class="soft pacer-left">
        {round.pattern.repeats ? leftWords(left) : `${say("Step {step} of {count}", { step: index + 1, count: steps.length })} · ${leftWords(left)}`}
      </p>
    </div>
  );
}

function leftWords(minutes) {
  return minutes < 1 ? say("Less than a minute left") : say("About {time} left", { time: span(minutes) });
}

/** What was practised so far; a round that was a mistake can be taken out. */
function Rounds({ question, rounds, locked }) {
  if (rounds.length === 0) return null;
  const without = (index) => rounds.filter((_, at) => at !== index);
  return (
    <ul class="plain rounds">
      {rounds.map((row, index) => (
        <li key={index}>
          <span>{roundWords(question, row)}</span>
          {locked ? null : (
            <button
              class="link"
              type="button"
              aria-label={say("Take out: {what}", { what: roundWords(question, row) })}
              onClick={() => (question.value = without(index))}
            >
              {say("Take out")}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** One round as people say it. */
export function roundWords(question, { pattern, minutes, ended_early }) {
  const name = question.patterns.find((one) => one.value === pattern)?.text ?? pattern;
  const time = span(minutes);
  return ended_early ? say("{name}: {time}, ended early", { name, time }) : `${name}: ${time}`;
}
