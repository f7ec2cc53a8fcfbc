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

const ITEMS = "a.line, button, textarea"; // of one entry: what the arrow keys go through

/**
 * Entries without a review. The whole list is one stop of the Tab key: arrow keys go through it, a number from 0 to 4
 * reviews the entry that has the focus.
 */
export function Review({ hour, view, router }) {
  const { act, told, busy } = useAct(router);
  const [said, setSaid] = useState("");
  const [here, setHere] = useState({ row: "", item: 0 });
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
  const stop = hour.review.some((entry) => entry.key === here.row) ? here : { row: hour.review[0]?.key, item: 0 };
  const onFocus = ({ target }) => {
    const row = target.closest("li");
    setHere({ row: row.dataset.key, item: [...row.querySelectorAll(ITEMS)].indexOf(target) });
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
          <p class="soft keys" id="review-keys">
            {say("Keys:")} <kbd>↓</kbd> <kbd>↑</kbd> {say("next entry")}, <kbd>→</kbd> <kbd>←</kbd> {say("inside it")}, <kbd>0</kbd>–<kbd>4</kbd> {say("reviewed, so well done")}, <kbd>N</kbd> {say("a note first")}, <kbd>{say("Esc")}</kbd> {say("back from the note")}
          </p>
          <ul class="lines reviews" ref={list} aria-labelledby="review-title" aria-describedby="review-keys" onKeyDown={walk} onFocusCapture={onFocus}>
            {hour.review.map((entry) => (
              <Row key={entry.key} entry={entry} stop={entry.key === stop.row ? stop.item : -1} busy={busy} review={review} router={router} />
            ))}
          </ul>
        </>
      ) : (
        <p class="soft">{say("Everything new is reviewed.")}</p>
      )}
    </section>
  );
}

/** One entry; `stop` is the number of its item that the Tab key comes to, -1 for none. */
function Row({ entry, stop, busy, review, router }) {
  const [note, setNote] = useState("");
  const at = (item) => (stop === item ? 0 : -1);
  const rate = (quality) => busy || review(entry, quality, note);
  const onKeyDown = (event) => {
    if (event.target.matches("textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^[0-4]$/.test(event.key)) (event.preventDefault(), rate(Number(event.key)));
    if (event.key.toLowerCase() === "n") (event.preventDefault(), event.currentTarget.querySelector("textarea").focus());
  };
  return (
    <li class="review-row" data-key={entry.key} onKeyDown={onKeyDown}>
      <a class="line" href={`#${entry.key}`} tabIndex={at(0)} aria-describedby="review-keys" aria-keyshortcuts="0 1 2 3 4 N" onClick={(event) => go(event, router, entry.key)}>
        <span class="row">
          <strong>{entry.title}</strong>
          <span class="soft">{entry.when}</span>
        </span>
        {entry.summary ? <span>{entry.summary}</span> : null}
        {entry.figures.length ? <span class="soft">{entry.figures.join(" · ")}</span> : null}
      </a>
      <div class="row rate" role="group" aria-label={say("How well was it done? {title}", { title: entry.title })}>
        {QUALITIES.map((label, quality) => (
          <button key={quality} type="button" class="button" tabIndex={at(quality + 1)} disabled={busy} title={say(label)} aria-label={`${quality} – ${say(label)}`} onClick={() => rate(quality)}>
            {quality}
          </button>
        ))}
        <div class="field">
          <textarea rows={1} maxLength={20000} tabIndex={at(QUALITIES.length + 1)} placeholder={say("A word on it")} aria-label={say("A word on it: {title}", { title: entry.title })} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
        </div>
      </div>
    </li>
  );
}

/** Arrow keys go from one entry to the next and through one entry; Escape leads out of its note. */
function walk(event) {
  const rows = [...event.currentTarget.querySelectorAll("li")];
  const at = rows.findIndex((row) => row.contains(event.target));
  const writing = event.target.matches("textarea");
  const items = [...rows[at].querySelectorAll(ITEMS)];
  const near = (list, from, step) => list[Math.min(Math.max(from + step, 0), list.length - 1)];
  const first = (row) => row.querySelector("a.line");
  const to = writing
    ? { Escape: () => items[0] }
    : {
        ArrowDown: () => first(near(rows, at, 1)),
        ArrowUp: () => first(near(rows, at, -1)),
        ArrowRight: () => near(items, items.indexOf(event.target), 1),
        ArrowLeft: () => near(items, items.indexOf(event.target), -1),
        Home: () => first(rows[0]),
        End: () => first(rows.at(-1)),
      };
  if (!to[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  to[event.key]().focus();
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
