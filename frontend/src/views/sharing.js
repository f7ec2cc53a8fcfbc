// On an entry's page: to whom its client opened it, and what clinicians noted and thought of it.

import { useState } from "preact/hooks";

import "./pieces.js";
import { mark, say } from "../say.js";
import { Confirm, Told, useAct } from "./act.js";
import { SignDialog } from "./consent.js";

export function Sharing({ sharing, title, router }) {
  const { act, told, busy } = useAct(router);
  const [chosen, setChosen] = useState("");
  const [signing, setSigning] = useState(false);
  const open = (terms) => act({ kind: "share", key: sharing.key, recipient: chosen, ...terms });
  const share = async (event) => {
    event.preventDefault();
    if (sharing.signed) return setSigning(true);
    const reply = await open({});
    if (reply.kind === "view") setChosen("");
  };
  const who = sharing.choices.find((one) => one.value === chosen)?.label ?? "";
  return (
    <section class="card sharing" aria-labelledby="sharing">
      <h2 id="sharing">{say("Who else will see this")}</h2>
      <p>{sharing.text}</p>
      {sharing.shares.length ? (
        <ul class="plain names">
          {sharing.shares.map((one) => (
            <li key={one.key} class="row">
              <span>{one.label}</span>
              <Confirm
                label={say("Take back")}
                named={say("Take back: {what}", { what: one.label })}
                title={say("Take this share back?")}
                text={say("From now on they cannot open it. They are not told, and what they read before stays known to them.")}
                yes={say("Take it back")}
                busy={busy}
                onYes={() => act({ kind: "unshare", key: one.key })}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {sharing.choices.length ? (
        <form class="row share" onSubmit={share}>
          <div class="field">
            <label for="share-with">{say("Share it with")}</label>
            <select id="share-with" required value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
              <option value="">{say("Nobody – keep it as it is")}</option>
              {sharing.choices.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          </div>
          <button class="button" disabled={busy || !chosen}>
            {say("Share")}
          </button>
        </form>
      ) : null}
      <Told text={signing ? "" : told} />
      {signing ? (
        <SignDialog
          form={sharing.form}
          fixed={{ title: say("Share this entry"), what: say("One entry: {title}", { title }), who }}
          send={({ purpose, until, signature }) => open({ purpose, until, signature })}
          told={told}
          busy={busy}
          onClose={() => (setSigning(false), setChosen(""))}
        />
      ) : null}
    </section>
  );
}

const QUALITIES = [mark("not begun"), mark("a start"), mark("partly done"), mark("done well"), mark("done and used in daily life")];

export function TeamWork({ team, router }) {
  return (
    <section class="stack team-work" aria-labelledby="team-work">
      <h2 id="team-work">{say("For clinicians only")}</h2>
      <p class="soft">{say("The client does not see what stands here.")}</p>
      <Written title={say("Reviews")} lines={team.reviews} />
      {team.may_review ? <ReviewForm team={team} router={router} /> : null}
      <Written title={say("Notes")} lines={team.notes} />
      {team.may_note ? <NoteForm team={team} router={router} /> : null}
    </section>
  );
}

function Written({ title, lines }) {
  if (!lines.length) return null;
  return (
    <div class="section">
      <h3>{title}</h3>
      <ul class="lines">
        {lines.map((line, index) => (
          <li key={index} class="log-line">
            <span class="soft">
              {line.by}, {line.when}
            </span>
            <span class="written">{line.text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ReviewForm({ team, router }) {
  const { act, told, busy } = useAct(router);
  const [quality, setQuality] = useState(null);
  const [note, setNote] = useState("");
  const send = async (event) => {
    event.preventDefault();
    const reply = await act({ kind: "review", key: team.key, quality, note });
    if (reply.kind === "view") (setQuality(null), setNote(""));
  };
  return (
    <form class="card" onSubmit={send}>
      <fieldset class="choices">
        <legend>{say("How well was it done?")}</legend>
        {QUALITIES.map((label, value) => (
          <label key={value}>
            <input type="radio" name="quality" required checked={quality === value} onChange={() => setQuality(value)} />
            {`${value} – ${say(label)}`}
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="review-note">{say("A word on it, if you like")}</label>
        <textarea id="review-note" rows={2} maxLength={20000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </div>
      <Told text={told} />
      <div class="row">
        <button class="button" disabled={busy}>
          {say("Save the review")}
        </button>
      </div>
    </form>
  );
}

function NoteForm({ team, router }) {
  const { act, told, busy } = useAct(router);
  const [text, setText] = useState("");
  const [counseling, setCounseling] = useState(false);
  const send = async (event) => {
    event.preventDefault();
    const reply = await act({ kind: "note", key: team.key, text, counseling });
    if (reply.kind === "view") setText("");
  };
  return (
    <form class="card" onSubmit={send}>
      <div class="field">
        <label for="note">{say("A note on this entry")}</label>
        <textarea id="note" rows={3} required maxLength={20000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </div>
      {team.may_counsel ? (
        <label class="choice">
          <input type="checkbox" checked={counseling} onChange={(event) => setCounseling(event.currentTarget.checked)} />
          {say("This is a counseling note: it needs a consent of its own to be read by anybody else")}
        </label>
      ) : null}
      <Told text={told} />
      <div class="row">
        <button class="button" disabled={busy}>
          {say("Save the note")}
        </button>
      </div>
    </form>
  );
}
