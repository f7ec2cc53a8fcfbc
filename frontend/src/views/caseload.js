// Everyone this clinician treats: a table to sort and search on a wide screen, cards on a phone.

import { useState } from "preact/hooks";

import { go } from "../header.js";
import { mark, say, several } from "../say.js";
import { useWide } from "../wide.js";

const COLUMNS = [
  ["name", mark("Client")],
  ["alert", mark("Needs you")],
  ["week", mark("This week")],
  ["measure", mark("Measure")],
  ["last", mark("Last entry")],
  ["unread", mark("New")],
  ["appointment", mark("Next appointment")],
];

/** What a clinician may want to see alone. */
const FILTERS = [
  ["", mark("Everyone"), () => true],
  ["alert", mark("With an open alert"), (row) => row.alert !== ""],
  ["worse", mark("Reliably worse"), (row) => Boolean(row.worse)],
  ["unread", mark("With entries you have not read"), (row) => row.unread > 0],
  ["quiet", mark("Quiet for a week"), (row) => row.quiet],
];

export function Caseload({ body, view, router }) {
  const [sought, setSought] = useState("");
  const [only, setOnly] = useState("");
  const [sort, setSort] = useState({ by: null, up: true });
  const wide = useWide(800);
  const rows = sorted(body.rows.filter((row) => fits(row, sought) && wanted(row, only)), sort);
  if (!body.rows.length) {
    return (
      <div class="stack">
        <h1 tabIndex={-1}>{view.title}</h1>
        <p class="soft">{body.empty}</p>
        <Emergency body={body} router={router} />
      </div>
    );
  }
  return (
    <div class="stack caseload" onKeyDown={walk}>
      <h1 tabIndex={-1}>{view.title}</h1>
      <div class="row finders">
        <div class="field find">
          <label for="find">{say("Find a client")}</label>
          <input id="find" type="search" autocomplete="off" value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
        </div>
        <div class="field find">
          <label for="only">{say("Show")}</label>
          <select id="only" value={only} onChange={(event) => setOnly(event.currentTarget.value)}>
            {FILTERS.map(([value, label]) => (
              <option key={value} value={value}>
                {say(label)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p class="hidden" role="status">{say("{shown} of {all} clients", { shown: rows.length, all: body.rows.length })}</p>
      {rows.length === 0 ? <p class="soft">{say("Nobody here. Clear the search and show everyone to see all.")}</p> : null}
      {wide ? <Rows rows={rows} sort={sort} setSort={setSort} router={router} /> : <Cards rows={rows} router={router} />}
      <Emergency body={body} router={router} />
    </div>
  );
}

/** The way to a record one does not treat, for the worst case; out of the way of everything else. */
function Emergency({ body, router }) {
  if (!body.emergency) return null;
  return (
    <p>
      <a href={`#${body.emergency}`} onClick={(event) => go(event, router, body.emergency)}>
        {say("Emergency access to somebody else's record")}
      </a>
    </p>
  );
}

function Rows({ rows, sort, setSort, router }) {
  return (
    <div class="card">
      <table class="data">
        <thead>
          <tr>
            {COLUMNS.map(([by, label]) => (
              <th key={by} scope="col" aria-sort={sort.by === by ? (sort.up ? "ascending" : "descending") : undefined}>
                <button type="button" onClick={() => setSort({ by, up: sort.by === by ? !sort.up : by !== "unread" })}>
                  {say(label)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <NameLink row={row} router={router} />
                <div class="soft">{row.domain}</div>
              </th>
              <td>{row.alert || row.worse ? <Needs row={row} /> : <span class="soft">–</span>}</td>
              <td>
                {row.week}
                {row.timing ? <div class="soft">{row.timing}</div> : null}
              </td>
              <td>{row.measure}</td>
              <td>{row.last}</td>
              <td>{row.unread || <span class="soft">–</span>}</td>
              <td>{row.appointment || <span class="soft">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ rows, router }) {
  return (
    <ul class="plain stack">
      {rows.map((row) => (
        <li class="card" key={row.key}>
          <div class="title">
            <h2>
              <NameLink row={row} router={router} />
            </h2>
            <p class="soft">{row.domain}</p>
          </div>
          <Needs row={row} />
          <p>{[row.week, row.timing, row.measure].filter(Boolean).join(" · ")}</p>
          <p class="soft">{[row.last, row.unread ? several("{count} new", "{count} new", row.unread) : ""].filter(Boolean).join(" · ")}</p>
          {row.appointment ? <p class="soft">{say("Next appointment: {when}", { when: row.appointment })}</p> : null}
        </li>
      ))}
    </ul>
  );
}

/** Why somebody should look here first: an open alert, a measure that got reliably worse. */
function Needs({ row }) {
  const why = [row.alert, row.worse].filter(Boolean);
  if (!why.length) return null;
  return (
    <div class="needs">
      {why.map((text) => (
        <p class="tag care wrap" key={text}>
          {text}
        </p>
      ))}
    </div>
  );
}

function NameLink({ row, router }) {
  return (
    <a class="name" href={`#${row.key}`} onClick={(event) => go(event, router, row.key)}>
      {row.name}
    </a>
  );
}

/** Arrow keys go from one client to the next. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const names = [...event.currentTarget.querySelectorAll("a.name")];
  const at = names.indexOf(event.target);
  if (!step || at < 0) return;
  event.preventDefault();
  names[Math.min(Math.max(at + step, 0), names.length - 1)].focus();
}

function wanted(row, only) {
  return FILTERS.find(([value]) => value === only)[2](row);
}

function fits(row, sought) {
  return row.name.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase());
}

/** Rows by a column; without one, as they came: who needs attention first at the top. */
function sorted(rows, { by, up }) {
  if (!by) return rows;
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  const order = (one, other) => {
    if (one[by] === "" || other[by] === "") return (one[by] === "") - (other[by] === "") || 0;
    return (up ? 1 : -1) * compare(String(one[by]), String(other[by]));
  };
  return [...rows].sort(order);
}
