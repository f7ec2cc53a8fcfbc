// A device that two partners share: handing it over takes this page away, wholly, before the other is asked.

import { useState } from "preact/hooks";

import { isCovered } from "./connection.js";
import { xsrf } from "./kernel.js";
import { say } from "./say.js";

let left = false;

/** Takes everything off this page and goes to the screen between the two. */
export function leave(base) {
  if (left) return;
  left = true;
  document.body.classList.add("locked");
  document.body.replaceChildren();
  location.replace(`${base}hand-over`);
}

/** Leaves when the server says that the device was handed over, here or in another tab. */
export function watchHandOver(line, router, base) {
  line.on("state", (state) => {
    if (state === "handed" || (router.view.hand_over && isCovered(line))) leave(base);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && router.view.hand_over) location.reload();
  });
}

/** Who has the device next, and the one button that hands it over; nothing is handed over that the server has not locked. */
export function HandOver({ shared, outbox, base, now = false }) {
  const [told, setTold] = useState("");
  const give = async () => {
    setTold("");
    document.body.classList.add("locked");
    await outbox.flush();
    if (await locked(base)) return leave(base);
    document.body.classList.remove("locked");
    setTold(say("Not handed over: there is no connection. Keep the device until there is one."));
  };
  return (
    <section class="hand-over" aria-label={say("Device for the two of you")}>
      <button class={now ? "button primary wide-button" : "button wide-button"} type="button" onClick={give}>
        {say("Hand over to {name}", { name: shared.to })}
      </button>
      {told ? (
        <p role="alert" class="notice wrong">
          {told}
        </p>
      ) : null}
    </section>
  );
}

/** Asks the server to end this login on this device; true once it is locked. */
async function locked(base) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ _xsrf: xsrf(), do: "give", by: "script" })) form.set(name, value);
  try {
    return (await fetch(`${base}hand-over`, { method: "POST", body: form, redirect: "manual" })).status === 204;
  } catch {
    return false;
  }
}
