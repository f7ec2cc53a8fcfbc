// What a client does with their own calendar: keep time free, bring a calendar file in, take files along.

import { useState } from "preact/hooks";

import { lean } from "../lean-calendar.js";
import { say } from "../say.js";
import { Told, useAct } from "./act.js";
import { saveFile } from "./paper.js";
import { Weekdays } from "./weekdays.js";

const LARGEST_FILE = 10_000_000;
const LARGEST_TEXT = 300_000; // what a message may carry

export function Own({ body, router, line }) {
  return (
    <>
      <Blocks body={body} router={router} />
      <BringIn body={body} router={router} />
      <TakeAlong body={body} router={router} line={line} />
    </>
  );
}

function Blocks({ body, router }) {
  const { act, told, busy } = useAct(router);
  const [asked, setAsked] = useState({ what: "work", day: body.own.today, begins: "09:00", ends: "17:00", days: [] });
  const set = (name) => (event) => setAsked({ ...asked, [name]: event.currentTarget.value });
  const add = (event) => {
    event.preventDefault();
    act({ kind: "add-block", back: body.key, ...asked });
  };
  return (
    <section class="section" aria-labelledby="blocks">
      <h2 id="blocks">{say("When you cannot come")}</h2>
      <p class="soft">{say("Your clinicians and the coordinator see that you are busy then, so that appointments fit around it.")}</p>
      {body.own.blocks.length ? (
        <ul class="plain stack">
          {body.own.blocks.map((one) => (
            <li key={one.key} class="row">
              <span>{one.text}</span>
              <button class="button small" type="button" disabled={busy} aria-label={say("Remove: {what}", { what: one.text })} onClick={() => act({ kind: "remove-block", key: one.key, back: body.key })}>
                {say("Remove")}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <details>
        <summary>{say("Add work, family or other time")}</summary>
        <form class="stack" onSubmit={add}>
          <div class="filters">
            <div class="field">
              <label for="what">{say("What")}</label>
              <select id="what" value={asked.what} onChange={set("what")}>
                <option value="work">{say("Work")}</option>
                <option value="family">{say("Family")}</option>
                <option value="other">{say("Other")}</option>
              </select>
            </div>
            <div class="field">
              <label for="block-day">{say("First day")}</label>
              <input id="block-day" type="date" required value={asked.day} onInput={set("day")} />
            </div>
            <div class="field">
              <label for="block-begins">{say("From")}</label>
              <input id="block-begins" type="time" required value={asked.begins} onInput={set("begins")} />
            </div>
            <div class="field">
              <label for="block-ends">{say("Until")}</label>
              <input id="block-ends" type="time" required value={asked.ends} onInput={set("ends")} />
            </div>
          </div>
          <Weekdays id="block" label={say("Every week on these days; none: only on the first day")} days={asked.days} onChange={(days) => setAsked({ ...asked, days })} />
          <div class="row">
            <button class="button primary" disabled={busy}>
              {say("Add it")}
            </button>
          </div>
        </form>
      </details>
      <Told text={told} />
    </section>
  );
}

function BringIn({ body, router }) {
  const { act, told, busy } = useAct(router);
  const [problem, setProblem] = useState("");
  const bring = async (event) => {
    const [file] = event.currentTarget.files;
    event.currentTarget.value = "";
    if (!file) return;
    setProblem("");
    if (file.size > LARGEST_FILE) return setProblem(say("This file is too large: at most 10 MB. Export one calendar, or only the coming months."));
    const text = lean(await file.text());
    if (text.length > LARGEST_TEXT) return setProblem(say("There are too many events in this file. Export one calendar, or only the coming months."));
    act({ kind: "take-calendar", back: body.key, text });
  };
  return (
    <section class="section" aria-labelledby="bring-title">
      <h2 id="bring-title">{say("Bring in your own calendar")}</h2>
      <p class="soft" id="bring-hint">
        {say("An .ics file of Google Calendar, Outlook, Apple, Cozi or another program. Only from when to when you are busy in the next half year is kept; titles, places and people stay on this device. A new file takes the place of the one before.")}
      </p>
      <div class="field">
        <label for="bring">{say("Calendar file")}</label>
        <input id="bring" type="file" accept=".ics,text/calendar" disabled={busy} aria-describedby="bring-hint" onChange={bring} />
      </div>
      <Told text={problem || told} />
    </section>
  );
}

function TakeAlong({ body, router, line }) {
  const { act, told, busy } = useAct(router);
  const [done, setDone] = useState("");
  const [asked, setAsked] = useState({ since: body.own.letter_since, until: body.own.letter_until });
  const write = async (action) => {
    setDone("");
    const reply = await act(action);
    if (reply.kind !== "written") return;
    saveFile(reply.file, reply.data, reply.type);
    setDone(say("The file is among your downloads."));
  };
  const letter = (event) => {
    event.preventDefault();
    write({ kind: "write-letter", ...asked });
  };
  return (
    <section class="section" aria-labelledby="take-title">
      <h2 id="take-title">{say("Take it along")}</h2>
      <p class="soft">{say("The file says “Appointment” and when, and nothing else.")}</p>
      <div class="row">
        <button class="button" type="button" disabled={busy} onClick={() => write({ kind: "write-calendar" })}>
          {say("Save my appointments as a file")}
        </button>
        <a class="button" href={`${line?.base ?? "/"}your-calendar`}>
          {say("Private address and reminders")}
        </a>
      </div>
      <details>
        <summary>{say("A letter that says when I was there")}</summary>
        <form class="stack" onSubmit={letter}>
          <p class="soft">{say("For an employer, a school or a court: days and hours, no diagnosis and no kind of care. Whoever signs it adds their name.")}</p>
          <div class="filters">
            <div class="field">
              <label for="letter-since">{say("From")}</label>
              <input id="letter-since" type="date" required value={asked.since} onInput={(event) => setAsked({ ...asked, since: event.currentTarget.value })} />
            </div>
            <div class="field">
              <label for="letter-until">{say("Until")}</label>
              <input id="letter-until" type="date" required value={asked.until} onInput={(event) => setAsked({ ...asked, until: event.currentTarget.value })} />
            </div>
          </div>
          <div class="row">
            <button class="button" disabled={busy}>
              {say("Make the letter")}
            </button>
          </div>
        </form>
      </details>
      <p role="status">{done}</p>
      <Told text={told} />
    </section>
  );
}
