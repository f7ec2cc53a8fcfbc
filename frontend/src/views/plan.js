// A client's plan: each assignment, and the way to end it or to take that back.

import { useState } from "preact/hooks";

import { newId } from "../kernel.js";
import { say } from "../say.js";
import { Card } from "./lines.js";

export function PlanCard({ card, router, view }) {
  const [told, setTold] = useState("");
  const act = async () => {
    setTold(say("One moment…"));
    const reply = await router.act({ kind: "end", id: newId(), key: card.key, back: view.key, undo: card.may === "resume" });
    setTold(reply.kind === "view" ? "" : reply.text);
  };
  return (
    <div class="plan-card" data-state={card.state}>
      <Card card={card} router={router} />
      {card.may ? (
        <div class="row">
          <button class="button plain" type="button" aria-label={`${wordOf(card)}: ${card.title}`} onClick={act}>
            {wordOf(card)}
          </button>
          <span role="status">{told}</span>
        </div>
      ) : null}
    </div>
  );
}

function wordOf(card) {
  return card.may === "end" ? say("End") : say("Undo ending");
}
