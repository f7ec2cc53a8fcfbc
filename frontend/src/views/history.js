// The client's own record: charts, then entries, newest first.

import { Figure } from "../figure.js";
import { Entries } from "./lines.js";

export function History({ body, view, router }) {
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{view.title}</h1>
      {body.charts.map((figure) => (
        <section class="card" key={figure.title} aria-label={figure.title}>
          <Figure figure={figure} level={2} />
        </section>
      ))}
      {body.entries.length ? (
        <section class="section" aria-labelledby="entries">
          <h2 id="entries">Entries</h2>
          <Entries entries={body.entries} router={router} />
        </section>
      ) : (
        <p class="soft">{body.empty}</p>
      )}
    </div>
  );
}
