// A page that only says something.

import { go } from "../header.js";

export function Message({ body, router }) {
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{body.title}</h1>
      <p class="lead">{body.text}</p>
      {body.ask ? (
        <div class="row">
          <a class="button" href={`#${body.ask}`} onClick={(event) => go(event, router, body.ask)}>
            {body.ask_label}
          </a>
        </div>
      ) : null}
    </div>
  );
}
