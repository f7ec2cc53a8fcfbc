// Drills of a couple: the page of the two, and a room that is the same on all screens, one action at a time.

import { useEffect, useRef, useState } from "preact/hooks";

import "./pieces.js";
import { Pictures } from "../figure.js";
import { go } from "../header.js";
import { HandOver } from "../hand-over.js";
import { newId } from "../kernel.js";
import { say, several } from "../say.js";
import { Bell } from "../sound.js";
import { Back, Told, useAct } from "./act.js";

const HERE_MS = 5000; // how often a page says that it is there

export function Couple({ body, view, router, line }) {
  const { act, told, busy } = useAct(router);
  return (
    <div class="stack">
      {body.way ? <Back way={body.way} router={router} /> : null}
      <h1 tabIndex={-1}>{body.heading}</h1>
      {body.quiet ? <p class="lead">{body.quiet}</p> : <p class="soft">{body.lead}</p>}
      {body.cards.map((card) => (
        <article class="card" key={card.key}>
          <h2>{card.title}</h2>
          <p class="soft">{card.about}</p>
          <div class="row">
            <span class="soft">{card.minutes ? several("About {count} minute", "About {count} minutes", card.minutes) : ""}</span>
            <button
              class="button primary"
              type="button"
              disabled={busy}
              aria-label={say("Open: {title}", { title: card.title })}
              onClick={() => act({ kind: "begin-drill", key: card.key })}
            >
              {say("Open")}
            </button>
          </div>
        </article>
      ))}
      <Told text={told} />
      {line.base && !body.way && !view.hand_over ? (
        <p>
          <a href={`${line.base}hand-over`}>{say("One device for the two of you")}</a>
        </p>
      ) : null}
      {body.door ? (
        <p>
          <a href={`#${body.door.key}`} onClick={(event) => go(event, router, body.door.key)}>
            {body.door.label}
          </a>
        </p>
      ) : null}
      {body.figures.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {body.goals.length ? (
        <section class="section" aria-labelledby="goals">
          <h2 id="goals">{say("Goals of both")}</h2>
          {body.goals.map((one, index) => (
            <article class="card" key={index}>
              <h3 class="written">{one.goal}</h3>
              <p class="soft">{one.when}</p>
              <ul class="changes">
                {one.lines.map((text) => (
                  <li key={text} class="written">
                    {text}
                  </li>
                ))}
              </ul>
            </article>
          ))}
        </section>
      ) : null}
      {body.pictures ? <Pictures pictures={body.pictures} open /> : null}
      {body.past.length ? (
        <section class="section" aria-labelledby="past">
          <h2 id="past">{body.way ? say("What they did together") : say("What you did together")}</h2>
          {body.past.map((one, index) => (
            <details key={index}>
              <summary>
                {one.title} <span class="soft">{one.when}</span>
              </summary>
              <ul>
                {one.lines.map((text, place) => (
                  <li key={place} class="written">
                    {text}
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </section>
      ) : null}
    </div>
  );
}

export function Drill({ body, view, router, outbox, line }) {
  const { act, told, busy } = useAct(router);
  const clock = useServerClock(body);
  const left = useLeft(body, clock);
  const title = useRef();
  const shownStep = useRef(body.at);
  const [bell, setBell] = useState(null);
  useHere(body, router, left);
  useEffect(() => {
    if (shownStep.current === body.at) return;
    shownStep.current = body.at;
    title.current?.focus();
    bell?.ring("step");
    if (bell && body.mine) navigator.vibrate?.(120);
  }, [body.at]);
  const send = async (button, value) => {
    const reply = await act({ kind: "drill", key: body.key, verb: button.verb, at: body.at, way: button.way ?? 0, value: value ?? button.value ?? null });
    if (reply.kind === "refused") router.act({ kind: "open", id: newId(), key: body.key });
    return reply;
  };
  return (
    <div class="stack drill" data-colour={body.colour}>
      <People body={body} />
      {body.therapist ? <p class="notice observer">{body.therapist}</p> : null}
      <section class="card room" aria-labelledby="drill-title">
        <p class="soft">{body.heading}</p>
        {body.turn ? <p class="turn">{body.turn}</p> : null}
        <h1 id="drill-title" tabIndex={-1} ref={title}>
          {body.title}
        </h1>
        <p class="lead">{body.text}</p>
        {body.nudge ? (
          <p class="notice" role="status">
            {body.nudge}
          </p>
        ) : null}
        <Lines lines={body.lines} />
        {left === null ? null : <Timer left={left} />}
        {body.agreed ? <p>{body.agreed}</p> : null}
        <div role="status">{body.waiting ? <p class="soft">{body.waiting}</p> : null}</div>
        <Turn key={`${body.at}-${body.mine}`} body={body} send={send} busy={busy} clock={clock} />
        <Told text={told} />
        {body.ended ? (
          <p class="lead" role="status">
            {body.ended}
          </p>
        ) : null}
      </section>
      {line.base && view.hand_over ? (
        <HandOver shared={view.hand_over} outbox={outbox} base={line.base} now={!body.mine && !body.ended} />
      ) : null}
      {body.may_stop ? (
        <div class="row stops">
          <button class="button" type="button" onClick={() => send({ verb: "time-out" })}>
            {say("Time-out")}
          </button>
          <button class="button" type="button" onClick={() => send({ verb: "stop" })}>
            {say("Stop")}
          </button>
          <Sounds bell={bell} setBell={setBell} />
        </div>
      ) : null}
      {body.ended || !body.may_stop ? <Back way={body.way} router={router} /> : null}
    </div>
  );
}

function People({ body }) {
  return (
    <ul class="plain people">
      {body.people.map((one) => (
        <li key={one.colour} class={`partner partner-${one.colour}`} aria-current={body.colour === one.colour ? "true" : undefined}>
          <strong>{one.name}</strong> <span class="soft">{one.here}</span>
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines }) {
  if (!lines.length) return null;
  return (
    <dl class="facts-list">
      {lines.map((line, index) => (
        <div key={index} class={`partner partner-${line.colour}`}>
          <dt>{`${line.who} · ${line.label}`}</dt>
          <dd class="written">{line.text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the reader does with this screen: one question and its ways on, or a therapist's few buttons. */
function Turn({ body, send, busy, clock }) {
  const [value, setValue] = useState("");
  const [early, setEarly] = useState(body.opens !== null);
  useEffect(() => {
    if (body.opens === null) return setEarly(false);
    const timer = setInterval(() => setEarly(clock() < body.opens), 500);
    return () => clearInterval(timer);
  }, [body.opens]);
  const ask = body.question;
  const whole = ask && ["rating", "minutes"].includes(ask.kind);
  const answer = !ask || value === "" ? null : whole ? Number(value) : value;
  const missing = ask && !ask.optional && answer === null;
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      {ask ? <Question ask={ask} value={value} setValue={setValue} /> : null}
      {body.buttons.map((button, index) => (
        <button
          key={`${button.verb}-${button.label}`}
          class={index || button.verb !== "go" ? "button wide-button" : "button primary wide-button"}
          type="button"
          disabled={busy || (button.verb === "go" && (missing || early))}
          onClick={() => send(button, button.verb === "go" ? answer : undefined)}
        >
          {button.label}
        </button>
      ))}
    </form>
  );
}

function Question({ ask, value, setValue }) {
  if (ask.kind === "text") {
    return (
      <div class="field">
        <label for="drill-answer">{ask.label}</label>
        <textarea id="drill-answer" rows={3} maxLength={2000} value={value} onInput={(event) => setValue(event.currentTarget.value)} />
      </div>
    );
  }
  const options = ask.kind === "rating" ? Array.from({ length: 11 }, (_, number) => ({ value: String(number), text: String(number) })) : ask.options;
  return (
    <fieldset class={ask.kind === "rating" ? "choices numbers" : "choices"}>
      <legend>{ask.label}</legend>
      {ask.kind === "rating" ? <p class="soft">{say("0 = {low}, 10 = {high}", { low: ask.low, high: ask.high })}</p> : null}
      {options.map((one) => (
        <label key={one.value}>
          <input type="radio" name="drill-answer" value={one.value} checked={value === one.value} onChange={() => setValue(one.value)} />
          {one.text}
        </label>
      ))}
    </fieldset>
  );
}

function Timer({ left }) {
  const whole = Math.max(0, Math.ceil(left));
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return (
    <p class="timer" role="timer" aria-label={say("Time left: {time}", { time: text })}>
      {whole ? text : say("The time is up. Take the moment you need.")}
    </p>
  );
}

function Sounds({ bell, setBell }) {
  const turn = (on) => {
    if (!on) return bell?.close(), setBell(null);
    const made = new Bell();
    made.wake();
    setBell(made);
  };
  return (
    <label class="choice">
      <input type="checkbox" checked={bell !== null} onChange={(event) => turn(event.currentTarget.checked)} />
      {say("Sound and vibration")}
    </label>
  );
}

/** The server's clock on this device, in seconds: a device whose own clock is wrong shows the same time. */
function useServerClock(body) {
  const ahead = useRef(-Infinity); // an answer that took longer only makes the server seem slower: the largest is nearest
  ahead.current = Math.max(ahead.current, body.now - performance.now() / 1000);
  return () => performance.now() / 1000 + ahead.current;
}

function useLeft(body, clock) {
  const [left, setLeft] = useState(body.ends === null ? null : body.ends - clock());
  useEffect(() => {
    if (body.ends === null) return setLeft(null);
    const look = () => setLeft(body.ends - clock());
    look();
    const timer = setInterval(look, 100);
    return () => clearInterval(timer);
  }, [body.ends]);
  return left === null ? null : Math.ceil(left);
}

/** Says now and then that this page is there, and asks how the room stands when its time has run out. */
function useHere(body, router, left) {
  const ask = () => router.act({ kind: "open", id: newId(), key: body.key });
  const stamp = useRef();
  stamp.current = body.stamp;
  useEffect(() => {
    if (body.ended) return;
    const timer = setInterval(() => router.act({ kind: "here", id: newId(), key: body.key, stamp: stamp.current }), HERE_MS);
    return () => clearInterval(timer);
  }, [body.key, body.ended]);
  useEffect(() => {
    if (left === 0 && !body.ended) ask();
  }, [left === 0]);
}
