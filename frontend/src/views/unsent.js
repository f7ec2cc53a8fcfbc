// What an earlier page of this person left unsent in this browser, and what became of it.

import { say, several } from "../say.js";

export function Unsent({ keeper }) {
  const sent = keeper.found.filter((one) => one.state === "sent");
  const left = keeper.found.filter((one) => one.state === "unsent");
  if (!sent.length && !left.length && !keeper.dropped) return null;
  return (
    <section class="stack" aria-label={say("Kept in this browser")}>
      {sent.map((one) => (
        <Sent key={one.name} one={one} keeper={keeper} />
      ))}
      {left.map((one) => (
        <Left key={one.name} one={one} keeper={keeper} />
      ))}
      {keeper.dropped ? (
        <p class="notice" role="status">
          {several(
            "{count} text that lay in this browser for more than 30 days was removed without being sent.",
            "{count} texts that lay in this browser for more than 30 days were removed without being sent.",
            keeper.dropped,
          )}
        </p>
      ) : null}
    </section>
  );
}

function Sent({ one, keeper }) {
  const { title, texts } = one.data;
  const both = texts.filter(([name]) => one.both.includes(name)).map(([, asked]) => `“${asked}”`);
  return (
    <div class="notice" role="status">
      <p>{say("Sent now: what you wrote in “{title}” without a connection.", { title })}</p>
      {both.length ? (
        <p>{say("{items}: also answered on another page meanwhile. What you wrote here stands, the other is kept.", { items: both.join(", ") })}</p>
      ) : null}
      <button class="button" type="button" onClick={() => keeper.forget(one)}>
        {say("Fine")}
      </button>
    </div>
  );
}

function Left({ one, keeper }) {
  const { title, texts } = one.data;
  const shown = one.items ? texts.filter(([name]) => one.items.includes(name)) : texts;
  const why = one.why === "correction" ? say("It was a correction that was not saved yet.") : one.why;
  const copy = () => navigator.clipboard.writeText(shown.map(([, asked, text]) => `${asked}\n${text}`).join("\n\n"));
  return (
    <div class="notice care" role="alert">
      <p>
        {say("Not sent: what you wrote in “{title}” without a connection.", { title })} {why}
      </p>
      <details>
        <summary>{say("Look at it")}</summary>
        <dl class="kept-texts">
          {shown.map(([name, asked, text]) => (
            <div key={name}>
              <dt>{asked}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </details>
      <div class="row">
        <button class="button" type="button" onClick={copy}>
          {say("Copy the text")}
        </button>
        <button class="button" type="button" onClick={() => keeper.forget(one)}>
          {say("Remove it from this browser")}
        </button>
      </div>
    </div>
  );
}
