// A week of appointments: a column a day where there is room, a list on a phone.

import { useRef, useState } from "preact/hooks";

import "./pieces.js";
import { go } from "../header.js";
import { language, say, several } from "../say.js";
import { Told, useAct } from "./act.js";
import { Booking } from "./booking.js";
import { Own } from "./own-calendar.js";

const WIDE = 1120; // pixels: from here on a week is seven columns
const FOLDED = 3; // a day of a phone's list with so many appointments is folded, unless it is today

export function Calendar({ body, view, router, line, useWide }) {
  const wide = useWide(WIDE);
  return (
    <div class="stack calendar">
      <header class="stack">
        <h1 tabIndex={-1}>{body.client ? say("Calendar: {name}", { name: body.client }) : view.title}</h1>
        <Weeks body={body} router={router} />
        {body.told ? (
          <p class="notice" role="status">
            {body.told}
          </p>
        ) : null}
        <Facts body={body} />
      </header>
      {body.everyone?.length ? <Everyone rows={body.everyone} wide={wide} router={router} /> : null}
      {body.choose.length ? <Choose body={body} router={router} /> : null}
      {body.booking ? <Booking body={body} router={router} /> : null}
      {body.empty ? <p class="soft">{body.empty}</p> : null}
      <ol class="week plain">
        {body.days.map((day) => (
          <Day key={day.label} day={day} body={body} folded={!wide && !day.is_today && day.slots.length >= FOLDED} router={router} />
        ))}
      </ol>
      {body.own ? <Own body={body} router={router} line={line} /> : null}
    </div>
  );
}

function Weeks({ body, router }) {
  const link = (key, text) => (
    <a class="button" href={`#${key}`} onClick={(event) => go(event, router, key)}>
      {text}
    </a>
  );
  return (
    <nav class="row weeks" aria-label={say("Weeks")}>
      {link(body.earlier, say("Earlier"))}
      {body.now ? link(body.now, say("This week")) : null}
      {link(body.later, say("Later"))}
      <h2>{body.heading}</h2>
    </nav>
  );
}

function Facts({ body }) {
  return (
    <>
      {body.hours ? <p class={body.hours.is_met ? "tag hours" : "tag hours care"}>{body.hours.text}</p> : null}
      {body.collisions.length ? (
        <div class="notice care">
          <p>{say("Too close together:")}</p>
          <ul class="changes">
            {body.collisions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

/** The hours of everybody, for whoever runs the program; a name opens that client's week. Folded on a phone. */
function Everyone({ rows, wide, router }) {
  const under = rows.filter((row) => !row.is_met).length;
  return (
    <section class="section" aria-labelledby="everyone">
      <h2 id="everyone">{say("Hours of this week, client by client")}</h2>
      <details open={wide}>
        <summary>{several("{under} of {count} client under the minimum", "{under} of {count} clients under the minimum", rows.length, { under })}</summary>
        <ul class="lines everyone">
          {rows.map((row) => (
            <li key={row.key}>
              <a class="line" href={`#${row.key}`} onClick={(event) => go(event, router, row.key)}>
                <span class="row">
                  <strong>{row.name}</strong>
                  <span class={row.is_met ? "tag" : "tag care"}>{row.text}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Day({ day, body, folded, router }) {
  const slots = day.slots.map((slot, index) => <Slot key={slot.time + slot.title + index} slot={slot} day={day} body={body} router={router} />);
  return (
    <li class={day.slots.length ? "day" : "day quiet"} aria-current={day.is_today ? "date" : undefined}>
      <h3>
        {day.label}
        {day.is_today ? <span class="mark">{` · ${say("today")}`}</span> : null}
      </h3>
      {day.slots.length ? null : <p class="soft nothing">{say("Nothing")}</p>}
      {folded ? (
        <details>
          <summary aria-label={`${day.label}: ${counted(day)}`}>{counted(day)}</summary>
          <div class="slots">{slots}</div>
        </details>
      ) : (
        slots
      )}
    </li>
  );
}

const counted = (day) => several("{count} appointment", "{count} appointments", day.slots.length);

function Slot({ slot, day, body, router }) {
  const { act, told, busy } = useAct(router);
  const of = `${day.label}, ${slot.time}`;
  const call = (key, undo) => act({ kind: "call-off", key, back: body.key, undo });
  return (
    <article class={slot.kind === "busy" ? "slot busy" : slot.is_off ? "slot off" : "slot"}>
      <p class="time">{slot.time}</p>
      <p class="what">{slot.title}</p>
      {slot.detail ? <p class="soft">{slot.detail}</p> : null}
      {slot.told ? <p>{slot.told}</p> : null}
      {slot.people.map((one) => (
        <Person key={one.name} one={one} of={of} act={act} busy={busy} back={body.key} />
      ))}
      {slot.off || slot.end ? (
        <div class="row">
          {slot.off ? (
            <button class="button small" type="button" disabled={busy} aria-label={`${slot.is_off ? say("Let it happen") : say("Call it off")}: ${of}`} onClick={() => call(slot.off, slot.is_off)}>
              {slot.is_off ? say("Let it happen") : say("Call it off")}
            </button>
          ) : null}
          {slot.end ? (
            <button class="button small" type="button" disabled={busy} aria-label={`${say("End from here on")}: ${of}`} onClick={() => call(slot.end, false)}>
              {say("End from here on")}
            </button>
          ) : null}
        </div>
      ) : null}
      <Told text={told} />
    </article>
  );
}

const STATES = () => [
  ["", say("Not noted")],
  ["attended", say("Was there")],
  ["missed", say("Missed")],
  ["excused", say("Excused")],
];

function Person({ one, of, act, busy, back }) {
  if (!one.key) return <p>{one.name}</p>;
  const id = `attend-${one.key.slice(-12)}`;
  return (
    <div class="field attend">
      <label for={id}>
        {one.name}
        <span class="hidden">{` ${of}`}</span>
      </label>
      <select id={id} disabled={busy} value={one.state} onChange={(event) => act({ kind: "attend", key: one.key, back, state: event.currentTarget.value })}>
        {STATES().map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The week of one client: chosen, then opened, so that arrow keys do not open one after the other. */
function Choose({ body, router }) {
  const chosen = useRef();
  const [key, setKey] = useState("");
  const open = (event) => {
    event.preventDefault();
    if (key) router.open(key);
  };
  return (
    <section class="section" aria-labelledby="choose-title">
      <h2 id="choose-title">{say("The week of one client")}</h2>
      <form class="row end-line" onSubmit={open}>
        <div class="field">
          <label for="choose">{say("Whose week")}</label>
          <select id="choose" ref={chosen} required value={key} lang={language()} onChange={(event) => setKey(event.currentTarget.value)}>
            <option value="">{say("Choose a client")}</option>
            {body.choose.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </select>
        </div>
        <button class="button">{say("Show the week")}</button>
        {body.way ? (
          <a class="button" href={`#${body.way.key}`} onClick={(event) => go(event, router, body.way.key)}>
            {say("Show all")}
          </a>
        ) : null}
      </form>
    </section>
  );
}
