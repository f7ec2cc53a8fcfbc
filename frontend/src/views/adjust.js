// Changing an assignment that runs: another rhythm, a pause, an end; what happens to what was done is said before.

import { useEffect, useState } from "preact/hooks";

import "./pieces.js";
import { newId } from "../kernel.js";
import { say } from "../say.js";
import { Dialog, Told, useAct } from "./act.js";
import { formOf, isComplete, Rhythm, rhythmOf } from "./rhythm.js";

export function Adjust({ card, view, router, onClose }) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    router.act({ kind: "adjust", id: newId(), key: card.key }).then(setFound);
  }, []);
  return (
    <Dialog title={say("Change “{title}”", { title: card.title })} onClose={onClose}>
      {found?.kind === "adjustable" ? <Ways found={found} card={card} view={view} router={router} onClose={onClose} /> : <Waiting text={found?.text} onClose={onClose} />}
    </Dialog>
  );
}

function Waiting({ text, onClose }) {
  return (
    <>
      <p role="status">{text || say("One moment…")}</p>
      <div class="row">
        <button class="button" type="button" onClick={onClose}>
          {say("Close")}
        </button>
      </div>
    </>
  );
}

function Ways({ found, card, view, router, onClose }) {
  const { act, told, busy } = useAct(router);
  const [way, setWay] = useState("rhythm");
  const [plan, setPlan] = useState(() => formOf(found.rhythm));
  const [until, setUntil] = useState("");
  const [asked, setAsked] = useState("");
  const send = async (event) => {
    event.preventDefault();
    if (way === "rhythm" && !isComplete(plan)) return setAsked(say("Choose at least one day of the week."));
    setAsked("");
    const shared = { key: card.key, back: view.key };
    const actions = {
      rhythm: { kind: "change-rhythm", rhythm: rhythmOf(plan) },
      pause: { kind: "rest", until: until || null },
      end: { kind: "end" },
    };
    const reply = await act({ ...actions[way], ...shared });
    if (reply.kind === "view") onClose();
  };
  const ways = [
    ["rhythm", say("Change the rhythm"), found.change],
    ["pause", say("Pause it"), found.pause],
    ["end", say("End it"), found.end],
  ];
  return (
    <form class="stack" onSubmit={send}>
      <p>{say("At the moment: {rhythm}.", { rhythm: found.now })}</p>
      <fieldset class="choices ways">
        <legend>{say("What should change")}</legend>
        {ways.map(([value, label, text]) => (
          <label key={value}>
            <input type="radio" name="way" value={value} checked={way === value} onChange={() => setWay(value)} aria-describedby={`way-${value}`} />
            <span>
              {label}
              <span class="hint" id={`way-${value}`}>
                {text}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {way === "rhythm" ? <Rhythm plan={plan} change={(part) => setPlan((now) => ({ ...now, ...part }))} /> : null}
      {way === "pause" ? (
        <div class="field">
          <label for="until">{say("Last day of the pause (if it is known)")}</label>
          <input id="until" type="date" min={found.today} value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
        </div>
      ) : null}
      <Told text={asked || told} />
      <div class="row end">
        <button class="button primary" disabled={busy}>
          {ways.find(([value]) => value === way)[1]}
        </button>
        <button class="button" type="button" onClick={onClose}>
          {say("Leave it as it is")}
        </button>
      </div>
    </form>
  );
}
