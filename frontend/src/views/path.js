// Pathways: a client's small path, and for a clinician what each step waits for.

import { useState } from "preact/hooks";

import "./pieces.js";
import { say } from "../say.js";
import { Confirm, Told, useAct } from "./act.js";

/** The client's own: where they are, without anything to decide. */
export function OwnPaths({ paths }) {
  return paths.map((path) => (
    <section class="card path" key={path.title} aria-label={path.title}>
      <h2>{path.title}</h2>
      <Steps path={path} />
    </section>
  ));
}

/** Those of a client, for their clinicians: say yes, leave a step out, stop, start another. */
export function Paths({ body, view, router }) {
  const { act, told, busy } = useAct(router);
  const send = (action) => act({ back: view.key, ...action });
  return (
    <section class="section" aria-labelledby="paths">
      <h2 id="paths">{say("Pathways")}</h2>
      {body.paths.map((path) => (
        <article class="card path" key={path.key || path.title}>
          <div class="title">
            <h3>{path.title}</h3>
            <p class="soft">{[path.by, path.about].join(". ")}</p>
          </div>
          <Steps path={path} busy={busy} decide={(step, decided) => send({ kind: "decide-step", key: step.key, decided })} />
          {path.key ? (
            <div class="row">
              <Confirm
                label={say("Stop this pathway")}
                named={say("Stop this pathway: {title}", { title: path.title })}
                title={say("Stop “{title}”", { title: path.title })}
                text={say("No further step opens. What is open stays in the plan, and what was done stays in the record.")}
                yes={say("Stop it")}
                onYes={() => send({ kind: "stop-path", key: path.key })}
                busy={busy}
              />
            </div>
          ) : null}
        </article>
      ))}
      {body.path_choices.length ? <Start body={body} send={send} busy={busy} /> : null}
      <Told text={told} />
    </section>
  );
}

function Steps({ path, busy, decide }) {
  return (
    <ol class="steps-of">
      {path.steps.map((step) => (
        <li key={step.title + step.state} data-state={step.state}>
          <span class="row">
            <span>{step.title}</span>
            <span class="soft">{step.text}</span>
          </span>
          {step.ask ? <p class="ask">{step.ask}</p> : null}
          {step.key && decide ? (
            <span class="row">
              {step.ask ? (
                <button class="button primary" type="button" disabled={busy} aria-label={say("Yes, open it: {title}", { title: step.title })} onClick={() => decide(step, "yes")}>
                  {say("Yes, open it")}
                </button>
              ) : null}
              <button class="button plain" type="button" disabled={busy} aria-label={say("Leave it out: {title}", { title: step.title })} onClick={() => decide(step, "skip")}>
                {say("Leave it out")}
              </button>
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function Start({ body, send, busy }) {
  const [template, setTemplate] = useState("");
  const start = (event) => {
    event.preventDefault();
    if (template) send({ kind: "start-path", key: body.path_key, template }).then(() => setTemplate(""));
  };
  return (
    <form class="row start-path" onSubmit={start}>
      <div class="field">
        <label for="path-template">{say("Start a pathway")}</label>
        <select id="path-template" value={template} onChange={(event) => setTemplate(event.currentTarget.value)}>
          <option value="">{say("Choose one")}</option>
          {body.path_choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      </div>
      <button class="button" disabled={busy || !template}>
        {say("Start")}
      </button>
    </form>
  );
}
