// A safety rule fired while somebody writes: its help is shown at once, needs no network, and must be acknowledged.

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { HelpLines } from "./help.js";
import { say } from "./say.js";

export function HelpPanel({ flags, messages, lines }) {
  const [read, setRead] = useState([]);
  const dialog = useRef();
  const open = flags.filter((flag) => flag.fresh && !read.includes(flag.id));
  useLayoutEffect(() => {
    if (open.length && !dialog.current.open) dialog.current.showModal();
    if (!open.length) dialog.current.close();
  }, [open.length]);
  return (
    <>
      <dialog
        ref={dialog}
        aria-labelledby="flag-title"
        closedby="none"
        onKeyDown={(event) => event.key === "Escape" && event.preventDefault()}
        onCancel={(event) => event.preventDefault()}
      >
        <div class="inside">
          <h2 id="flag-title">{say("Before you go on")}</h2>
          {open.map((flag) => (
            <p key={flag.id} class="lead">
              {messages[flag.id]}
            </p>
          ))}
          <HelpLines lines={lines} />
          <div class="row">
            <button class="button primary" type="button" onClick={() => setRead([...read, ...open.map((flag) => flag.id)])}>
              {say("I have read this")}
            </button>
          </div>
        </div>
      </dialog>
      {flags.length ? (
        <section class="notice care" aria-label={say("Help")}>
          {flags.map((flag) => (
            <p key={flag.id}>{messages[flag.id]}</p>
          ))}
          <HelpLines lines={lines} />
        </section>
      ) : null}
    </>
  );
}
