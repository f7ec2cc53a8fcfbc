// The earlier versions of one's own entry: what was changed when, and answers that did not stand.

import "./pieces.js";
import { say } from "../say.js";
import { Back } from "./act.js";

export function Versions({ body, view, router }) {
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{view.title}</h1>
      <Back way={{ key: body.back, label: `“${body.title}”` }} router={router} />
      {body.empty ? <p class="soft">{body.empty}</p> : null}
      {body.empty
        ? null
        : body.versions.map((version, index) => (
            <section key={index} class="card" aria-labelledby={`version-${index}`}>
              <h2 id={`version-${index}`}>{version.when}</h2>
              {version.changes.length ? <Changes changes={version.changes} /> : null}
            </section>
          ))}
      {body.kept.length ? (
        <section class="section" aria-labelledby="kept">
          <h2 id="kept">{say("Answered on two pages at once")}</h2>
          <p class="soft">{say("These answers did not stand. They are kept here.")}</p>
          <dl class="kept-texts">
            {body.kept.map((one, index) => (
              <div key={index}>
                <dt>{`${one.title} · ${one.when}`}</dt>
                <dd>{one.text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
    </div>
  );
}

function Changes({ changes }) {
  return (
    <dl class="kept-texts">
      {changes.map((one, index) => (
        <div key={index}>
          <dt>{one.title}</dt>
          <dd>
            <span class="soft">{say("Before:")}</span> {one.before || "–"}
          </dd>
          <dd>
            <span class="soft">{say("Since then:")}</span> {one.after || "–"}
          </dd>
        </div>
      ))}
    </dl>
  );
}
