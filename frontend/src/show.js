// Puts the app on the page: shared by the served page and the widget in JupyterLab.

import { render } from "preact";

import { App } from "./app.js";
import { Guard } from "./errors.js";
import { Router } from "./router.js";
import { Outbox } from "./save.js";
import { prepareForms } from "./style.js";

/** Shows `view` in `element` and talks to the kernel over `line`; returns what takes it away again. */
export function showPage(element, { line, view, base = "/", served = false }) {
  const outbox = new Outbox(line);
  const router = new Router(line, outbox, view);
  element.replaceChildren();
  render(
    <Guard place={element}>
      <App router={router} outbox={outbox} line={line} base={base} served={served} />
    </Guard>,
    element,
  );
  if (served) {
    router.start();
    guard(line, outbox);
    prepareForms();
  }
  return () => render(null, element);
}

/** Asks before the page is left with something unsaved; frees the kernel when it is really left. */
function guard(line, outbox) {
  addEventListener("beforeunload", (event) => {
    if (outbox.empty) return;
    for (const draft of outbox.unsent()) draft.flush();
    event.preventDefault();
  });
  addEventListener("pagehide", (event) => {
    if (event.persisted || !outbox.empty) return;
    line.stop();
    line.shutDown();
  });
}
