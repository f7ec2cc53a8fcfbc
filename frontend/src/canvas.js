// A canvas to draw on with mouse, finger, pen or keys. What is stored are its lines (drawing.js), not its pixels.

import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import { SurveyQuestionElementBase } from "survey-react-ui";

import { onGrid } from "./drawing.js";
import { Easel } from "./easel.js";
import { say, several } from "./say.js";
import { Sketch } from "./sketch.js";

const STEP = 10; // grid units an arrow key moves the pen; with Shift five times as far
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NEARLY_FULL = 0.8;

export class DrawingQuestion extends SurveyQuestionElementBase {
  renderElement() {
    const question = this.questionBase;
    return (
      <div
        class="canvas"
        role="group"
        aria-labelledby={question.a11y_input_ariaLabelledBy}
        aria-describedby={question.a11y_input_ariaDescribedBy}
        ref={(element) => this.setControl(element)}
      >
        <Canvas question={question} value={question.value ?? ""} locked={Boolean(question.isDisabledAttr)} />
      </div>
    );
  }
}

function Canvas({ question, value, locked }) {
  const { palette } = question;
  const [, redraw] = useReducer((count) => count + 1, 0);
  const [tool, setTool] = useState({ colour: palette.colours[0].value, pen: palette.pens[1].value });
  const sketch = useRef(null);
  sketch.current ??= new Sketch(value, palette.limit, (text) => (question.value = text || undefined));
  const mine = sketch.current;
  if (value !== mine.text) mine.replace(value); // somebody else drew, or another page of the same client
  const act = (how) => {
    if (!locked) how();
    redraw();
  };
  const name = palette.colours.find((one) => one.value === tool.colour).text;
  return (
    <>
      <fieldset class="tiles">
        <legend>{say("Pen")}</legend>
        {palette.pens.map((pen) => (
          <label key={pen.value}>
            <input
              type="radio"
              name={`${question.inputId}-pen`}
              checked={tool.pen === pen.value}
              onChange={() => setTool({ ...tool, pen: pen.value })}
            />
            <span>{pen.text}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="swatches">
        <legend>
          {say("Color:")} <strong>{name}</strong>
        </legend>
        {palette.colours.map((colour) => (
          <label key={colour.value} title={colour.text}>
            <input
              type="radio"
              name={`${question.inputId}-colour`}
              aria-label={colour.text}
              checked={tool.colour === colour.value}
              onChange={() => setTool({ ...tool, colour: colour.value })}
            />
            <span style={{ "--tone": colour.is }}></span>
          </label>
        ))}
      </fieldset>
      <Paper question={question} sketch={mine} tool={tool} locked={locked} act={act} />
      <div class="row">
        <button class="button" type="button" aria-disabled={locked || !mine.canUndo} onClick={() => act(() => mine.undo())}>
          {say("Undo")}
        </button>
        <button class="button" type="button" aria-disabled={locked || mine.strokes.length === 0} onClick={() => act(() => mine.clear())}>
          {say("Clear")}
        </button>
        <button class="link" type="button" onClick={() => question.survey.getQuestionByName(question.wordsIn)?.focus()}>
          {say("Use words instead")}
        </button>
      </div>
      <p class="soft canvas-note" role="status">
        {noteOf(mine, palette.limit)}
      </p>
    </>
  );
}

function noteOf(sketch, limit) {
  if (sketch.refused) {
    return say("This drawing is full, so the last line was not added. Undo some lines, or finish here and go on in a new drawing.");
  }
  if (sketch.cleared) return say("The paper is empty again. Undo brings your drawing back.");
  const share = sketch.text.length / limit;
  if (share < NEARLY_FULL) return "";
  const used = Math.round(sketch.text.length / 1000);
  return say("There is not much room left: {used} of {most} KB are used.", { used, most: limit / 1000 });
}

/** The sheet itself: it follows the pointer, and keys. */
function Paper({ question, sketch, tool, locked, act }) {
  const { palette } = question;
  const place = useRef();
  const line = useRef(null); // the line under way: { pointer, points }
  const [pen, setPen] = useState({ at: [palette.width / 2, palette.height / 2], down: null });
  const easel = useRef(null);
  const latest = useRef();
  latest.current = () => {
    easel.current ??= new Easel(place.current, palette);
    easel.current.paint(sketch.strokes, underWay(line.current, pen, tool));
  };
  useLayoutEffect(() => latest.current());
  useEffect(() => {
    const follow = new ResizeObserver(() => latest.current());
    follow.observe(place.current);
    return () => follow.disconnect();
  }, []);

  const pointsOf = (event) => {
    const box = place.current.getBoundingClientRect();
    const all = event.getCoalescedEvents?.() ?? [];
    const toGrid = ({ clientX, clientY }) =>
      onGrid([((clientX - box.left) / box.width) * palette.width, ((clientY - box.top) / box.height) * palette.height], palette);
    return (all.length ? all : [event]).map(toGrid);
  };
  const begin = (event) => {
    if (locked || line.current || event.button !== 0) return;
    place.current.setPointerCapture(event.pointerId);
    line.current = { pointer: event.pointerId, points: pointsOf(event) };
    latest.current();
  };
  const move = (event) => {
    if (line.current?.pointer !== event.pointerId) return;
    line.current.points.push(...pointsOf(event));
    latest.current();
  };
  const lift = (event) => {
    if (line.current?.pointer !== event.pointerId) return;
    const { points } = line.current;
    line.current = null;
    act(() => sketch.add({ ...tool, points }));
  };
  const onKey = (event) => {
    const way = ARROWS[event.key];
    if (locked || event.altKey) return;
    if (way) setPen(moved(pen, way, event.shiftKey ? 5 * STEP : STEP, palette));
    else if (event.key === " ") setPen(lifted(pen, (points) => act(() => sketch.add({ ...tool, points }))));
    else if (event.key === "z" && (event.ctrlKey || event.metaKey)) act(() => sketch.undo());
    else return;
    event.preventDefault();
  };
  const leave = () => pen.down && setPen(lifted(pen, (points) => act(() => sketch.add({ ...tool, points }))));
  const [x, y] = pen.at;
  return (
    <div class="paper" style={{ "--x": x / palette.width, "--y": y / palette.height, "--paper": palette.paper }}>
      <div class="paper-sheet">
        <canvas
          id={question.inputId}
          ref={place}
          tabIndex={0}
          role="application"
          aria-roledescription={say("drawing paper")}
          aria-label={several("Paper, {count} line", "Paper, {count} lines", sketch.strokes.length)}
          aria-describedby={`${question.inputId}-keys`}
          onPointerDown={begin}
          onPointerMove={move}
          onPointerUp={lift}
          onPointerCancel={lift}
          onKeyDown={onKey}
          onBlur={leave}
        >
          {say("A drawing")}
        </canvas>
        <span class={pen.down ? "pen down" : "pen"} aria-hidden="true"></span>
      </div>
      <p class="soft keys" id={`${question.inputId}-keys`}>
        {say("With keys: the arrows move the pen, Space puts it down and lifts it.")}
      </p>
      <span class="hidden" role="status">
        {pen.down ? say("The pen is down") : ""}
      </span>
    </div>
  );
}

function moved(pen, [right, down], step, palette) {
  const at = onGrid([pen.at[0] + right * step, pen.at[1] + down * step], palette);
  return { at, down: pen.down && [...pen.down, at] };
}

function lifted(pen, add) {
  if (!pen.down) return { ...pen, down: [pen.at] };
  add(pen.down);
  return { ...pen, down: null };
}

function underWay(line, pen, tool) {
  const points = line?.points ?? pen.down;
  return points ? { ...tool, points } : null;
}
