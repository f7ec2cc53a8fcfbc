// An entry to read: questions and answers as a list, in the words of the version it was filled in with.

import { makeModel } from "./form.js";

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
  if (question.isEmpty()) return <dd class="soft">No answer</dd>;
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
    case "matrixdropdown":
    case "matrixdynamic":
    case "multipletext":
      return (
        <dd>
          <Rows rows={question.getPlainData().data ?? []} />
        </dd>
      );
    case "signaturepad":
      return <dd>{isPicture(question.value) ? <img class="drawing" src={question.value} alt="Drawing" /> : "Drawing"}</dd>;
    case "slider":
      return (
        <dd>
          {question.value} <span class="soft">{`of ${question.max}`}</span>
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

function Rows({ rows }) {
  return (
    <ul class="plain">
      {rows.map((row) => (
        <li key={row.name}>
          {row.title}: {row.isNode ? <Rows rows={row.data} /> : String(row.displayValue ?? "")}
        </li>
      ))}
    </ul>
  );
}

function dayInWords(value) {
  const day = new Date(`${value}T12:00`);
  if (Number.isNaN(day.getTime())) return String(value);
  return day.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

function isPicture(value) {
  return typeof value === "string" && value.startsWith("data:image/png;base64,");
}
