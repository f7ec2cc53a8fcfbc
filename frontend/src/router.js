// Which view the page shows: the one behind the key in the address, asked of the kernel, kept in step with back,
// forward and reload. The page holds one router; views are shown by app.js.

import { newId } from "./kernel.js";
import { say } from "./say.js";

export class Router {
  constructor(line, outbox, view) {
    Object.assign(this, { line, outbox, view, waiting: null, refusal: "", person: view.person });
    this.listeners = [];
    this.justDone = false;
    this.acts = new Map(); // id → action under way and what to do with its reply
    line.on("reply", (reply) => this.replied(reply));
    line.on("push", (push) => this.pushed(push));
    line.on("state", (state) => {
      if (state === "open") this.sendAll();
      this.tell();
    });
  }

  /** Shows the view behind the address's fragment, when there is one, and follows the address from now on. */
  start() {
    addEventListener("hashchange", () => this.follow());
    if (keyInAddress()) this.follow();
    else history.replaceState(null, "", `#${this.view.key}`);
  }

  follow() {
    const key = keyInAddress();
    if (key && key !== (this.waiting?.key ?? this.view.key)) this.open(key);
  }

  /** Asks for a view; it is shown when it comes. `done` says that its entry was handed in a moment ago. */
  open(key, { done = false } = {}) {
    for (const draft of this.outbox.unsent()) draft.flush();
    this.waiting = { key, done, id: newId() };
    this.refusal = "";
    this.ask();
    this.tell();
  }

  ask() {
    this.line.send({ kind: "open", id: this.waiting.id, key: this.waiting.key });
  }

  /** Sends an action that is no save, again after a cut, and resolves with its reply. */
  act(action) {
    return new Promise((resolve) => {
      this.acts.set(action.id, { action, resolve });
      this.line.send(action);
    });
  }

  /** Asks for another language; resolves with true once it is stored, and with it all that was typed. */
  async speak(language) {
    const reply = await this.act({ kind: "speak", id: newId(), language });
    return reply.kind === "spoken" && (await this.outbox.flush());
  }

  sendAll() {
    if (this.waiting) this.ask();
    for (const { action } of this.acts.values()) this.line.send(action);
  }

  /** Something that this page shows was changed elsewhere: it is asked for again, and replaced in its place. */
  pushed(push) {
    if (push.kind !== "changed" || push.key !== this.view.key || this.waiting) return;
    if (push.stamp && push.stamp === this.view.body.stamp) return; // that is what is shown
    if (push.body) return this.replace({ ...this.view, body: push.body });
    this.act({ kind: "open", id: newId(), key: push.key });
  }

  replied(reply) {
    const act = this.acts.get(reply.reply);
    if (act) {
      this.acts.delete(reply.reply);
      act.resolve(reply);
      if (reply.kind === "view") this.replace(reply.view);
    }
    if (!this.waiting || reply.reply !== this.waiting.id) return;
    const { done, key } = this.waiting;
    this.waiting = null;
    if (reply.kind === "view") {
      this.show(reply.view, done);
    } else {
      this.refusal = reply.text ?? say("This could not be opened.");
      if (keyInAddress() === key) history.replaceState(null, "", `#${this.view.key}`);
      this.tell();
    }
  }

  /** Shows a view that came as a reply. */
  show(view, done = false) {
    this.view = view;
    this.justDone = done;
    if (keyInAddress() !== view.key) history.pushState(null, "", `#${view.key}`);
    this.tell();
  }

  /** Shows the same view with new content, without moving the reader. */
  replace(view) {
    if (view.key !== this.view.key) return this.show(view);
    Object.assign(this.view, view);
    this.tell();
  }

  tell() {
    for (const listener of [...this.listeners]) listener();
  }
}

function keyInAddress() {
  return decodeURIComponent(location.hash.slice(1));
}
