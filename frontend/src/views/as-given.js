// A worksheet as this client will have it, with what a clinician sets up for them. What is typed in it goes nowhere.

import { useEffect, useRef, useState } from "preact/hooks";

import { newId } from "../kernel.js";
import { say } from "../say.js";
import { TryOut } from "../try-out.js";

/** A dialog over the one in which the settings are; `onClose` takes it away. */
export function AsGiven({ assignKey, title, settings, router, lines, onClose }) {
  const dialog = useRef();
  const [reply, setReply] = useState(null);
  useEffect(() => {
    const from = document.activeElement;
    dialog.current.showModal();
    router.act({ kind: "set-up", id: newId(), key: assignKey, settings }).then(setReply);
    return () => from?.focus?.();
  }, []);
  return (
    <dialog ref={dialog} class="assign" aria-labelledby="as-given-title" onClose={onClose}>
      <div class="inside">
        <h2 id="as-given-title" tabIndex={-1}>
          {title}
        </h2>
        <p class="notice" role="status">
          {reply ? (reply.text ?? reply.note) : say("One moment…")}
        </p>
        {reply?.survey ? <TryOut survey={reply.survey} begin={reply.begin} flags={reply.flags} messages={reply.messages} lines={lines} /> : null}
        <div class="row end">
          <button class="button" type="button" onClick={() => dialog.current.close()}>
            {say("Back to the assignment")}
          </button>
        </div>
      </div>
    </dialog>
  );
}
