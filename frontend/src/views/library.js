// The library: worksheets by what they are for, and one of them to try out. Nothing is kept of either.

import { useEffect, useMemo, useState } from "preact/hooks";

import { go } from "../header.js";
import { newId } from "../kernel.js";
import { say, several } from "../say.js";
import { TryOut } from "../try-out.js";
import { useWide } from "../wide.js";
import { Assign } from "./assign.js";
import { usePaper } from "./paper.js";

const ANY = "";
const PAUSE_MS = 180; // between the last key and the search
const SHORTER = [5, 10, 15];
const remembered = new Map(); // the search of a shelf, for coming back to it from a preview

export function Library({ body, view, router }) {
  const shelf = body.chosen_for ? view.key : "";
  const [asked, setAsked] = useState(remembered.get(shelf) ?? { text: "", category: ANY, domain: ANY, minutes: ANY });
  const [assigning, setAssigning] = useState(null);
  const found = useSearch(router, asked.text);
  const change = (part) => {
    const next = { ...asked, ...part };
    remembered.set(shelf, next);
    setAsked(next);
  };
  const rows = useMemo(() => chosen(body.rows, asked, found), [body.rows, asked, found]);
  return (
    <div class="stack library">
      <header class="stack">
        <h1 tabIndex={-1}>{body.chosen_for ? say("Library – choosing for {name}", { name: body.chosen_for }) : say("Library")}</h1>
        {body.back ? (
          <p>
            <a href={`#${body.back}`} onClick={(event) => go(event, router, body.back)}>
              {say("Back to {place}", { place: body.chosen_for })}
            </a>
          </p>
        ) : null}
      </header>
      <Search rows={body.rows} asked={asked} change={change} />
      <p class="soft" role="status">
        {countWords(rows.length, body.rows.length)}
      </p>
      {rows.length ? <Shelf rows={rows} ranked={found !== null} router={router} onAssign={setAssigning} /> : <Nothing change={change} />}
      {assigning ? <Assign assignKey={assigning} router={router} view={view} onClose={() => setAssigning(null)} /> : null}
    </div>
  );
}

/** The rows that fit the filters, and the search if there is one: then in its order. */
function chosen(rows, asked, found) {
  const fits = (row) =>
    (!asked.category || row.category === asked.category) &&
    (!asked.domain || row.domain === asked.domain) &&
    (!asked.minutes || row.minutes <= Number(asked.minutes));
  if (found === null) return rows.filter(fits);
  const byKey = new Map(rows.map((row) => [row.paper, row]));
  const hits = found.filter((hit) => byKey.has(hit.key));
  return hits.map((hit) => ({ ...byKey.get(hit.key), because: hit.because })).filter(fits);
}

function countWords(count, all) {
  if (count === all) return several("{count} worksheet", "{count} worksheets", all);
  return say("{count} of {all} worksheets", { count, all });
}

/** What the kernel finds for these words, best first; null without words. The last result stays until the next is there. */
function useSearch(router, text) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    const words = text.trim();
    if (!words) return setFound(null);
    let late = false;
    const timer = setTimeout(async () => {
      const reply = await router.act({ kind: "find", id: newId(), text: words.slice(0, 200) });
      if (!late && reply.kind === "found") setFound(reply.found);
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [text]);
  return found;
}

function Search({ rows, asked, change }) {
  const wide = useWide(640);
  const set = (name) => (event) => change({ [name]: event.currentTarget.value });
  const filters = (
    <div class="filters">
      <Choice id="category" label={say("Kind")} value={asked.category} values={distinct(rows, "category")} onChange={set("category")} />
      <Choice id="domain" label={say("Part of care")} value={asked.domain} values={distinct(rows, "domain")} onChange={set("domain")} />
      <Choice id="minutes" label={say("Time")} value={asked.minutes} values={SHORTER} said={(most) => say("Up to {most} minutes", { most })} onChange={set("minutes")} />
    </div>
  );
  const narrowed = [asked.category, asked.domain, asked.minutes].filter(Boolean).length;
  return (
    <search class="stack">
      <div class="field">
        <label for="sought">{say("What is it for?")}</label>
        <input id="sought" type="search" autocomplete="off" maxLength={200} aria-describedby="sought-hint" value={asked.text} onInput={set("text")} />
        <span class="hint" id="sought-hint">
          {say("In your own words, such as “urges at night” or “cannot sleep”.")}
        </span>
      </div>
      {wide ? (
        filters
      ) : (
        <details open={narrowed > 0}>
          <summary>{narrowed ? say("Narrow down ({count} chosen)", { count: narrowed }) : say("Narrow down")}</summary>
          {filters}
        </details>
      )}
    </search>
  );
}

function distinct(rows, name) {
  return [...new Set(rows.map((row) => row[name]))];
}

function Choice({ id, label, value, values, said = String, onChange }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={onChange}>
        <option value={ANY}>{say("All")}</option>
        {values.map((one) => (
          <option key={one} value={String(one)}>
            {said(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Nothing({ change }) {
  return (
    <div class="stack">
      <p>{say("No worksheet fits that. Fewer or other words may find one.")}</p>
      <div class="row">
        <button class="button" type="button" onClick={() => change({ text: "", category: ANY, domain: ANY, minutes: ANY })}>
          {say("Show all worksheets")}
        </button>
      </div>
    </div>
  );
}

/** Rows in the order of a search, or below the name of their kind. */
function Shelf({ rows, ranked, router, onAssign }) {
  const list = (some) => (
    <ul class="plain shelf">
      {some.map((row) => (
        <Row key={row.paper} row={row} router={router} onAssign={onAssign} level={ranked ? 2 : 3} />
      ))}
    </ul>
  );
  if (ranked) return list(rows);
  return distinct(rows, "category").map((category) => (
    <section class="section" key={category} aria-label={category}>
      <h2>{category}</h2>
      {list(rows.filter((row) => row.category === category))}
    </section>
  ));
}

function Row({ row, router, onAssign, level }) {
  const Heading = `h${level}`;
  const facts = [several("{count} minute", "{count} minutes", row.minutes), row.domain, row.audience, row.status].filter(Boolean);
  return (
    <li class="card">
      <div class="title">
        <Heading>
          <a href={`#${row.key}`} aria-label={say("Preview: {title}", { title: row.title })} onClick={(event) => go(event, router, row.key)}>
            {row.title}
          </a>
        </Heading>
        <p class="about">{row.about}</p>
        {row.because ? <p class="because">{say("It asks: “{text}”", { text: row.because })}</p> : null}
      </div>
      <div class="row">
        <span class="soft">{facts.join(" · ")}</span>
        {row.assign ? (
          <button class="button" type="button" aria-haspopup="dialog" aria-label={say("Assign: {title}", { title: row.title })} onClick={() => onAssign(row.assign)}>
            {say("Assign")}
          </button>
        ) : null}
      </div>
    </li>
  );
}

/** A worksheet to try out: the real form. What is typed goes nowhere, and the page says so. */
export function Preview({ body, view, router }) {
  const [assigning, setAssigning] = useState(false);
  const paper = usePaper(router, body.paper);
  return (
    <div class="stack preview">
      <p>
        <a href={`#${body.shelf}`} onClick={(event) => go(event, router, body.shelf)}>
          {say("Back to the library")}
        </a>
      </p>
      <header class="stack">
        <h1 tabIndex={-1}>{body.title}</h1>
        <p class="lead">{body.about}</p>
        <p class="soft">{body.facts.join(" · ")}</p>
        <div class="row">
          {body.assign ? (
            <button class="button primary" type="button" aria-haspopup="dialog" onClick={() => setAssigning(true)}>
              {say("Assign")}
            </button>
          ) : null}
          <button class="button" type="button" onClick={paper.print}>
            {say("Print on paper (PDF)")}
          </button>
          <span role="status">{paper.told}</span>
        </div>
      </header>
      <div class="notice">
        <strong>{say("Preview")}</strong>
        <p>{body.note}</p>
      </div>
      <TryOut survey={body.survey} flags={body.flags} messages={body.messages} lines={view.help} />
      {body.next_step ? <p class="soft">{say("After handing it in: {text}", { text: body.next_step })}</p> : null}
      {assigning ? <Assign assignKey={body.assign} router={router} view={view} onClose={() => setAssigning(false)} /> : null}
    </div>
  );
}
