// The last day of somebody's time: folded until it is asked for, one day, saved.

import { useState } from "preact/hooks";

import { say } from "../say.js";

/** `send` gets the day that was chosen; what stands below the day is the child. */
export function LastDay({ id, name, day, busy, send, children }) {
  const [last, setLast] = useState(day);
  const save = (event) => {
    event.preventDefault();
    send(last);
  };
  return (
    <details>
      <summary aria-label={say("Set the last day: {name}", { name })}>{say("Set the last day")}</summary>
      <form class="row end-line" onSubmit={save}>
        <div class="field">
          <label for={`last-${id}`}>{say("Last day")}</label>
          <input id={`last-${id}`} type="date" required value={last} onInput={(event) => setLast(event.currentTarget.value)} />
        </div>
        <button class="button" disabled={busy} aria-label={say("Save the last day: {name}", { name })}>
          {say("Save")}
        </button>
      </form>
      {children}
    </details>
  );
}
