// "I can't do this now": kind ways out of one card, and the one question what is in the way.

import { useState } from "preact/hooks";

import "./pieces.js";
import { go } from "../header.js";
import { say } from "../say.js";
import { Dialog, Told, useAct } from "./act.js";

/** The ways out: the short form, later today, not this time. */
export function NotNow({ card, obstacles, router, onClose }) {
  const { act, told, busy } = useAct(router);
  const [said, setSaid] = useState({ obstacle: "", words: "" });
  const put = async (how) => {
    const more = how === "not-now" ? said : {};
    const reply = await act({ kind: "put-off", key: card.later, how, ...more });
    if (reply.kind === "view") onClose();
  };
  return (
    <Dialog title={say("“{title}” does not fit now", { title: card.title })} onClose={onClose}>
      <p>{say("That is fine. Choose what helps; nothing you wrote is lost.")}</p>
      <div class="stack ways-out">
        {card.short ? (
          <a class="button primary" href={`#${card.short}`} onClick={(event) => (onClose(), go(event, router, card.short))}>
            {say("Do the short form: {form}", { form: card.short_label })}
          </a>
        ) : null}
        <button class="button" type="button" disabled={busy} onClick={() => put("later")}>
          {say("Later today")}
        </button>
        <details class="settings">
          <summary>{say("Not this time")}</summary>
          <div class="stack">
            <Why said={said} setSaid={setSaid} obstacles={obstacles} hint={say("You need not say. If you do, whoever gave it to you can make it fit better.")} />
            <button class="button" type="button" disabled={busy} onClick={() => put("not-now")}>
              {say("Put it off")}
            </button>
          </div>
        </details>
      </div>
      <Told text={told} />
      <div class="row end">
        <button class="button plain" type="button" onClick={onClose}>
          {say("Back")}
        </button>
      </div>
    </Dialog>
  );
}

/** What is in the way, after something went by twice: asked once, and an answer is up to the client. */
export function Question({ question, router }) {
  const { act, told, busy } = useAct(router);
  const [said, setSaid] = useState({ obstacle: "", words: "" });
  const tell = (more) => act({ kind: "put-off", key: question.key, how: "asked", ...more });
  return (
    <section class="card question" aria-labelledby="question">
      <h2 id="question">{say("One question")}</h2>
      <p>{question.text}</p>
      <Why said={said} setSaid={setSaid} obstacles={question.choices} />
      <Told text={told} />
      <div class="row">
        <button class="button" type="button" disabled={busy || !(said.obstacle || said.words.trim())} onClick={() => tell(said)}>
          {say("Tell them")}
        </button>
        <button class="button plain" type="button" disabled={busy} onClick={() => tell({})}>
          {say("I would rather not say")}
        </button>
      </div>
    </section>
  );
}

function Why({ said, setSaid, obstacles, hint }) {
  const set = (name) => (event) => setSaid((now) => ({ ...now, [name]: event.currentTarget.value }));
  return (
    <>
      <div class="field">
        <label for="obstacle">{say("What is in the way")}</label>
        <select id="obstacle" value={said.obstacle} onChange={set("obstacle")}>
          <option value="">{say("Choose, if you like")}</option>
          {obstacles.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
        {hint ? <span class="hint">{hint}</span> : null}
      </div>
      <div class="field">
        <label for="own-words">{say("In your own words, if you like")}</label>
        <textarea id="own-words" rows={2} maxLength={500} value={said.words} onInput={set("words")} />
      </div>
    </>
  );
}
