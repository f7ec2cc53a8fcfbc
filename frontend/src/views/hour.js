// The hour with a client: what to talk about in order, what to review with one key, two weeks side by side, what is next.

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import "./pieces.js";
import { go } from "../header.js";
import { mark, say } from "../say.js";
import { Told, useAct } from "./act.js";
import { Assign } from "./assign.js";
import { Figures } from "./lines.js";

const QUALITIES = [mark("not begun"), mark("a start"), mark("partly done"), mark("done well"), mark("done and used in daily life")];

/** What there is to talk about: safety first, then what interferes, then how life is, then the rest. */
export function Agenda({ hour }) {
  return (
    <section class="section" aria-labelledby="agenda">
      <h2 id="agenda">{say("Agenda")}</h2>
      <p class="soft">{hour.since}</p>
      {hour.agenda.length ? (
        <ol class="plain agenda">
          {hour.agenda.map((topic) => (
            <li key={topic.kind} data-kind={topic.kind}>
              <h3>{topic.title}</h3>
              <ul class="changes">
                {topic.lines.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      ) : (
        <p class="soft">{say("Nothing new.")}</p>
      )}
      {hour.kept.map((one) => (
        <div key={one.title}>
          <h3>{say("Homework: {domain}", { domain: one.title })}</h3>
          <ul class="changes">
            {one.lines.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      ))}
      {hour.published.length ? (
        <details>
          <summary>{say("Figures to compare with")}</summary>
          <ul class="changes soft">
            {hour.published.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <p class="soft">{say("Other people, other homework: no target.")}</p>
        </details>
      ) : null}
    </section>
  );
}

/** Entries without a review: arrow keys go through them, a number from 0 to 4 reviews the one that has the focus. */
export function Review({ hour, view, router }) {
  const { act, told, busy } = useAct(router);
  const [said, setSaid] = useState("");
  const list = useRef();
  const goOn = useRef(false);
  useLayoutEffect(() => {
    if (!goOn.current) return; // the reviewed one is gone: the next takes the focus
    goOn.current = false;
    (list.current?.querySelector("a.line") ?? document.getElementById("review-title"))?.focus();
  }, [hour.review]);
  const review = async (entry, quality, note) => {
    goOn.current = true;
    const reply = await act({ kind: "review", key: entry.key, quality, note, back: view.key });
    setSaid(reply.kind === "view" ? say("Reviewed: {title}, {quality}", { title: entry.title, quality: say(QUALITIES[quality]) }) : "");
  };
  return (
    <section class="section" aria-labelledby="review-title">
      <h2 id="review-title" tabIndex={-1}>
        {say("To review")}
      </h2>
      <p class="hidden" role="status">
        {said}
      </p>
      <Told text={told} />
      {hour.review.length ? (
        <>
          <p class="soft keys">
            {say("Keys:")} <kbd>↓</kbd> <kbd>↑</kbd> {say("next entry")}, <kbd>0</kbd>–<kbd>4</kbd> {say("reviewed, so well done")}, <kbd>N</kbd> {say("a note first")}
          </p>
          <ul class="lines reviews" ref={list} onKeyDown={walk}>
            {hour.review.map((entry) => (
              <Row key={entry.key} entry={entry} busy={busy} review={review} router={router} />
            ))}
          </ul>
        </>
      ) : (
        <p class="soft">{say("Everything new is reviewed.")}</p>
      )}
    </section>
  );
}

function Row({ entry, busy, review, router }) {
  const [note, setNote] = useState("");
  const rate = (quality) => busy || review(entry, quality, note);
  const onKeyDown = (event) => {
    if (event.target.matches("textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^[0-4]$/.test(event.key)) (event.preventDefault(), rate(Number(event.key)));
    if (event.key.toLowerCase() === "n") (event.preventDefault(), event.currentTarget.querySelector("textarea").focus());
  };
  return (
    <li class="review-row" onKeyDown={onKeyDown}>
      <a class="line" href={`#${entry.key}`} onClick={(event) => go(event, router, entry.key)}>
        <span class="row">
          <strong>{entry.title}</strong>
          <span class="soft">{entry.when}</span>
        </span>
        {entry.summary ? <span>{entry.summary}</span> : null}
        {entry.figures.length ? <span class="soft">{entry.figures.join(" · ")}</span> : null}
      </a>
      <div class="row rate" role="group" aria-label={say("How well was it done? {title}", { title: entry.title })}>
        {QUALITIES.map((label, quality) => (
          <button key={quality} type="button" class="button" disabled={busy} title={say(label)} aria-label={`${quality} – ${say(label)}`} onClick={() => rate(quality)}>
            {quality}
          </button>
        ))}
        <div class="field">
          <textarea rows={1} maxLength={20000} placeholder={say("A word on it")} aria-label={say("A word on it: {title}", { title: entry.title })} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
        </div>
      </div>
    </li>
  );
}

/** Arrow keys go from one entry to the next. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("textarea")) return;
  const rows = [...event.currentTarget.querySelectorAll("li")];
  const at = rows.findIndex((row) => row.contains(event.target));
  event.preventDefault();
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)].querySelector("a.line").focus();
}

/** Each worksheet: the last seven days beside the seven before. */
export function Sides({ sides, router }) {
  if (!sides.length) return null;
  return (
    <section class="section" aria-labelledby="sides">
      <h2 id="sides">{say("Two weeks side by side")}</h2>
      {sides.map((side) => (
        <div key={side.title} class="sides">
          <h3>{side.title}</h3>
          <Side label={say("Last 7 days")} week={side.now} router={router} />
          <Side label={say("The 7 days before")} week={side.before} router={router} />
        </div>
      ))}
    </section>
  );
}

function Side({ label, week, router }) {
  return (
    <div class="side">
      <p class="soft">
        {label}: {week.count}
      </p>
      {week.key ? (
        <a class="line" href={`#${week.key}`} onClick={(event) => go(event, router, week.key)}>
          <span>{week.when}</span>
          {week.summary ? <span>{week.summary}</span> : null}
        </a>
      ) : null}
      <Figures figures={week.figures} />
    </div>
  );
}

/** What could be given next, sized to what was in the way; the form opens over the page. */
export function Next({ hour, view, router }) {
  const [chosen, setChosen] = useState(null);
  if (!hour.next.length) return null;
  return (
    <section class="section" aria-labelledby="next">
      <h2 id="next">{say("Next, sized to last week")}</h2>
      {hour.next.map((one) => (
        <article key={one.title} class="card">
          <div class="title">
            <h3>{one.title}</h3>
            <p class="soft">{one.text}</p>
          </div>
          <div class="row">
            <button type="button" class="button" aria-haspopup="dialog" aria-label={say("Assign: {title}", { title: one.title })} onClick={() => setChosen(one)}>
              {say("Assign")}
            </button>
          </div>
        </article>
      ))}
      {chosen ? <Assign assignKey={chosen.assign} preset={chosen.preset} router={router} view={view} onClose={() => setChosen(null)} /> : null}
    </section>
  );
}
