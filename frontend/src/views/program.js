// The coordinator's pages: people and teams like an address book, consents, and what waits. No answers anywhere.

import { useState } from "preact/hooks";

import "./pieces.js";
import { go } from "../header.js";
import { say } from "../say.js";
import { Back, Dialog, Told, useAct } from "./act.js";
import { ConsentCard } from "./consent.js";
import { LastDay } from "./last-day.js";

export function People({ body, view, router, useWide }) {
  const [sought, setSought] = useState("");
  const [adding, setAdding] = useState(false);
  const fits = (row) => row.name.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase());
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{view.title}</h1>
      {body.waiting.length ? (
        <div class="notice care">
          <ul class="changes">
            {body.waiting.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <a class="button" href={`#${body.watch}`} onClick={(event) => go(event, router, body.watch)}>
            {say("Look at what waits")}
          </a>
        </div>
      ) : null}
      <div class="row end-line">
        <div class="field find">
          <label for="find">{say("Find a person")}</label>
          <input id="find" type="search" autocomplete="off" value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
        </div>
        <button class="button primary" type="button" aria-haspopup="dialog" onClick={() => setAdding(true)}>
          {say("Add a person")}
        </button>
      </div>
      <Book id="clients" title={say("Clients")} rows={body.clients.filter(fits)} who={say("Care team")} router={router} useWide={useWide} />
      <Book id="staff" title={say("Staff")} rows={body.staff.filter(fits)} who={say("Treats")} router={router} useWide={useWide} />
      {adding ? <AddPerson body={body} router={router} onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

function Book({ id, title, rows, who, router, useWide }) {
  const wide = useWide(800);
  const staff = id === "staff";
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? <p class="soft">{say("Nobody here yet, or nobody by that name.")}</p> : wide ? <BookTable rows={rows} who={who} staff={staff} router={router} /> : <BookCards rows={rows} staff={staff} router={router} />}
    </section>
  );
}

function BookTable({ rows, who, staff, router }) {
  return (
    <div class="card">
      <table class="data book">
        <thead>
          <tr>
            <th scope="col">{say("Name")}</th>
            {staff ? <th scope="col">{say("Role")}</th> : null}
            <th scope="col">{who}</th>
            <th scope="col">{say("Sign-in")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <PersonLink row={row} router={router} />
              </th>
              {staff ? <td>{row.role}</td> : null}
              <td>{row.team.length ? row.team.map((line) => <div key={line}>{line}</div>) : <span class="soft">–</span>}</td>
              <td>{row.state || <span class="soft">{say("Ready")}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function BookCards({ rows, staff, router }) {
  return (
    <ul class="plain stack">
      {rows.map((row) => (
        <li class="card" key={row.key}>
          <h3>
            <PersonLink row={row} router={router} />
          </h3>
          {staff ? <p class="soft">{row.role}</p> : null}
          {row.team.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {row.state ? <p class="tag wrap">{row.state}</p> : null}
        </li>
      ))}
    </ul>
  );
}

function PersonLink({ row, router }) {
  return (
    <a href={`#${row.key}`} onClick={(event) => go(event, router, row.key)}>
      {row.name}
    </a>
  );
}

function AddPerson({ body, router, onClose }) {
  const { act, told, busy } = useAct(router);
  const [asked, setAsked] = useState({ person: "client", user: "", name: "", zone: body.zone, domains: [] });
  const set = (name) => (event) => setAsked({ ...asked, [name]: event.currentTarget.value });
  const turn = (value, on) => setAsked({ ...asked, domains: on ? [...asked.domains, value] : asked.domains.filter((one) => one !== value) });
  const send = async (event) => {
    event.preventDefault();
    await act({ kind: "add-person", ...asked });
  };
  return (
    <Dialog title={say("Add a person")} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <Select id="kind" label={say("They are a")} value={asked.person} choices={body.kinds} onChange={set("person")} />
        <div class="field">
          <label for="full-name">{say("Full name")}</label>
          <input id="full-name" required maxLength={200} autocomplete="off" value={asked.name} onInput={set("name")} />
        </div>
        <div class="field">
          <label for="user-name">{say("User name to sign in with")}</label>
          <input id="user-name" required maxLength={64} autocomplete="off" autocapitalize="none" spellcheck={false} value={asked.user} onInput={set("user")} />
        </div>
        {asked.person === "clinician" ? (
          <fieldset class="choices">
            <legend>{say("Works in")}</legend>
            {body.domains.map((one) => (
              <label key={one.value}>
                <input type="checkbox" checked={asked.domains.includes(one.value)} onChange={(event) => turn(one.value, event.currentTarget.checked)} />
                {one.label}
              </label>
            ))}
          </fieldset>
        ) : null}
        <Select id="zone" label={say("Time zone")} value={asked.zone} choices={zones(body)} onChange={set("zone")} />
        <Told text={told} />
        <div class="row end">
          <button class="button primary" disabled={busy}>
            {say("Add")}
          </button>
          <button class="button" type="button" onClick={onClose}>
            {say("Cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function zones(body) {
  return [...new Set([body.zone, ...body.zones])].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}

function Select({ id, label, value, choices, empty, onChange }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} required value={value} onChange={onChange}>
        {empty ? <option value="">{empty}</option> : null}
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export function PersonPage({ body, router, line }) {
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
      <Invitation body={body} router={router} line={line} />
      {body.is_client ? (
        <>
          <div class="row">
            <a class="button" href={`#${body.sees}`} onClick={(event) => go(event, router, body.sees)}>
              {say("Who can see what")}
            </a>
          </div>
          <Team body={body} router={router} />
          <Couple body={body} router={router} />
          <section class="section" aria-labelledby="consents">
            <h2 id="consents">{say("Consents in force")}</h2>
            {body.consents.map((consent) => (
              <ConsentCard key={consent.title + consent.state} consent={consent} router={router} />
            ))}
            {body.consents.length ? null : <p class="soft">{say("No consent is in force.")}</p>}
          </section>
        </>
      ) : null}
    </div>
  );
}

function Invitation({ body, router, line }) {
  const { act, told, busy } = useAct(router);
  const [made, setMade] = useState(null);
  const [copied, setCopied] = useState("");
  const invite = async () => {
    const reply = await act({ kind: "invite", key: body.invite });
    if (reply.kind === "invited") setMade({ link: `${location.origin}${line.base ?? "/"}invitation#${reply.token}`, until: reply.until });
  };
  const copy = async () => {
    await navigator.clipboard.writeText(made.link);
    setCopied(say("Copied."));
  };
  if (!made) {
    return (
      <>
        <div class="row">
          <button class="button" type="button" disabled={busy} onClick={invite}>
            {body.invited}
          </button>
        </div>
        <Told text={told} />
      </>
    );
  }
  return (
    <div class="notice" role="status">
      <p>{say("Give this link to {name} and to nobody else. It works once, until {until}.", { name: body.heading, until: made.until })}</p>
      <p class="key" translate="no">
        {made.link}
      </p>
      <div class="row">
        {navigator.clipboard ? (
          <button class="button" type="button" onClick={copy}>
            {say("Copy the link")}
          </button>
        ) : null}
        <span>{copied}</span>
      </div>
    </div>
  );
}

function Team({ body, router }) {
  const { act, told, busy } = useAct(router);
  const [asked, setAsked] = useState({ choice: "", since: body.today, until: "" });
  const set = (name) => (event) => setAsked({ ...asked, [name]: event.currentTarget.value });
  const add = async (event) => {
    event.preventDefault();
    const reply = await act({ kind: "treat", key: body.key, ...asked, until: asked.until || null });
    if (reply.kind === "view") setAsked({ choice: "", since: body.today, until: "" });
  };
  return (
    <section class="section" aria-labelledby="team">
      <h2 id="team">{say("Care team")}</h2>
      {body.team.length ? (
        <ul class="plain stack">
          {body.team.map((row, index) => (
            <Member key={row.key || index} row={row} router={router} />
          ))}
        </ul>
      ) : (
        <p class="soft">{say("Nobody treats this client yet. Add the first clinician below.")}</p>
      )}
      <details>
        <summary>{say("Add a clinician")}</summary>
        <form class="stack" onSubmit={add}>
          <Select id="clinician" label={say("Clinician")} value={asked.choice} choices={body.clinicians} empty={say("Choose a clinician")} onChange={set("choice")} />
          <div class="filters">
            <div class="field">
              <label for="since">{say("First day")}</label>
              <input id="since" type="date" required value={asked.since} onInput={set("since")} />
            </div>
            <div class="field">
              <label for="last">{say("Last day (if any)")}</label>
              <input id="last" type="date" min={asked.since} value={asked.until} onInput={set("until")} />
            </div>
          </div>
          <div class="row">
            <button class="button primary" disabled={busy}>
              {say("Add to the care team")}
            </button>
          </div>
        </form>
      </details>
      <Told text={told} />
    </section>
  );
}

function Member({ row, router }) {
  const { act, told, busy } = useAct(router);
  return (
    <li class={row.over ? "card quiet" : "card"}>
      <div class="title">
        <h3>{row.clinician}</h3>
        <p>{row.domain}</p>
        <p class="soft">{row.until ? say("From {since} to {until}", { since: row.since, until: row.until }) : say("Since {since}", { since: row.since })}</p>
      </div>
      {row.key ? (
        <LastDay id={row.key} name={row.clinician} day={row.last} busy={busy} send={(until) => act({ kind: "end-treat", key: row.key, until })} />
      ) : null}
      <Told text={told} />
    </li>
  );
}

function Couple({ body, router }) {
  const { act, told, busy } = useAct(router);
  const [partner, setPartner] = useState("");
  const join = (event) => {
    event.preventDefault();
    act({ kind: "couple", key: body.key, partner });
  };
  return (
    <section class="section" aria-labelledby="couple">
      <h2 id="couple">{say("Couple")}</h2>
      {body.partner ? (
        <>
          <p>{say("{name} is their partner here.", { name: body.partner })}</p>
          <p class="soft">{say("Both are shown this before their first joint worksheet:")}</p>
          <p class="notice">{body.policy}</p>
        </>
      ) : (
        <details>
          <summary>{say("They are in couples work with another client")}</summary>
          <form class="row end-line" onSubmit={join}>
            <Select id="partner" label={say("Partner")} value={partner} choices={body.partners} empty={say("Choose a client")} onChange={(event) => setPartner(event.currentTarget.value)} />
            <button class="button" disabled={busy}>
              {say("Make them a couple")}
            </button>
          </form>
        </details>
      )}
      <Told text={told} />
    </section>
  );
}

export function AllConsents({ body, view, router }) {
  const list = (rows) => rows.map((one, index) => <ConsentCard key={index} consent={one} router={router} />);
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{view.title}</h1>
      {body.empty ? <p class="soft">{body.empty}</p> : null}
      {body.soon.length ? (
        <section class="section" aria-labelledby="soon">
          <h2 id="soon">{say("End within 30 days")}</h2>
          {list(body.soon)}
        </section>
      ) : null}
      {body.rest.length ? (
        <section class="section" aria-labelledby="rest">
          <h2 id="rest">{say("In force")}</h2>
          {list(body.rest)}
        </section>
      ) : null}
    </div>
  );
}

export function Watch({ body, view, router }) {
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{view.title}</h1>
      <section class="section" aria-labelledby="alerts">
        <h2 id="alerts">{say("Not acknowledged yet")}</h2>
        {body.alerts_empty ? <p class="soft">{body.alerts_empty}</p> : null}
        {body.alerts.map((alert, index) => (
          <div class="notice care" key={index}>
            <p>
              <strong>{alert.name}</strong> {alert.age}
              {alert.high ? ` · ${say("high priority")}` : ""}
            </p>
            <p class="soft">{alert.told}</p>
          </div>
        ))}
      </section>
      <section class="section" aria-labelledby="reasons">
        <h2 id="reasons">{say("Reads for a stated reason")}</h2>
        {body.reasons_empty ? <p class="soft">{body.reasons_empty}</p> : null}
        {body.reasons.map((row, index) => (
          <ReasonCard key={index} row={row} router={router} />
        ))}
      </section>
    </div>
  );
}

function ReasonCard({ row, router }) {
  const { act, told, busy } = useAct(router);
  return (
    <article class="card">
      <div class="title">
        <h3>{say("{who} read the record of {client}", { who: row.who, client: row.client })}</h3>
        <p class="soft">
          {row.kind} · {row.when}
        </p>
      </div>
      <p class="written">{row.reason}</p>
      {row.seen ? (
        <p class="soft">{row.seen}</p>
      ) : (
        <div class="row">
          <button class="button" type="button" disabled={busy} onClick={() => act({ kind: "seen-reason", key: row.key })}>
            {say("I have seen this")}
          </button>
        </div>
      )}
      <Told text={told} />
    </article>
  );
}
