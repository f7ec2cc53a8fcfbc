// Parts that several views share: a card of something to do, a list of entries.

import { go } from "../header.js";
import { say, several } from "../say.js";

export function Card({ card, router, level = 3, due = false, onNotNow = null }) {
  const Heading = `h${level}`;
  return (
    <article class={due ? "card due" : "card"}>
      <div class="title">
        <Heading>{card.title}</Heading>
        {card.why ? <p class="soft">{card.why}</p> : null}
        {card.seen ? <p class="soft">{card.seen}</p> : null}
      </div>
      <div class="row">
        <span class="soft">{[card.minutes ? several("About {count} minute", "About {count} minutes", card.minutes) : "", card.due].filter(Boolean).join(" · ")}</span>
        {card.action ? (
          <a
            class={card.state === "done" || !due ? "button" : "button primary"}
            href={`#${card.key}`}
            aria-label={`${card.action}: ${card.title}`}
            onClick={(event) => go(event, router, card.key)}
          >
            {card.action}
          </a>
        ) : null}
      </div>
      {card.later && onNotNow ? (
        <button class="button plain not-now" type="button" aria-haspopup="dialog" aria-label={say("I can't do this now: {title}", { title: card.title })} onClick={() => onNotNow(card)}>
          {say("I can't do this now")}
        </button>
      ) : null}
    </article>
  );
}

const FIRST = 12; // entries in sight; the earlier ones are a tap away

export function Entries({ entries, router }) {
  const earlier = entries.slice(FIRST);
  return (
    <>
      <Lines entries={entries.slice(0, FIRST)} router={router} />
      {earlier.length ? (
        <details>
          <summary>{several("{count} earlier", "{count} earlier", earlier.length)}</summary>
          <Lines entries={earlier} router={router} />
        </details>
      ) : null}
    </>
  );
}

function Lines({ entries, router }) {
  return (
    <ul class="lines">
      {entries.map((entry) => (
        <li key={entry.key}>
          <a class="line" href={`#${entry.key}`} onClick={(event) => go(event, router, entry.key)}>
            <span class="row">
              <strong>{entry.title}</strong>
              <span class="soft">{entry.when}</span>
              {entry.unread ? <span class="tag">{say("New")}</span> : null}
            </span>
            {entry.summary ? <span>{entry.summary}</span> : null}
            {entry.figures.length ? <span class="soft">{entry.figures.join(" · ")}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function Figures({ figures }) {
  if (!figures.length) return null;
  return (
    <ul class="figures">
      {figures.map((text, index) => (
        <li key={index} class="tag">
          {text}
        </li>
      ))}
    </ul>
  );
}
