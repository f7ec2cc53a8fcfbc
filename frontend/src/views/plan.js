// A client's plan: each assignment, and the ways to change it, to let it go on, or to take an end back.

import { useState } from "preact/hooks";

import { newId } from "../kernel.js";
import { useParts } from "../later.js";
import { say } from "../say.js";
import { Card } from "./lines.js";

const adjust = () => import("./adjust.js");

export function PlanCard({ card, router, view }) {
  const [told, setTold] = useState("");
  const [open, setOpen] = useState(false);
  const act = async (action) => {
    setTold(say("One moment…"));
    const reply = await router.act({ id: newId(), key: card.key, back: view.key, ...action });
    setTold(reply.kind === "view" ? "" : reply.text);
  };
  return (
    <div class="plan-card" data-state={card.paused ? "paused" : card.state}>
      <Card card={card} router={router} />
      {card.may ? (
        <div class="row">
          {card.may === "resume" ? <Way label={say("Undo ending")} card={card} onClick={() => act({ kind: "end", undo: true })} /> : null}
          {card.may === "end" && card.paused ? <Way label={say("Go on")} card={card} onClick={() => act({ kind: "go-on" })} /> : null}
          {card.may === "end" ? <Way label={say("Change")} card={card} popup onClick={() => setOpen(true)} /> : null}
          <span role="status">{told}</span>
        </div>
      ) : null}
      {open ? <Later card={card} router={router} view={view} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function Way({ label, card, popup = false, onClick }) {
  return (
    <button class="button plain" type="button" aria-label={`${label}: ${card.title}`} aria-haspopup={popup ? "dialog" : undefined} onClick={onClick}>
      {label}
    </button>
  );
}

function Later(props) {
  const parts = useParts(adjust);
  return parts ? <parts.Adjust {...props} /> : null;
}
