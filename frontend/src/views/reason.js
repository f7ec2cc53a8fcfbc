// Stating a reason to read a record; and the page a couple reads, each alone, before joint work.

import { useState } from "preact/hooks";

import "./pieces.js";
import { go } from "../header.js";
import { say } from "../say.js";
import { Told, useAct } from "./act.js";

export function Reason({ body, router }) {
  const { act, told, busy } = useAct(router);
  const [asked, setAsked] = useState({ user: "", reason: "" });
  const set = (name) => (event) => setAsked({ ...asked, [name]: event.currentTarget.value });
  const send = (event) => {
    event.preventDefault();
    act({ kind: "reason", key: body.key, ...asked });
  };
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{body.heading}</h1>
      <p class="lead">{body.text}</p>
      {body.open.length ? (
        <section class="section" aria-labelledby="open-now">
          <h2 id="open-now">{body.open_label}</h2>
          <ul class="plain names">
            {body.open.map((one) => (
              <li key={one.value}>
                <a class="button" href={`#${one.value}`} onClick={(event) => go(event, router, one.value)}>
                  {one.label}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <form class="card" onSubmit={send}>
        {body.key ? null : (
          <div class="field">
            <label for="whose">{say("The client's user name")}</label>
            <input id="whose" required maxLength={100} autocomplete="off" autocapitalize="none" spellcheck={false} value={asked.user} onInput={set("user")} />
          </div>
        )}
        <div class="field">
          <label for="reason">{say("Your reason")}</label>
          <textarea id="reason" rows={3} required minLength={10} maxLength={2000} aria-describedby="reason-hint" value={asked.reason} onInput={set("reason")} />
          <span class="hint" id="reason-hint">
            {say("The client reads this. Write one or two plain sentences.")}
          </span>
        </div>
        <Told text={told} />
        <div class="row">
          <button class="button primary" disabled={busy}>
            {body.button}
          </button>
        </div>
      </form>
    </div>
  );
}

export function Policy({ body, router }) {
  const { act, told, busy } = useAct(router);
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{body.heading}</h1>
      <p class="lead">{body.text}</p>
      <p>{body.more}</p>
      <Told text={told} />
      {body.seen ? (
        <p class="soft">{body.seen}</p>
      ) : (
        <div class="row">
          <button class="button primary" type="button" disabled={busy} onClick={() => act({ kind: "see-policy" })}>
            {say("I have read this")}
          </button>
        </div>
      )}
    </div>
  );
}
