// A client's pages about privacy: who sees what (the coordinator's too), who looked when, consents.

import { useState } from "preact/hooks";

import "./pieces.js";
import { say } from "../say.js";
import { Back, useAct } from "./act.js";
import { ConsentCard, OUTSIDE, SignDialog } from "./consent.js";
import { FileButton } from "./files.js";

export function WhoSees({ body, router, useWide }) {
  const wide = useWide(640);
  return (
    <div class="stack">
      <Back way={body.way} router={router} />
      <h1 tabIndex={-1}>{body.heading}</h1>
      <p class="lead">{body.lead}</p>
      {wide ? <SightTable rows={body.rows} heading={body.heading} /> : <SightCards rows={body.rows} />}
    </div>
  );
}

function SightTable({ rows, heading }) {
  return (
    <div class="card">
      <table class="data sights">
        <caption class="hidden">{heading}</caption>
        <thead>
          <tr>
            <th scope="col">{say("What")}</th>
            <th scope="col">{say("Who can see it, and why")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.thing}>
              <th scope="row">{row.thing}</th>
              <td>
                <Names row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SightCards({ rows }) {
  return (
    <ul class="plain stack">
      {rows.map((row) => (
        <li class="card" key={row.thing}>
          <h2>{row.thing}</h2>
          <Names row={row} />
        </li>
      ))}
    </ul>
  );
}

function Names({ row }) {
  if (!row.who.length) return <span class="soft">{row.nobody}</span>;
  return (
    <ul class="plain names">
      {row.who.map((one, index) => (
        <li key={index}>
          <strong>{one.name}</strong>
          <br />
          <span class="soft">{[one.why, one.until].filter(Boolean).join(", ")}</span>
        </li>
      ))}
    </ul>
  );
}

const FIRST = 30;

export function AccessLog({ body, view, router }) {
  const [own, setOwn] = useState(false);
  const [all, setAll] = useState(false);
  const rows = body.rows.filter((row) => own || !row.mine);
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <div class="stack">
      <Back way={body.way} router={router} />
      <h1 tabIndex={-1}>{view.title}</h1>
      <p class="lead">{say("Each time somebody opens or changes your record, a line is written here. Nobody can take a line away.")}</p>
      {body.empty ? <p class="soft">{body.empty}</p> : null}
      <label class="choice">
        <input type="checkbox" checked={own} onChange={(event) => setOwn(event.currentTarget.checked)} />
        {say("Show what I did myself, too")}
      </label>
      <ul class="lines">
        {shown.map((row, index) => (
          <li key={index} class="log-line">
            <span class="soft">{row.when}</span>
            <span>
              <strong>{row.who}</strong> {row.what}
            </span>
            {row.why ? <span class="soft">{row.why}</span> : null}
          </li>
        ))}
      </ul>
      {shown.length < rows.length ? (
        <div class="row">
          <button class="button" type="button" onClick={() => setAll(true)}>
            {say("Show the earlier ones")}
          </button>
        </div>
      ) : null}
    </div>
  );
}

export function Consents({ body, view, router }) {
  const [signing, setSigning] = useState(false);
  const { act, told, busy } = useAct(router);
  const send = ({ outside: _, ...asked }) => act({ kind: "sign", ...asked });
  return (
    <div class="stack">
      <Back way={body.way} router={router} />
      <h1 tabIndex={-1}>{view.title}</h1>
      {body.empty ? <p class="lead">{body.empty}</p> : null}
      {body.rows.map((consent) => (
        <ConsentCard key={consent.title + consent.state + consent.key} consent={consent} router={router} level={2} />
      ))}
      {body.form.nobody ? (
        <p class="soft">{body.form.nobody}</p>
      ) : (
        <div class="row">
          <button class="button primary" type="button" aria-haspopup="dialog" onClick={() => setSigning(true)}>
            {say("Sign a new consent")}
          </button>
        </div>
      )}
      {body.both ? <Releases both={body.both} router={router} /> : null}
      {signing ? <SignDialog form={body.form} send={send} told={told} busy={busy} onClose={() => setSigning(false)} /> : null}
    </div>
  );
}

/** What partners did together: one's own signatures that it may leave, and a new one. */
function Releases({ both, router }) {
  const [signing, setSigning] = useState(false);
  const { act, told, busy } = useAct(router);
  const send = ({ recipient, outside, purpose, until, signature }) =>
    act({ kind: "sign-release", recipient: recipient === OUTSIDE ? "" : recipient, outside, purpose, until, signature });
  return (
    <section class="section" aria-labelledby="both">
      <h2 id="both">{both.heading}</h2>
      <p>{both.text}</p>
      {both.rows.map(({ consent, take }) => (
        <ConsentCard key={consent.title + consent.state + consent.key} consent={consent} router={router} level={3}>
          {take ? (
            <FileButton
              router={router}
              action={{ kind: "release", key: take }}
              label={say("Download it to hand on")}
              done={say("It is among your downloads. Anybody who opens it can read it.")}
            />
          ) : null}
        </ConsentCard>
      ))}
      <div class="row">
        <button class="button" type="button" aria-haspopup="dialog" onClick={() => setSigning(true)}>
          {say("Sign that it may leave")}
        </button>
      </div>
      {signing ? (
        <SignDialog form={both.form} fixed={{ title: both.heading, what: both.heading }} send={send} told={told} busy={busy} onClose={() => setSigning(false)} />
      ) : null}
    </section>
  );
}
