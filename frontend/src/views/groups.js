// Groups, for those who lead or run them: who belongs from when to when, and what all members were given.

import { useState } from "preact/hooks";

import "./pieces.js";
import { go } from "../header.js";
import { say } from "../say.js";
import { Back, Confirm, Dialog, Told, useAct } from "./act.js";
import { LastDay } from "./last-day.js";

export function Groups({ body, view, router }) {
  const [making, setMaking] = useState(false);
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{view.title}</h1>
      <p class="soft">{say("Members never see each other here: not who belongs to a group, and not how many.")}</p>
      <div class="row">
        <button class="button primary" type="button" aria-haspopup="dialog" onClick={() => setMaking(true)}>
          {say("New group")}
        </button>
      </div>
      {body.empty ? <p class="soft">{body.empty}</p> : null}
      <List rows={body.rows} router={router} />
      {body.ended.length ? (
        <details>
          <summary>{say("Groups that ended")}</summary>
          <List rows={body.ended} router={router} />
        </details>
      ) : null}
      {making ? <Make body={body} router={router} onClose={() => setMaking(false)} /> : null}
    </div>
  );
}

function List({ rows, router }) {
  return (
    <ul class="plain stack">
      {rows.map((row) => (
        <li class={row.ended ? "card quiet" : "card"} key={row.key}>
          <div class="title">
            <h2>
              <a href={`#${row.key}`} onClick={(event) => go(event, router, row.key)}>
                {row.name}
              </a>
            </h2>
            <p class="soft">{[row.domain, row.members, row.leaders, row.ended].filter(Boolean).join(" · ")}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function NameField({ value, onInput }) {
  return (
    <div class="field">
      <label for="group-name">{say("Name of the group")}</label>
      <input id="group-name" required maxLength={80} autocomplete="off" aria-describedby="group-name-hint" value={value} onInput={onInput} />
      <span class="hint" id="group-name-hint">
        {say("A name that says nothing about anybody's health, such as “Monday mornings”.")}
      </span>
    </div>
  );
}

function LedBy({ leaders, chosen, turn }) {
  if (!leaders.length) return null;
  return (
    <fieldset class="choices">
      <legend>{say("Who leads it")}</legend>
      {leaders.map((one) => (
        <label key={one.value + one.domain}>
          <input type="checkbox" checked={chosen.includes(one.value)} onChange={(event) => turn(one.value, event.currentTarget.checked)} />
          {one.label}
        </label>
      ))}
    </fieldset>
  );
}

function turned(list, value, on) {
  return on ? [...list, value] : list.filter((one) => one !== value);
}

function Make({ body, router, onClose }) {
  const { act, told, busy } = useAct(router);
  const [asked, setAsked] = useState({ name: "", domain: body.domains[0]?.value ?? "", leaders: [] });
  const send = (event) => {
    event.preventDefault();
    act({ kind: "make-group", ...asked });
  };
  return (
    <Dialog title={say("New group")} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <NameField value={asked.name} onInput={(event) => setAsked({ ...asked, name: event.currentTarget.value })} />
        <div class="field">
          <label for="group-domain">{say("Part of care")}</label>
          <select id="group-domain" value={asked.domain} onChange={(event) => setAsked({ ...asked, domain: event.currentTarget.value, leaders: [] })}>
            {body.domains.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </select>
        </div>
        <LedBy leaders={body.leaders.filter((one) => one.domain === asked.domain)} chosen={asked.leaders} turn={(value, on) => setAsked({ ...asked, leaders: turned(asked.leaders, value, on) })} />
        <Told text={told} />
        <div class="row end">
          <button class="button primary" disabled={busy}>
            {say("Make the group")}
          </button>
          <button class="button" type="button" onClick={onClose}>
            {say("Cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function GroupPage({ body, router }) {
  return (
    <div class="stack">
      <Back way={body.way} router={router} />
      <header class="stack">
        <h1 tabIndex={-1}>{body.heading}</h1>
        <ul class="facts soft">
          {body.facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </header>
      {body.ended ? <p class="notice">{body.ended}</p> : null}
      <Members body={body} router={router} />
      {body.may_give || body.works.length ? <Homework body={body} router={router} /> : null}
      <Meets body={body} router={router} />
      {body.ended ? null : <Settings body={body} router={router} />}
    </div>
  );
}

function Members({ body, router }) {
  return (
    <section class="section" aria-labelledby="members">
      <h2 id="members">{say("Members")}</h2>
      {body.members_empty ? <p class="soft">{body.members_empty}</p> : null}
      <ul class={body.members.length ? "card lines" : "plain"}>
        {body.members.map((row) => (
          <Member key={row.key || row.name} row={row} router={router} />
        ))}
      </ul>
      {body.past.length ? (
        <details>
          <summary>{say("Earlier members")}</summary>
          <ul class="card lines">
            {body.past.map((row, index) => (
              <Member key={index} row={row} router={router} />
            ))}
          </ul>
        </details>
      ) : null}
      {body.ended ? null : <Add body={body} router={router} />}
    </section>
  );
}

function Member({ row, router }) {
  const { act, told, busy } = useAct(router);
  return (
    <li>
      <div class="line">
        <div class="row">
          <h3>
            {row.client ? (
              <a href={`#${row.client}`} onClick={(event) => go(event, router, row.client)}>
                {row.name}
              </a>
            ) : (
              row.name
            )}
          </h3>
          <span class="soft">{row.when}</span>
        </div>
        {row.give ? (
          <div class="row">
            <span>{row.lacks}</span>
            <button class="button" type="button" disabled={busy} aria-label={say("Give what runs: {name}", { name: row.name })} onClick={() => act({ kind: "give-running", key: row.give })}>
              {say("Give what runs")}
            </button>
          </div>
        ) : null}
        {row.key ? (
          <LastDay id={row.key} name={row.name} day={row.last} busy={busy} send={(until) => act({ kind: "leave-group", key: row.key, until })}>
            <p class="soft">{say("What they were given stays with them until you end it on their own page.")}</p>
          </LastDay>
        ) : null}
        <Told text={told} />
      </div>
    </li>
  );
}

function Add({ body, router }) {
  const { act, told, busy } = useAct(router);
  const first = { client: "", since: body.today, until: "", running: false };
  const [asked, setAsked] = useState(first);
  const set = (name) => (event) => setAsked({ ...asked, [name]: event.currentTarget.value });
  const add = async (event) => {
    event.preventDefault();
    const reply = await act({ kind: "join-group", key: body.key, ...asked, until: asked.until || null });
    if (reply.kind === "view") setAsked(first);
  };
  const runs = body.may_give && body.works.some((one) => !one.ended);
  return (
    <details>
      <summary>{say("Add a member")}</summary>
      <form class="stack" onSubmit={add}>
        <div class="field">
          <label for="joiner">{say("Client")}</label>
          <select id="joiner" required aria-describedby="joiner-hint" value={asked.client} onChange={set("client")}>
            <option value="">{say("Choose a client")}</option>
            {body.candidates.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </select>
          <span class="hint" id="joiner-hint">
            {say("Clients whom a leader of this group treats in its part of care.")}
          </span>
        </div>
        <div class="filters">
          <div class="field">
            <label for="joins">{say("First day")}</label>
            <input id="joins" type="date" required value={asked.since} onInput={set("since")} />
          </div>
          <div class="field">
            <label for="leaves">{say("Last day (if any)")}</label>
            <input id="leaves" type="date" min={asked.since} value={asked.until} onInput={set("until")} />
          </div>
        </div>
        {runs ? (
          <label class="row">
            <input type="checkbox" checked={asked.running} onChange={(event) => setAsked({ ...asked, running: event.currentTarget.checked })} />
            {say("Also give them the homework that runs in this group")}
          </label>
        ) : null}
        <Told text={told} />
        <div class="row">
          <button class="button primary" disabled={busy}>
            {say("Add to the group")}
          </button>
        </div>
      </form>
    </details>
  );
}

function Homework({ body, router }) {
  const { act, told, busy } = useAct(router);
  return (
    <section class="section" aria-labelledby="homework">
      <h2 id="homework">{say("Homework of the group")}</h2>
      {body.works_empty ? <p class="soft">{body.works_empty}</p> : null}
      <ul class="plain stack">
        {body.works.map((work) => (
          <li class={work.ended ? "card quiet" : "card"} key={work.key}>
            <div class="title">
              <h3>{work.title}</h3>
              <p class="soft">{[work.ended ? say("Ended") : work.plan, work.who].join(" · ")}</p>
              {work.note ? <p>{work.note}</p> : null}
            </div>
            {body.may_give ? (
              <div class="row">
                {work.ended ? (
                  <button class="button" type="button" disabled={busy} aria-label={say("Let it run again for all: {title}", { title: work.title })} onClick={() => act({ kind: "end-work", key: work.key, back: body.key, undo: true })}>
                    {say("Let it run again")}
                  </button>
                ) : (
                  <Confirm
                    label={say("End it for all")}
                    named={say("End it for all: {title}", { title: work.title })}
                    title={say("End “{title}” for all members", { title: work.title })}
                    text={say("It leaves every member's list at once. What was done stays in each record, and you can let it run again.")}
                    yes={say("End it for all")}
                    busy={busy}
                    onYes={() => act({ kind: "end-work", key: work.key, back: body.key })}
                  />
                )}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <Told text={told} />
      {body.library ? (
        <div class="row">
          <a class="button primary" href={`#${body.library}`} onClick={(event) => go(event, router, body.library)}>
            {say("Choose a worksheet for all members")}
          </a>
        </div>
      ) : null}
    </section>
  );
}

function Meets({ body, router }) {
  return (
    <section class="section" aria-labelledby="meets">
      <h2 id="meets">{say("Appointments")}</h2>
      {body.appointments.length ? (
        <ul class="changes">
          {body.appointments.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : (
        <p class="soft">{say("Nothing is booked for this group in the next four weeks.")}</p>
      )}
      <div class="row">
        <a class="button" href={`#${body.calendar}`} onClick={(event) => go(event, router, body.calendar)}>
          {say("Open the calendar")}
        </a>
      </div>
    </section>
  );
}

function Settings({ body, router }) {
  const { act, told, busy } = useAct(router);
  const [asked, setAsked] = useState({ name: body.heading, leaders: body.leaders.filter((one) => one.chosen).map((one) => one.value) });
  const save = (event) => {
    event.preventDefault();
    act({ kind: "change-group", key: body.key, ...asked });
  };
  return (
    <details class="section">
      <summary>{say("Change or end this group")}</summary>
      <form class="stack" onSubmit={save}>
        <NameField value={asked.name} onInput={(event) => setAsked({ ...asked, name: event.currentTarget.value })} />
        <LedBy leaders={body.leaders} chosen={asked.leaders} turn={(value, on) => setAsked({ ...asked, leaders: turned(asked.leaders, value, on) })} />
        <Told text={told} />
        <div class="row">
          <button class="button" disabled={busy}>
            {say("Save")}
          </button>
          <Confirm
            label={say("End this group")}
            title={say("End “{title}”", { title: body.heading })}
            text={say("Nobody belongs to it from today on, and it meets no more. What its members were given stays with them.")}
            yes={say("End the group")}
            busy={busy}
            onYes={() => act({ kind: "end-group", key: body.key })}
          />
        </div>
      </form>
    </details>
  );
}
