// The client's first view: what is due today, this week, one picture, the last entries.

import { useState } from "preact/hooks";

import { Figure } from "../figure.js";
import { go } from "../header.js";
import { useParts } from "../later.js";
import { say, several } from "../say.js";
import { Card, Entries } from "./lines.js";

const ways = () => import("./aside.js");
const path = () => import("./path.js");

export function Home({ body, router }) {
  const [not, setNot] = useState(null);
  const aside = body.picture || body.recent.length;
  const later = { onNotNow: setNot };
  return (
    <div class={aside ? "columns home two" : "columns home"}>
      <header>
        <h1 tabIndex={-1}>{body.greeting}</h1>
        {body.appointment ? (
          <p class="next">
            <a href={`#${body.calendar}`} onClick={(event) => go(event, router, body.calendar)}>
              {body.appointment}
            </a>
          </p>
        ) : null}
      </header>
      <div class="stack">
        <section class="section" aria-labelledby="today">
          <h2 id="today">{say("Today")}</h2>
          {body.today.map((card) => (
            <Card key={card.key} card={card} router={router} due {...later} />
          ))}
          {body.today.length ? null : <p class="soft">{body.quiet}</p>}
        </section>
        {body.question ? <Kind part="Question" key={body.question.key} question={body.question} router={router} /> : null}
        <More id="alone" title={say("Before you two work together")} cards={body.alone ?? []} router={router} />
        {body.paths?.length ? <OwnPaths paths={body.paths} /> : null}
        <More id="week" title={say("This week")} cards={body.week} router={router} {...later} />
        <More id="aside" title={say("Put off")} cards={body.aside ?? []} router={router} />
        <AnyTime cards={body.more} router={router} />
      </div>
      {aside ? (
        <div class="stack">
          <Wins wins={body.wins ?? []} />
          {body.picture ? (
            <section class="card" aria-label={body.picture.title}>
              <Figure figure={body.picture} level={2} />
            </section>
          ) : null}
          {body.recent.length ? (
            <section class="section" aria-labelledby="recent">
              <h2 id="recent">{say("Your last entries")}</h2>
              <Entries entries={body.recent} router={router} />
            </section>
          ) : null}
        </div>
      ) : (
        <Wins wins={body.wins ?? []} />
      )}
      {not ? <Kind part="NotNow" card={not} obstacles={body.obstacles} router={router} onClose={() => setNot(null)} /> : null}
    </div>
  );
}

/** A part of the ways out, once its code is there: most visits need none of it. */
function Kind({ part, ...props }) {
  const parts = useParts(ways);
  const Part = parts?.[part];
  return Part ? <Part {...props} /> : null;
}

function OwnPaths(props) {
  const parts = useParts(path);
  return parts ? <parts.OwnPaths {...props} /> : null;
}

function Wins({ wins }) {
  if (!wins.length) return null;
  return (
    <section class="section" aria-labelledby="wins">
      <h2 id="wins">{say("What you did")}</h2>
      <ul class="wins">
        {wins.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

function More({ id, title, cards, router, onNotNow }) {
  if (!cards.length) return null;
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {cards.map((card) => (
        <Card key={card.key} card={card} router={router} onNotNow={onNotNow} />
      ))}
    </section>
  );
}

/** Everything else that may be filled in, out of the way until somebody looks for it. */
function AnyTime({ cards, router }) {
  if (!cards.length) return null;
  return (
    <details class="section any-time">
      <summary>{say("Something of your own choice")}</summary>
      <ul>
        {cards.map((card) => (
          <li key={card.key}>
            <a href={`#${card.key}`} onClick={(event) => go(event, router, card.key)}>
              {card.title}
            </a>
            <span class="soft">{several("{count} minute", "{count} minutes", card.minutes)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
