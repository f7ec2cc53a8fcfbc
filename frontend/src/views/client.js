// One client as their clinician sees them: what changed, entries, plan.

import { useState } from "preact/hooks";

import { Pictures } from "../figure.js";
import { go } from "../header.js";
import { newId } from "../kernel.js";
import { useParts } from "../later.js";
import { say } from "../say.js";
import { Told, useAct } from "./act.js";
import { Entries } from "./lines.js";
import { PlanCard } from "./plan.js";

/** Sections of pictures that are open from the start; the others are a tap away. */
const OPEN = 2;

export function Client({ body, view, router, line }) {
  return (
    <div class="stack">
      <header class="stack">
        <h1 tabIndex={-1}>{body.client}</h1>
        <ul class="facts soft">
          {body.facts.map((fact, index) => (
            <li key={index}>{fact}</li>
          ))}
        </ul>
        {body.opened_by ? <p class="notice">{body.opened_by}</p> : null}
        {body.safe?.length ? <Share switches={body.safe} router={router} /> : null}
        {body.together?.length ? <Now drafts={body.together} router={router} /> : null}
        {body.alerts.map((alert) => (
          <Alert key={alert.key} alert={alert} line={line} router={router} />
        ))}
      </header>
      <div class="columns">
        {body.hour ? <InHour part="Agenda" hour={body.hour} /> : <Changes body={body} />}
        <div class="stack">
          {body.hour ? <InHour part="Review" hour={body.hour} view={view} router={router} /> : null}
          {body.sides?.length ? <InHour part="Sides" sides={body.sides} router={router} /> : null}
          {body.patterns ? (
            <p>
              <a class="button" href={`#${body.patterns}`} onClick={(event) => go(event, router, body.patterns)}>
                {say("Two figures, day by day")}
              </a>
            </p>
          ) : null}
          {body.marked && body.charts.length ? <p class="soft">{body.marked}</p> : null}
          {body.charts.map((pictures, index) => (
            <Pictures key={pictures.title} pictures={pictures} open={index < OPEN} />
          ))}
          <section class="section" aria-labelledby="entries">
            <h2 id="entries">{say("Entries")}</h2>
            {body.entries.length ? <Entries entries={body.entries} router={router} /> : <p class="soft">{body.empty}</p>}
          </section>
        </div>
        <div class="stack">
          {body.obstacles?.length ? <Obstacles lines={body.obstacles} /> : null}
          {body.hour ? <InHour part="Next" hour={body.hour} view={view} router={router} /> : null}
          {body.joint ? <Joint joint={body.joint} router={router} /> : null}
          <section class="section" aria-labelledby="plan">
            <h2 id="plan">{say("Plan")}</h2>
            {body.plan.map((card) => (
              <PlanCard key={card.key} card={card} router={router} view={view} />
            ))}
            {body.plan.length ? null : <p class="soft">{say("Nothing is assigned.")}</p>}
            {body.library ? (
              <a class="button" href={`#${body.library}`} onClick={(event) => go(event, router, body.library)}>
                {say("Assign something")}
              </a>
            ) : null}
          </section>
          {body.paths?.length || body.path_choices?.length ? <Ways body={body} view={view} router={router} /> : null}
        </div>
      </div>
    </div>
  );
}

const ways = () => import("./path.js");

function Ways(props) {
  const parts = useParts(ways);
  return parts ? <parts.Paths {...props} /> : null;
}

function Obstacles({ lines }) {
  return (
    <section class="section" aria-labelledby="obstacles">
      <h2 id="obstacles">{say("What got in the way")}</h2>
      <ul class="changes">
        {lines.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ body }) {
  return (
    <section class="section" aria-labelledby="changes">
      <h2 id="changes">{say("What changed")}</h2>
      {body.changes.length ? (
        <ul class="changes">
          {body.changes.map((text, index) => (
            <li key={index}>{text}</li>
          ))}
        </ul>
      ) : (
        <p class="soft">{say("Nothing to compare yet.")}</p>
      )}
    </section>
  );
}

const hour = () => import("./hour.js");

/** A part of the hour with a client, once its code has come. */
function InHour({ part, ...props }) {
  const parts = useParts(hour);
  const Part = parts?.[part];
  return Part ? <Part {...props} /> : null;
}

/** The switch to a page that the client may look at too. */
function Share({ switches, router }) {
  const alone = switches.length === 1;
  return (
    <p class="row">
      {switches.map((one) => (
        <a key={one.key} class="button" href={`#${one.key}`} onClick={(event) => go(event, router, one.key)}>
          {alone ? say("Make this screen safe to share") : say("Make this screen safe to share: {domain}", { domain: one.label })}
        </a>
      ))}
    </p>
  );
}

const together = () => import("./together.js");

function Now(props) {
  const parts = useParts(together);
  return parts ? <parts.OpenNow {...props} /> : null;
}

/** A couple's joint work, for its therapist: how far it is, and the pause that neither partner is told of. */
function Joint({ joint, router }) {
  const { act, told, busy } = useAct(router);
  return (
    <section class="section" aria-labelledby="joint">
      <h2 id="joint">{say("Joint work")}</h2>
      {joint.lines.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p class="soft">{say("While it is paused, joint worksheets are simply not there. Neither partner is told.")}</p>
      <div class="row">
        <button class="button" type="button" disabled={busy} onClick={() => act({ kind: "pause", key: joint.key, resume: joint.paused })}>
          {joint.paused ? say("Let joint work go on") : say("Pause joint work")}
        </button>
      </div>
      {joint.room ? (
        <a class="button" href={`#${joint.room}`} onClick={(event) => go(event, router, joint.room)}>
          {say("Their exercises")}
        </a>
      ) : null}
      <Told text={told} />
    </section>
  );
}

function Alert({ alert, line, router }) {
  const [note, setNote] = useState("");
  const [sent, setSent] = useState(null);
  const acknowledge = (event) => {
    event.preventDefault();
    const action = { kind: "acknowledge", id: newId(), key: alert.key, note };
    setSent(line.state === "open" ? say("Sending…") : say("No connection. This is sent as soon as it is back."));
    router.act(action).then((reply) => setSent(reply.kind === "refused" ? reply.text : say("Done")));
  };
  if (alert.done) {
    return (
      <div class="notice">
        <p>
          <strong>{alert.when}</strong> {alert.text}
        </p>
        <p class="soft">{alert.done}</p>
      </div>
    );
  }
  return (
    <form class="notice care" onSubmit={acknowledge}>
      <p>
        <strong>{alert.when}</strong> {alert.text}
      </p>
      <div class="field note">
        <label for={`note-${alert.key}`}>{say("What was done")}</label>
        <textarea id={`note-${alert.key}`} rows={2} maxLength={4000} autocomplete="off" required value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </div>
      <div class="row">
        <button class="button primary">{say("I have seen this")}</button>
        <span role="status">{sent}</span>
      </div>
    </form>
  );
}
