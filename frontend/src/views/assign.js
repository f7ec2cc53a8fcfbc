// Assigning a worksheet: to whom, why, in what rhythm, and how much that makes in the client's week.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { go } from "../header.js";
import { newId } from "../kernel.js";
import { say } from "../say.js";
import { AsGiven } from "./as-given.js";
import { FIRST, isComplete, Rhythm, rhythmOf } from "./rhythm.js";
import { Settings, settingsOf } from "./settings.js";

const PAUSE_MS = 200;

/** A dialog over the page; `onClose` takes it away, `preset` is how its rhythm begins. */
export function Assign({ assignKey, preset = {}, router, view, onClose }) {
  const dialog = useRef();
  const [prepared, setPrepared] = useState(null);
  const [done, setDone] = useState(null);
  useEffect(() => {
    const from = document.activeElement;
    dialog.current.showModal();
    router.act({ kind: "prepare", id: newId(), key: assignKey }).then(setPrepared);
    return () => from?.focus?.();
  }, []);
  return (
    <dialog ref={dialog} class="assign" aria-labelledby="assign-title" onClose={onClose}>
      <div class="inside">
        <h2 id="assign-title" tabIndex={-1}>
          {prepared?.title ? say("Assign “{title}”", { title: prepared.title }) : say("Assign")}
        </h2>
        <Content prepared={prepared} done={done} setDone={setDone} assignKey={assignKey} preset={preset} router={router} view={view} close={() => dialog.current.close()} />
      </div>
    </dialog>
  );
}

function Content(props) {
  const { prepared, done, close } = props;
  if (done) return <Done {...props} />;
  if (prepared?.kind === "prepared" && !prepared.nobody) return <Fields {...props} />;
  return (
    <>
      <p role="status">{prepared ? prepared.nobody || prepared.text : say("One moment…")}</p>
      <div class="row">
        <button class="button" type="button" onClick={close}>
          {say("Close")}
        </button>
      </div>
    </>
  );
}

function firstPlan(prepared, preset) {
  const everybody = [...prepared.clients, ...prepared.groups];
  const to = everybody.find((one) => one.key === prepared.chosen) ?? (everybody.length === 1 ? everybody[0] : null);
  return {
    client: to?.key ?? "",
    domain: to?.domains?.[0].value ?? "",
    note: "",
    ...FIRST,
    starts: (to ?? everybody[0]).today,
    settings: {},
    ...preset,
  };
}

function isWhole(plan) {
  return Boolean(plan.client && isComplete(plan));
}

function Fields({ prepared, setDone, assignKey, preset, router, view, close }) {
  const [plan, setPlan] = useState(() => firstPlan(prepared, preset));
  const [refusal, setRefusal] = useState("");
  const [sending, setSending] = useState(false);
  const [seeing, setSeeing] = useState(false);
  const client = prepared.clients.find((one) => one.key === plan.client);
  const group = prepared.groups.find((one) => one.key === plan.client);
  const change = (part) => setPlan((now) => ({ ...now, ...part }));
  const set = (name) => (event) => change({ [name]: event.currentTarget.value });
  const choose = (event) => {
    const found = [...prepared.clients, ...prepared.groups].find((one) => one.key === event.currentTarget.value);
    change({ client: found?.key ?? "", domain: found?.domains?.[0].value ?? "", starts: found?.today ?? plan.starts });
  };
  const send = async (event) => {
    event.preventDefault();
    if (!isWhole(plan)) return setRefusal(say("Choose at least one day of the week."));
    setRefusal("");
    setSending(true);
    const { client: to, domain, note } = plan;
    const settings = settingsOf(prepared.settings, plan.settings);
    const whose = group ? { kind: "assign-group", group: to } : { kind: "assign", client: to, domain };
    const reply = await router.act({ ...whose, id: newId(), key: assignKey, note, rhythm: rhythmOf(plan), settings });
    setSending(false);
    if (reply.kind === "refused") setRefusal(reply.text);
    else setDone(reply);
  };
  const form = (
    <form class="stack" onSubmit={send}>
      <div class="field">
        <label for="to">{prepared.groups.length ? say("Client or group") : say("Client")}</label>
        <select id="to" required value={plan.client} onChange={choose}>
          <option value="">{say("Choose a client")}</option>
          <Names of={prepared.clients} />
          {prepared.groups.length ? (
            <optgroup label={say("Groups")}>
              <Names of={prepared.groups} />
            </optgroup>
          ) : null}
        </select>
      </div>
      {client && client.domains.length > 1 ? (
        <div class="field">
          <label for="in">{say("As part of")}</label>
          <select id="in" value={plan.domain} onChange={set("domain")}>
            {client.domains.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <div class="field">
        <label for="why">{say("Why this one")}</label>
        <textarea id="why" rows={2} maxLength={1000} aria-describedby="why-hint" value={plan.note} onInput={set("note")} />
        <span class="hint" id="why-hint">
          {say("The client reads this on the card.")}
        </span>
      </div>
      <Rhythm plan={plan} change={change} />
      <Settings fields={prepared.settings} values={plan.settings} change={(settings) => change({ settings })}>
        <div class="row">
          <button class="button" type="button" aria-haspopup="dialog" onClick={() => setSeeing(true)}>
            {say("See it as the client will")}
          </button>
        </div>
      </Settings>
      {group ? <p class="notice">{say("Each member gets it as their own homework. Nobody learns who else has it.")}</p> : <Load plan={plan} assignKey={assignKey} router={router} />}
      {refusal ? (
        <div class="notice wrong" role="alert">
          {refusal}
        </div>
      ) : null}
      <div class="row end">
        <button class="button primary" disabled={sending}>
          {sending ? say("Sending…") : say("Assign it")}
        </button>
        <button class="button" type="button" onClick={close}>
          {say("Cancel")}
        </button>
      </div>
    </form>
  );
  const asGiven = { assignKey, title: prepared.title, settings: settingsOf(prepared.settings, plan.settings), router, lines: view.help };
  return (
    <>
      {form}
      {seeing ? <AsGiven {...asGiven} onClose={() => setSeeing(false)} /> : null}
    </>
  );
}

function Names({ of }) {
  return of.map((one) => (
    <option key={one.key} value={one.key}>
      {one.name}
    </option>
  ));
}

/** The client's week in minutes with this worksheet in it, asked anew after each change. */
function Load({ plan, assignKey, router }) {
  const [weighed, setWeighed] = useState(null);
  const rhythm = rhythmOf(plan);
  const asked = JSON.stringify([plan.client, plan.domain, rhythm]);
  useEffect(() => {
    if (!isWhole(plan)) return setWeighed(null);
    let late = false;
    const timer = setTimeout(async () => {
      const action = { kind: "weigh", id: newId(), key: assignKey, client: plan.client, domain: plan.domain, rhythm };
      const reply = await router.act(action);
      if (!late) setWeighed(reply);
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return (
    <section class="notice load" aria-label={say("The client's week")}>
      <p role="status">{weighed ? weighed.text : say("The client's week in minutes stands here once a client and a rhythm are chosen.")}</p>
      {weighed?.already ? <p>{weighed.already}</p> : null}
      {weighed?.days ? <DayByDay days={weighed.days} /> : null}
    </section>
  );
}

function DayByDay({ days }) {
  return (
    <details>
      <summary>{say("Day by day")}</summary>
      <table class="data">
        <thead>
          <tr>
            <th scope="col">{say("Day")}</th>
            <th scope="col">{say("Minutes so far")}</th>
            <th scope="col">{say("With this")}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td>{day.now}</td>
              <td>{day.now + day.added}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What was given, to whom it was not and why, and the way to take it back: from one client, or from all of a group. */
function Done({ done, view, router, close }) {
  const group = done.kind === "assigned-group";
  const taken = group ? { kind: "end-work", key: done.work, back: view.key } : { kind: "end", key: done.assignment, back: view.key };
  const page = group ? done.group : done.client;
  const [told, setTold] = useState("");
  const words = useRef();
  useLayoutEffect(() => words.current.focus(), []); // at once: later it would take the focus from whoever is quick with Tab
  const undo = async () => {
    setTold(say("One moment…"));
    const reply = await router.act({ id: newId(), ...taken });
    const words = group ? say("Taken back. No member has it any more.") : say("Taken back. The client does not have it any more.");
    setTold(reply.kind === "view" ? words : reply.text);
  };
  return (
    <>
      <p class="lead" tabIndex={-1} ref={words}>
        {done.text}
      </p>
      {done.refused?.length ? (
        <div class="notice care">
          <p>{say("Not given to:")}</p>
          <ul class="changes">
            {done.refused.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <p role="status">{told}</p>
      <div class="row">
        <button class="button primary" type="button" onClick={close}>
          {say("Close")}
        </button>
        <a class="button" href={`#${page}`} onClick={(event) => (close(), go(event, router, page))}>
          {group ? say("Open the group's page") : say("Open the client's page")}
        </a>
        {told || !taken.key ? null : (
          <button class="button" type="button" onClick={undo}>
            {say("Undo")}
          </button>
        )}
      </div>
    </>
  );
}
