// Doing something from a view: sent once, again after a cut, with what came of it in words.

import { useEffect, useRef, useState } from "preact/hooks";

import { go } from "../header.js";
import { newId } from "../kernel.js";
import { say } from "../say.js";

/** What sends an action and resolves with its reply; `told` is a refusal in words, `busy` while one is under way. */
export function useAct(router) {
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const act = async (action) => {
    setTold("");
    setBusy(true);
    const reply = await router.act({ id: newId(), ...action });
    setBusy(false);
    if (reply.kind === "refused") setTold(reply.text);
    return reply;
  };
  return { act, told, busy };
}

export function Told({ text }) {
  return text ? (
    <div role="alert" class="notice wrong">
      {text}
    </div>
  ) : null;
}

export function Back({ way, router }) {
  return (
    <p>
      <a href={`#${way.key}`} onClick={(event) => go(event, router, way.key)}>
        {say("Back to {place}", { place: way.label })}
      </a>
    </p>
  );
}

/** A dialog that is open while it is there; what had the focus gets it back. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef();
  useEffect(() => {
    const from = document.activeElement;
    dialog.current.showModal();
    return () => from?.isConnected && from.focus();
  }, []);
  return (
    <dialog ref={dialog} class="assign" aria-labelledby="dialog-title" onClose={onClose}>
      <div class="inside">
        <h2 id="dialog-title" tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}

/** A button that asks once before it does what cannot be undone by itself. */
export function Confirm({ label, named, title, text, yes, onYes, busy }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button class="button" type="button" aria-haspopup="dialog" aria-label={named} disabled={busy} onClick={() => setOpen(true)}>
        {label}
      </button>
      {open ? (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <p>{text}</p>
          <div class="row end">
            <button class="button primary" type="button" onClick={() => (setOpen(false), onYes())}>
              {yes}
            </button>
            <button class="button" type="button" onClick={() => setOpen(false)}>
              {say("Leave it as it is")}
            </button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

export function Facts({ facts }) {
  return (
    <dl class="facts-list">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
