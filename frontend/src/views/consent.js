// A consent as a card with every element, and the dialog in which one is read before it is signed.

import { useState } from "preact/hooks";

import { locale, say } from "../say.js";
import { Confirm, Dialog, Facts, Told, useAct } from "./act.js";

/** What stands for a recipient who is in no list and is named by hand. */
export const OUTSIDE = "outside";

export function ConsentCard({ consent, router, level = 3, children }) {
  const { act, told, busy } = useAct(router);
  const Heading = `h${level}`;
  return (
    <article class={consent.live ? "card" : "card quiet"}>
      <div class="title">
        <Heading>{consent.title}</Heading>
        <p class="soft">{consent.state}</p>
      </div>
      <details>
        <summary>{say("What was signed")}</summary>
        <Facts facts={consent.facts} />
      </details>
      {children}
      {consent.key ? (
        <div class="row">
          <Confirm
            label={say("Take back")}
            named={say("Take back: {what}", { what: consent.title })}
            title={say("Take this consent back?")}
            text={say("From now on they cannot read it any more. What they read before stays known to them.")}
            yes={say("Take it back")}
            busy={busy}
            onYes={() => act({ kind: "revoke", key: consent.key })}
          />
        </div>
      ) : null}
      <Told text={told} />
    </article>
  );
}

/** Two steps: choose, then read all of it and sign. `send` gets what was chosen and resolves with the reply. */
export function SignDialog({ form, fixed, send, told, busy, onClose }) {
  const [reading, setReading] = useState(false);
  const [asked, setAsked] = useState({ recipient: "", outside: "", domains: [], purpose: "", until: form.until, signature: "" });
  const change = (part) => setAsked((now) => ({ ...now, ...part }));
  const sign = async (event) => {
    event.preventDefault();
    const reply = await send(asked);
    if (reply.kind === "view") onClose();
  };
  return (
    <Dialog title={reading ? say("Read it before you sign") : (fixed?.title ?? say("A new consent"))} onClose={onClose}>
      {reading ? (
        <form class="stack" onSubmit={sign}>
          <Facts facts={elements(form, fixed, asked)} />
          <div class="field">
            <label for="signature">{say("Sign by typing your full name: {name}", { name: form.patient })}</label>
            <input id="signature" required maxLength={200} autocomplete="off" value={asked.signature} onInput={(event) => change({ signature: event.currentTarget.value })} />
          </div>
          <Told text={told} />
          <div class="row end">
            <button class="button primary" disabled={busy}>
              {say("Sign")}
            </button>
            <button class="button" type="button" onClick={() => setReading(false)}>
              {say("Back")}
            </button>
          </div>
        </form>
      ) : (
        <Choices form={form} fixed={fixed} asked={asked} change={change} onDone={() => setReading(true)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Choices({ form, fixed, asked, change, onDone, onClose }) {
  const [missing, setMissing] = useState("");
  const turn = (value, on) => change({ domains: on ? [...asked.domains, value] : asked.domains.filter((one) => one !== value) });
  const next = (event) => {
    event.preventDefault();
    if (!fixed && !asked.domains.length) return setMissing(say("Choose at least one part of your record."));
    onDone();
  };
  return (
    <form class="stack" onSubmit={next}>
      {fixed?.who ? null : <Recipient form={form} asked={asked} change={change} />}
      {fixed ? null : (
        <fieldset class="choices">
          <legend>{say("What they may read")}</legend>
          {form.domains.map((one) => (
            <label key={one.value}>
              <input type="checkbox" checked={asked.domains.includes(one.value)} onChange={(event) => turn(one.value, event.currentTarget.checked)} />
              {one.label}
            </label>
          ))}
        </fieldset>
      )}
      <div class="field">
        <label for="purpose">{say("What for")}</label>
        <input id="purpose" required maxLength={500} aria-describedby="purpose-hint" value={asked.purpose} onInput={(event) => change({ purpose: event.currentTarget.value })} />
        <span class="hint" id="purpose-hint">
          {say("Such as: so that my care fits together")}
        </span>
      </div>
      <div class="field">
        <label for="until">{say("Until")}</label>
        <input id="until" type="date" required min={form.today} value={asked.until} onInput={(event) => change({ until: event.currentTarget.value })} />
      </div>
      <Told text={missing} />
      <div class="row end">
        <button class="button primary">{say("Read it before you sign")}</button>
        <button class="button" type="button" onClick={onClose}>
          {say("Cancel")}
        </button>
      </div>
    </form>
  );
}

function Recipient({ form, asked, change }) {
  return (
    <>
      <div class="field">
        <label for="recipient">{say("Who may read it")}</label>
        <select id="recipient" required value={asked.recipient} onChange={(event) => change({ recipient: event.currentTarget.value })}>
          <option value="">{say("Choose a person")}</option>
          {form.recipients.map((one) => (
            <option key={one.value} value={one.value || OUTSIDE}>
              {one.label}
            </option>
          ))}
        </select>
      </div>
      {asked.recipient === OUTSIDE ? (
        <div class="field">
          <label for="outside">{say("Their name")}</label>
          <input id="outside" required maxLength={200} autocomplete="off" aria-describedby="outside-hint" value={asked.outside} onInput={(event) => change({ outside: event.currentTarget.value })} />
          <span class="hint" id="outside-hint">
            {say("Your partner signs for the same name")}
          </span>
        </div>
      ) : null}
    </>
  );
}

/** Every element of the consent in the order in which it is read. */
function elements(form, fixed, asked) {
  const chosen = (choices, value) => choices.find((one) => one.value === value)?.label ?? "";
  return [
    { label: say("Client"), value: form.patient },
    { label: say("Who opens it"), value: form.discloser },
    { label: say("What"), value: fixed?.what ?? asked.domains.map((one) => chosen(form.domains, one)).join(", ") },
    { label: say("Who may read it"), value: fixed?.who ?? (asked.recipient === OUTSIDE ? asked.outside : chosen(form.recipients, asked.recipient)) },
    { label: say("What for"), value: asked.purpose },
    { label: say("Until"), value: day(asked.until) },
    { label: say("Your rights"), value: form.rights },
    { label: say("Date of signing"), value: day(form.today) },
  ];
}

function day(text) {
  const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale(), format).format(new Date(`${text}T00:00:00Z`));
}
