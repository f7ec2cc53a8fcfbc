// An entry to read: questions and answers as a list, in the words of the version it was filled in with.

import { useEffect, useRef } from "preact/hooks";

import "./views/pieces.js";
import { drawingTree, readDrawing } from "./drawing.js";
import { build } from "./figure.js";
import { flagsThatHold, makeModel } from "./form.js";
import { HelpPanel } from "./flags.js";
import { roundWords } from "./pacer.js";
import { locale, say, several } from "./say.js";

/** The help of each flag that holds for these answers, to keep in sight. */
export function ReadingHelp({ body, lines }) {
  const flags = flagsThatHold(body.flags, body.answers).map((id) => ({ id, fresh: false }));
  return <HelpPanel flags={flags} messages={body.messages} lines={lines} />;
}

export function Reading({ survey, answers }) {
  const model = makeModel(survey, answers);
  return (
    <div class="reading">
      {model.visiblePages.map((page) => (
        <section key={page.name}>
          {page.locTitle.textOrHtml ? <h2>{page.locTitle.textOrHtml}</h2> : null}
          <Questions questions={page.questions} />
        </section>
      ))}
    </div>
  );
}

function Questions({ questions }) {
  const shown = questions.filter((question) => question.isVisible && !["html", "image"].includes(question.getType()));
  return (
    <dl>
      {shown.map((question) => (
        <div key={question.id}>
          <dt>{question.locTitle.textOrHtml}</dt>
          <Answer question={question} />
        </div>
      ))}
    </dl>
  );
}

function Answer({ question }) {
  if (question.isEmpty()) return <dd class="soft">{say("No answer")}</dd>;
  switch (question.getType()) {
    case "paneldynamic":
      return (
        <dd>
          <ol class="groups">
            {question.panels.map((panel) => (
              <li key={panel.id}>
                <Questions questions={panel.questions} />
              </li>
            ))}
          </ol>
        </dd>
      );
    case "matrix":
    case "multipletext":
    case "matrixdropdown":
    case "matrixdynamic":
      return (
        <dd>
          <Rows rows={rowsOf(question)} />
        </dd>
      );
    case "practice":
      return (
        <dd>
          <ul class="plain">
            {question.value.map((row, index) => (
              <li key={index}>{roundWords(question, row)}</li>
            ))}
          </ul>
        </dd>
      );
    case "drawing":
      return (
        <dd>
          <Drawing question={question} />
        </dd>
      );
    case "signaturepad":
      return <dd>{isPicture(question.value) ? <img class="drawing" src={question.value} alt={say("Drawing")} /> : say("Drawing")}</dd>;
    case "slider":
      return (
        <dd>
          {question.value} <span class="soft">{say("of {most}", { most: question.max })}</span>
        </dd>
      );
    case "checkbox":
    case "tagbox":
      return <dd>{String(question.displayValue)}</dd>;
    case "text":
      return <dd class="text">{question.inputType === "date" ? dayInWords(question.value) : String(question.value)}</dd>;
    default:
      return <dd class="text">{String(question.displayValue)}</dd>;
  }
}

/** A drawing as its maker left it. */
function Drawing({ question }) {
  const place = useRef();
  const strokes = readDrawing(question.value);
  const name = several("A drawing of {count} line", "A drawing of {count} lines", strokes.length);
  useEffect(() => place.current.replaceChildren(build(drawingTree(strokes, question.palette, name))), [question.value]);
  return <div class="drawing-box" ref={place}></div>;
}

/** The rows of a table of questions: each with its title (or none) and what was answered, in words. */
function rowsOf(question) {
  switch (question.getType()) {
    case "matrix":
      return question.visibleRows.map((row) => {
        const column = question.visibleColumns.find((one) => one.value === row.value);
        return { title: row.text, words: column?.text ?? say("No answer") };
      });
    case "multipletext":
      return question.items.map((item) => ({ title: item.locTitle.textOrHtml, words: item.value ?? say("No answer") }));
    default:
      return question.visibleRows.map((row) => {
        const cells = row.cells.filter((cell) => !cell.question.isEmpty());
        const words = cells.map((cell) => `${cell.column.fullTitle}: ${cell.question.displayValue}`).join(", ");
        return { title: question.getType() === "matrixdropdown" ? row.text : "", words: words || say("No answer") };
      });
  }
}

function Rows({ rows }) {
  return (
    <ul class="plain rows">
      {rows.map(({ title, words }, index) => (
        <li key={index}>
          {title ? <span class="soft">{`${title} `}</span> : null}
          {String(words)}
        </li>
      ))}
    </ul>
  );
}

function dayInWords(value) {
  const day = new Date(`${value}T12:00`);
  if (Number.isNaN(day.getTime())) return String(value);
  return day.toLocaleDateString(locale(), { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

function isPicture(value) {
  return typeof value === "string" && value.startsWith("data:image/png;base64,");
}
