// Making an appointment: who, with whom, when, how often; what is in the way is shown before anything is stored.

import { useState } from "preact/hooks";

import { say } from "../say.js";
import { Told, useAct } from "./act.js";
import { Weekdays } from "./weekdays.js";

const EMPTY = { appointment: "individual", clients: [], group: "", clinician: "", begins: "09:00", minutes: 50, repeat: "once", days: [], until: "" };

export function Booking({ body, router }) {
  const { booking } = body;
  const { act, told, busy } = useAct(router);
  const [asked, setAsked] = useState({ ...EMPTY, day: booking.today, clinician: booking.clinicians.length === 1 ? booking.clinicians[0].value : "" });
  const [inTheWay, setInTheWay] = useState([]);
  const change = (more) => {
    setInTheWay([]); // what was said is about something else now
    setAsked({ ...asked, ...more });
  };
  const set = (name) => (event) => change({ [name]: event.currentTarget.value });
  const book = async (event, anyway) => {
    event.preventDefault();
    const minutes = Number(asked.minutes);
    const reply = await act({ kind: "book", back: body.key, ...asked, minutes, until: asked.repeat === "once" ? null : asked.until || null, anyway });
    setInTheWay(reply.kind === "collides" ? reply.lines : []);
    if (reply.kind === "view") setAsked({ ...asked, clients: [], group: "" });
  };
  const group = asked.appointment === "group";
  return (
    <details class="section">
      <summary>{say("New appointment")}</summary>
      <form class="stack" onSubmit={(event) => book(event, false)}>
        <p class="soft">{say("Times are those of {zone}.", { zone: booking.zone.replaceAll("_", " ") })}</p>
        <div class="filters">
          <Field id="kind" label={say("Kind")}>
            <select id="kind" value={asked.appointment} onChange={(event) => change({ appointment: event.currentTarget.value, clients: [], group: "" })}>
              <option value="individual">{say("Individual")}</option>
              <option value="couples">{say("Couple")}</option>
              <option value="group">{say("Group")}</option>
            </select>
          </Field>
          <Field id="with" label={say("With")}>
            <select id="with" required value={asked.clinician} onChange={set("clinician")}>
              <option value="">{say("Choose a clinician")}</option>
              {booking.clinicians.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          </Field>
        </div>
        {group ? (
          <Members booking={booking} asked={asked} change={change} />
        ) : (
          <Field id="who" label={asked.appointment === "couples" ? say("One of the couple") : say("Client")}>
            <select id="who" required value={asked.clients[0] ?? ""} onChange={(event) => change({ clients: event.currentTarget.value ? [event.currentTarget.value] : [] })}>
              <option value="">{say("Choose a client")}</option>
              {booking.clients.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          </Field>
        )}
        <div class="filters">
          <Field id="day" label={say("First day")}>
            <input id="day" type="date" required value={asked.day} onInput={set("day")} />
          </Field>
          <Field id="begins" label={say("Begins")}>
            <input id="begins" type="time" required value={asked.begins} onInput={set("begins")} />
          </Field>
          <Field id="minutes" label={say("Minutes")}>
            <input id="minutes" type="number" required min={5} max={720} value={asked.minutes} onInput={set("minutes")} />
          </Field>
          <Field id="repeat" label={say("How often")}>
            <select id="repeat" value={asked.repeat} onChange={set("repeat")}>
              <option value="once">{say("Once")}</option>
              <option value="weekly">{say("Every week")}</option>
              <option value="two-weeks">{say("Every two weeks")}</option>
            </select>
          </Field>
        </div>
        {asked.repeat === "once" ? null : (
          <>
            <Weekdays id="book" label={say("On these days; none: on the day of the first one")} days={asked.days} onChange={(days) => change({ days })} />
            <Field id="until" label={say("Last day (if any)")}>
              <input id="until" type="date" min={asked.day} value={asked.until} onInput={set("until")} />
            </Field>
          </>
        )}
        <InTheWay lines={inTheWay} busy={busy} onAnyway={(event) => book(event, true)} />
        <Told text={told} />
        <div class="row">
          <button class="button primary" disabled={busy || asked.clients.length === 0}>
            {say("Book it")}
          </button>
        </div>
      </form>
    </details>
  );
}

function Field({ id, label, children }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}

/** A group with all who belong to it, or single clients. */
function Members({ booking, asked, change }) {
  const choose = (event) => {
    const group = event.currentTarget.value;
    change({ group, clients: booking.groups.find((one) => one.value === group)?.members ?? [] });
  };
  const names = booking.clients.filter((one) => asked.clients.includes(one.value)).map((one) => one.label);
  return (
    <>
      {booking.groups.length ? (
        <Field id="group" label={say("Which group")}>
          <select id="group" value={asked.group} onChange={choose}>
            <option value="">{say("None – choose who comes")}</option>
            {booking.groups.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </select>
        </Field>
      ) : null}
      {asked.group ? (
        <p class="soft" role="status">
          {names.length ? say("Everybody in it comes: {names}. Who joins later comes too.", { names: names.join(", ") }) : say("Nobody is in this group now.")}
        </p>
      ) : (
        <Clients booking={booking} asked={asked} change={change} />
      )}
    </>
  );
}

function Clients({ booking, asked, change }) {
  const turn = (value, on) => change({ clients: on ? [...asked.clients, value] : asked.clients.filter((one) => one !== value) });
  return (
    <fieldset class="choices">
      <legend>{say("Who comes")}</legend>
      {booking.clients.map((one) => (
        <label key={one.value}>
          <input type="checkbox" checked={asked.clients.includes(one.value)} onChange={(event) => turn(one.value, event.currentTarget.checked)} />
          {one.label}
        </label>
      ))}
    </fieldset>
  );
}

function InTheWay({ lines, busy, onAnyway }) {
  if (!lines.length) return null;
  return (
    <div class="notice care" role="alert">
      <p>{say("Nothing is booked yet. This is in the way:")}</p>
      <ul class="changes">
        {lines.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div class="row">
        <button class="button" type="button" disabled={busy} onClick={onAnyway}>
          {say("Book it all the same")}
        </button>
      </div>
    </div>
  );
}
