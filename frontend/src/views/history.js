// The client's own record: charts, then entries, newest first.

import { Pictures } from "../figure.js";
import { go } from "../header.js";
import { say } from "../say.js";
import { FileButton } from "./files.js";
import { Entries } from "./lines.js";

/** Sections of pictures that are open from the start; the others are a tap away. */
const OPEN = 2;

export function History({ body, view, router }) {
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{view.title}</h1>
      {body.doors?.length ? (
        <nav class="doors" aria-label={say("About my record")}>
          {body.doors.map((door) => (
            <a key={door.key} class="button" href={`#${door.key}`} onClick={(event) => go(event, router, door.key)}>
              {door.label}
            </a>
          ))}
        </nav>
      ) : null}
      {body.doors?.length ? (
        <FileButton
          router={router}
          action={{ kind: "copy" }}
          label={say("Take my own copy")}
          done={say("Your record is among your downloads. Anybody who opens it can read it.")}
        />
      ) : null}
      {body.charts.map((pictures, index) => (
        <Pictures key={pictures.title} pictures={pictures} open={index < OPEN} />
      ))}
      {body.entries.length ? (
        <section class="section" aria-labelledby="entries">
          <h2 id="entries">{say("Entries")}</h2>
          <Entries entries={body.entries} router={router} />
        </section>
      ) : (
        <p class="soft">{body.empty}</p>
      )}
      {body.shared?.length ? (
        <section class="section" aria-labelledby="shared">
          <h2 id="shared">{say("Shared with you")}</h2>
          <Entries entries={body.shared} router={router} />
        </section>
      ) : null}
    </div>
  );
}
