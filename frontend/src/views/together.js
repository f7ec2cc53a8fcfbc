// A draft that several people fill in: whether it is open, who is here and where, what both answered at once.

import { useEffect, useRef, useState } from "preact/hooks";

import "./pieces.js";
import { go } from "../header.js";
import { say } from "../say.js";
import { Told, useAct } from "./act.js";

let opening = false; // the focus goes along when an offer below the form becomes the panel above it

/** Below a form of one's own: the offer to open it to those who may see it. */
export function Offer({ body, router }) {
  const { act, told, busy } = useAct(router);
  const open = () => {
    opening = true;
    act({ kind: "together", key: body.key, on: true });
  };
  return (
    <details>
      <summary>{say("Fill in together")}</summary>
      <div class="stack">
        <p>{body.together.text}</p>
        <Told text={told} />
        <div class="row">
          <button class="button" type="button" disabled={busy} onClick={open}>
            {say("Open it to fill in together")}
          </button>
        </div>
      </div>
    </details>
  );
}

/** Above the form, while it is open to others or has just been closed by its owner. */
export function Together({ body, router, work, company }) {
  const { panel, key } = { panel: body.together, key: body.key };
  const { act, told, busy } = useAct(router);
  const heading = useRef();
  useEffect(() => {
    if (opening) heading.current.focus();
    opening = false;
  }, []);
  const open = panel.on && !company?.over;
  return (
    <section class="card together" aria-labelledby="together">
      <h2 id="together" ref={heading} tabIndex={-1}>{open ? say("You fill this in together") : say("Fill in together")}</h2>
      {company?.over ? <Over over={company.over} body={body} router={router} /> : <p>{panel.text}</p>}
      {open && company?.state ? <State state={company.state} form={work.form} /> : null}
      <Told text={told} />
      {panel.mine ? (
        <div class="row">
          <button class="button" type="button" disabled={busy} onClick={() => act({ kind: "together", key, on: false })}>
            {say("Close it to the others")}
          </button>
        </div>
      ) : null}
    </section>
  );
}

function Over({ over, body, router }) {
  if (!over.done) return <p role="status">{say("The client has closed this draft.")}</p>;
  return (
    <p role="status">
      {say("The client has handed it in.")}{" "}
      <a href={`#${body.key}`} onClick={(event) => (event.preventDefault(), router.open(body.key))}>
        {say("Read it")}
      </a>
    </p>
  );
}

function State({ state, form }) {
  const others = state.present.filter((one) => !one.me);
  return (
    <>
      <div role="status" class="present">
        {others.length === 0 ? <p class="soft">{say("Nobody else is here yet.")}</p> : null}
        {others.map((one) => (
          <p key={one.name}>{whereWords(one, form)}</p>
        ))}
      </div>
      {state.figures.length ? (
        <p class="live-figures">
          <span class="soft">{say("So far")}</span> {state.figures.join(" · ")}
        </p>
      ) : null}
      {state.kept.length ? (
        <div class="notice care" role="alert">
          <p>{say("You both answered these at the same time. Both answers are kept; the newer one stands in the form.")}</p>
          <ul>
            {state.kept.map((one, index) => (
              <li key={index}>{say("{title} – {name}: {answer}", { title: form.titleOf(one.item), name: one.by, answer: form.textOf(one.item, one.value) })}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

function whereWords({ name, item, typing }, form) {
  const values = { name, title: item ? form.titleOf(item) : "" };
  if (!item) return say("{name} is here.", values);
  return typing ? say("{name} is writing at “{title}”.", values) : say("{name} is at “{title}”.", values);
}

/** A clinician's own notes on single questions: they stand on no page of the client's. */
export function ItemNotes({ body, router, work, company }) {
  const { act, told, busy } = useAct(router);
  const [text, setText] = useState("");
  const [notes, setNotes] = useState(body.together.notes);
  const item = company?.item ?? "";
  const title = item ? work.form.titleOf(item) : "";
  const send = async (event) => {
    event.preventDefault();
    const reply = await act({ kind: "note-item", key: body.key, item, text });
    if (reply.kind === "item-notes") (setNotes(reply.notes), setText(""));
  };
  return (
    <section class="card item-notes" aria-labelledby="item-notes">
      <h2 id="item-notes">{say("Your notes on single questions")}</h2>
      <p class="soft">{say("The client does not see what stands here.")}</p>
      {item ? (
        <form class="stack" onSubmit={send}>
          <div class="field">
            <label for="item-note">{say("A note on “{title}”", { title })}</label>
            <textarea id="item-note" rows={2} required maxLength={20000} autocomplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </div>
          <Told text={told} />
          <div class="row">
            <button class="button" disabled={busy}>
              {say("Save the note")}
            </button>
          </div>
        </form>
      ) : (
        <p>{say("Go to a question, and you can write a note on it here.")}</p>
      )}
      <ul class="lines">
        {notes.map((one, index) => (
          <li key={index} class="log-line">
            <span class="soft">
              {work.form.titleOf(one.item)} · {one.by}, {one.when}
            </span>
            <span class="written">{one.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** On a client's page: drafts that are open to fill in together now. */
export function OpenNow({ drafts, router }) {
  return (
    <div class="notice care together-now" role="status">
      {drafts.map((one) => (
        <p key={one.key}>
          {say("Open to fill in together: {title}", { title: one.title })}{" "}
          <a class="button primary" href={`#${one.key}`} onClick={(event) => go(event, router, one.key)}>
            {say("Fill it in together")}
          </a>
        </p>
      ))}
    </div>
  );
}
