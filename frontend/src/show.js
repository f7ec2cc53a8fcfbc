// Puts the app on the page: shared by the served page and the widget in JupyterLab.

import { render } from "preact";

import { newId } from "./kernel.js";
import { App } from "./app.js";
import { Guard } from "./errors.js";
import { prepareViews } from "./later.js";
import { watchHandOver } from "./hand-over.js";
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
    watchHandOver(line, router, base);
    guard(line, outbox);
    keep(line, outbox, router);
    prepareForms();
    prepareViews(view.body.name);
  }
  return () => render(null, element);
}

/** Fetches what keeps unsent answers in this browser, once there is a draft or an earlier page left something. */
function keep(line, outbox, router) {
  const begin = async () => {
    outbox.onDraft = () => {};
    const { Device, Keeper } = await import("./work.js");
    const reply = await router.act({ kind: "outbox", id: newId() });
    if (reply.kind !== "outbox") return;
    const device = new Device();
    await device.unlock(reply.secret);
    outbox.keeper = new Keeper({ device, line, outbox, router });
    outbox.keeper.look();
    await outbox.keeper.recover();
  };
  outbox.onDraft = begin;
  if (leftHere()) begin();
}

/** Whether anybody's unsent answers lie in this browser (`device.js` has the prefix too; this file is on each page). */
function leftHere() {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith("iopkit-kept-"));
  } catch {
    return false;
  }
}

/** Asks before the page is left with something unsaved; frees the kernel when it is really left. */
function guard(line, outbox) {
  addEventListener("beforeunload", (event) => {
    if (outbox.empty) return;
    if (document.body.classList.contains("locked") && outbox.unsent().every((draft) => draft.onDevice)) return;
    for (const draft of outbox.unsent()) draft.flush();
    event.preventDefault();
  });
  addEventListener("pagehide", (event) => {
    if (event.persisted || !outbox.empty) return;
    line.stop();
    line.shutDown();
  });
}
