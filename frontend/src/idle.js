// Locks the page when nobody has touched it for a while; says so first. Other tabs of the same login count too.

import { useEffect, useRef, useState } from "preact/hooks";

import { xsrf } from "./kernel.js";
import { say, several } from "./say.js";

const SIGNS = ["pointerdown", "click", "keydown", "wheel", "touchmove", "practising"]; // a screen reader only clicks; who breathes along sits still

export function Idle({ seconds, outbox, base }) {
  const warning = Math.min(30, Math.round(seconds / 3));
  const [left, setLeft] = useState(null);
  const dialog = useRef();
  const last = useRef(Date.now());
  useEffect(() => {
    const tabs = new BroadcastChannel("iopkit-idle");
    const heard = () => {
      last.current = Date.now();
      setLeft(null);
    };
    const sign = () => {
      if (Date.now() - last.current > 1000) tabs.postMessage("here");
      heard();
    };
    tabs.onmessage = heard;
    for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true });
    const timer = setInterval(() => {
      const rest = Math.ceil(seconds - (Date.now() - last.current) / 1000);
      if (rest <= 0) {
        clearInterval(timer);
        lock(outbox, base);
      }
      setLeft(rest <= warning ? Math.max(rest, 0) : null);
    }, 500);
    return () => {
      clearInterval(timer);
      tabs.close();
      for (const name of SIGNS) removeEventListener(name, sign, { capture: true });
    };
  }, [seconds]);
  useEffect(() => {
    if (left === null) dialog.current.close();
    else if (!dialog.current.open) dialog.current.showModal();
  }, [left === null]);
  return (
    <dialog ref={dialog} aria-labelledby="idle-title">
      <div class="inside">
        <h2 id="idle-title">{say("Still there?")}</h2>
        <p>
          {several(
            "This page locks in {count} second, so that nobody else reads it. What you wrote is saved first.",
            "This page locks in {count} seconds, so that nobody else reads it. What you wrote is saved first.",
            left ?? 0,
          )}
        </p>
        <div class="row">
          <button class="button primary" type="button">
            {say("I am here")}
          </button>
        </div>
      </div>
    </dialog>
  );
}

/** Saves what is unsaved, covers the page, and hands the lock to the server; the fragment stays, to come back to. */
async function lock(outbox, base) {
  document.body.classList.add("locked");
  await outbox.flush();
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: `${base}lock${location.hash}`, hidden: true });
  for (const [name, value] of Object.entries({ _xsrf: xsrf(), next: location.pathname })) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}
