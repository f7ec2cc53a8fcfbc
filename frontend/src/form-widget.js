// One form as a widget in JupyterLab: answers go to the widget's `answers`, no store behind it.

import { render } from "preact";

import { Guard, report } from "./errors.js";
import { Form } from "./form.js";
import { Reading } from "./reading.js";
import { say } from "./say.js";

const QUIET_MS = 400;

export default {
  render({ model, el }) {
    el.classList.add("iopkit");
    let stop = draw(model, el);
    const again = () => {
      stop?.();
      el.replaceChildren();
      stop = draw(model, el);
    };
    model.on("change:survey change:problems", again); // a preview reads its file again on each save
    return () => {
      model.off("change:survey change:problems", again);
      stop?.();
    };
  },
};

function draw(model, el) {
  try {
    return model.get("problems")?.length ? tell(model, el) : show(model, el);
  } catch (error) {
    report(error, el);
  }
}

/** What is wrong with the file of a preview, in place of its form. */
function tell(model, el) {
  const page = document.createElement("div");
  page.className = "page";
  el.append(page);
  render(
    <div class="notice" role="alert">
      <p>{say("This file cannot be shown yet. It is read again on each save.")}</p>
      <ul>
        {model.get("problems").map((problem) => (
          <li>{problem}</li>
        ))}
      </ul>
    </div>,
    page,
  );
  return () => render(null, page);
}

function show(model, el) {
  const page = document.createElement("div");
  page.className = "page";
  el.append(page);
  if (model.get("read_only")) {
    render(
      <Guard place={el}>
        <Read model={model} />
      </Guard>,
      page,
    );
    return () => render(null, page);
  }
  render(<Head model={model} />, page);
  const place = document.createElement("div");
  page.append(place);
  let timer;
  const form = new Form(place, {
    survey: model.get("survey"),
    answers: model.get("answers"),
    whole: true,
    onChange: (answers) => {
      clearTimeout(timer);
      model.set("answers", answers);
      timer = setTimeout(() => model.save_changes(), QUIET_MS);
    },
  });
  const follow = () => {
    const refused = model.get("refused");
    form.merge(model.get("answers"), new Set(Object.keys(refused))); // what does not fit stays, to be mended
    form.refuse(refused, { go: false });
  };
  model.on("change:answers change:refused", follow);
  place.addEventListener("focusout", () => model.save_changes());
  return () => {
    model.off("change:answers change:refused", follow);
    form.dispose();
  };
}

function Head({ model }) {
  return (
    <header class="stack">
      <h1>{model.get("title")}</h1>
      {model.get("about") ? <p class="lead">{model.get("about")}</p> : null}
    </header>
  );
}

function Read({ model }) {
  return (
    <div class="stack">
      <Head model={model} />
      <div class="card">
        <Reading survey={model.get("survey")} answers={model.get("answers")} />
      </div>
    </div>
  );
}
