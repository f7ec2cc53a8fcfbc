// Two figures of one client, day by day: chosen, then shown as dots, as days, as numbers, with what they cannot tell.

import { useState } from "preact/hooks";

import "./pieces.js";
import { Figure } from "../figure.js";
import { go } from "../header.js";
import { language, say } from "../say.js";
import { Back, Told, useAct } from "./act.js";

export function Patterns({ body, router }) {
  return (
    <div class="stack patterns">
      <header class="stack">
        <h1 tabIndex={-1}>{say("Patterns: {name}", { name: body.client })}</h1>
        <Back way={{ key: body.back, label: body.client }} router={router} />
      </header>
      {body.empty ? <p class="soft">{body.empty}</p> : <Choose body={body} router={router} />}
      {body.kind === "none" && !body.lines.length ? null : <Pair body={body} />}
      {body.ideas.length ? <Ideas ideas={body.ideas} router={router} /> : null}
      <section class="section" aria-labelledby="cautions">
        <h2 id="cautions">{say("What this cannot tell")}</h2>
        <ul class="changes">
          {body.cautions.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Choose({ body, router }) {
  const { act, told, busy } = useAct(router);
  const [first, setFirst] = useState(body.first);
  const [second, setSecond] = useState(body.second);
  const [lag, setLag] = useState(body.lag);
  const show = (event) => {
    event.preventDefault();
    act({ kind: "pair", key: body.key, first, second, lag });
  };
  return (
    <form class="card stack" onSubmit={show}>
      <div class="choose">
        <Pick id="first" label={say("One figure")} value={first} series={body.series} onPick={setFirst} />
        <Pick id="second" label={say("The other")} value={second} series={body.series} onPick={setSecond} />
      </div>
      <fieldset class="choices">
        <legend>{say("The other is taken from")}</legend>
        {[say("the same day"), say("the day after")].map((text, days) => (
          <label key={days}>
            <input type="radio" name="lag" checked={lag === days} onChange={() => setLag(days)} /> {text}
          </label>
        ))}
      </fieldset>
      <Told text={told} />
      <p>
        <button class="button primary" disabled={busy}>
          {say("Show them together")}
        </button>
      </p>
    </form>
  );
}

function Pick({ id, label, value, series, onPick }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} required value={value} lang={language()} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">{say("Choose a figure")}</option>
        {series.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Pair({ body }) {
  return (
    <section class="section" aria-labelledby="pair">
      {body.pair ? <h2 id="pair">{body.pair}</h2> : <h2 id="pair">{say("This pair")}</h2>}
      <div role="status">
        {body.lines.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <div class="gallery">
        {body.figures.map((figure) => (
          <Figure key={figure.title} figure={figure} />
        ))}
      </div>
    </section>
  );
}

/** Pairs that are often asked about: a link each, so that the address holds what is shown. */
function Ideas({ ideas, router }) {
  return (
    <section class="section" aria-labelledby="ideas">
      <h2 id="ideas">{say("Often asked about")}</h2>
      <ul class="lines">
        {ideas.map((one) => (
          <li key={one.key}>
            <a class="line" href={`#${one.key}`} onClick={(event) => go(event, router, one.key)}>
              {one.label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
