// The save protocol: what was typed is kept here until the store says that it is committed.
//
// One save at a time is under way for a worksheet; what changes meanwhile goes with the next one. A save that was not
// answered is sent again with the same id (the store takes it once). Only an answer makes a draft "saved".

import { newId, pageId } from "./kernel.js";
import { say } from "./say.js";

const QUIET_MS = 400; // after the last key
const ANSWER_MS = 10000; // a save not answered for so long is sent again
const AGAIN_MS = [1000, 2000, 5000, 10000, 20000]; // the store is busy or full
const MOST = 500000; // bytes of one message; the server drops frames over 512 kB

export class Outbox {
  constructor(line) {
    this.line = line;
    this.drafts = new Map();
    this.listeners = [];
    this.keeper = null; // keeps in this browser what cannot be sent (keep.js), once there is something to keep
    this.onDraft = () => {};
    line.on("renewed", () => {
      for (const draft of this.drafts.values()) draft.forgive();
    });
    line.on("state", (state) => {
      if (state === "open") for (const draft of this.unsent()) draft.resend();
      this.tell();
    });
    line.on("reply", (reply) => {
      for (const draft of this.drafts.values()) if (draft.flight?.message.id === reply.reply) draft.answered(reply);
    });
  }

  /** The draft behind a worksheet's key: the one still being saved, else a new one. */
  draft(key, { base, answers, saved, title }) {
    const kept = this.drafts.get(key);
    if (kept?.unsent) return kept;
    const draft = new Draft(this, key, { base, answers, saved, title });
    this.drafts.set(key, draft);
    this.onDraft();
    return draft;
  }

  /** The store's answer to what an earlier page left of a draft: if it is open here, it shows that too. */
  heard(key, reply) {
    const draft = this.drafts.get(key);
    if (!draft || reply.base <= draft.base) return;
    draft.onMerged({ ...reply, conflicts: [] }, draft.pending);
    if (!draft.unsent) draft.base = reply.base;
  }

  unsent() {
    return [...this.drafts.values()].filter((draft) => draft.unsent);
  }

  get empty() {
    return this.unsent().length === 0;
  }

  /** Sends what waits, and resolves when all of it is stored (true) or the time is over (false). */
  flush(limit = 3000) {
    for (const draft of this.unsent()) draft.flush();
    if (this.empty) return Promise.resolve(true);
    return new Promise((resolve) => {
      const done = (value) => {
        clearTimeout(timer);
        this.listeners = this.listeners.filter((listener) => listener !== check);
        resolve(value);
      };
      const timer = setTimeout(() => done(this.empty), limit);
      const check = () => this.empty && done(true);
      this.listeners.push(check);
    });
  }

  tell() {
    for (const listener of [...this.listeners]) listener();
  }
}

class Draft {
  constructor(outbox, key, { base, answers, saved, title = "" }) {
    Object.assign(this, { outbox, key, base, answers: { ...answers }, words: saved || "", title });
    this.acks = 0; // saves that the store has answered
    this.edits = 0;
    this.onDevice = false; // all that is unsent is kept in this browser, sealed
    this.describe = () => []; // changed items as people read them: name, title, text
    this.dirty = new Set(); // item ids changed since the last message was made
    this.news = false; // something changed after the last message was made
    this.flight = null; // the message under way
    this.refusal = null; // what the store said no to
    this.submitting = null;
    this.quietMs = QUIET_MS; // less where somebody is waiting to see it
    this.byHand = false; // sent only by submit()
    this.trouble = ""; // why the store wants to be asked again
    this.tries = 0;
    this.onMerged = () => {};
    this.onRefused = () => {};
  }

  get unsent() {
    return this.flight !== null || this.dirty.size > 0 || this.submitting !== null;
  }

  /** What is true about saving, for the save line: "new", "saved", "waiting", "kept" (no connection) or "refused". */
  get state() {
    if (this.refusal) return "refused";
    if (!this.unsent) return this.words ? "saved" : "new";
    return this.outbox.line.state === "open" ? "waiting" : "kept";
  }

  /** Differs whenever what is unsent differs. */
  get stamp() {
    return `${this.edits} ${this.acks} ${this.flight?.message.id ?? ""} ${this.submitting !== null}`;
  }

  /** Takes over all answers as they stand; `id` names the item that changed. Sent after 400 ms of quiet. */
  change(answers, id) {
    this.answers = answers;
    this.edits += 1;
    this.onDevice = false;
    this.dirty.add(id);
    this.news = true;
    this.refusal = null;
    clearTimeout(this.quiet);
    if (!this.byHand) this.quiet = setTimeout(() => this.flush(), this.quietMs);
    this.outbox.tell();
  }

  /** Sends what changed now, without waiting for quiet. */
  flush() {
    clearTimeout(this.quiet);
    if (this.flight || (this.refusal && !this.news) || (this.dirty.size === 0 && !this.submitting)) return;
    if (this.byHand && !this.submitting) return;
    const message = {
      kind: "save",
      id: newId(),
      key: this.key,
      page: pageId,
      answers: structuredClone(this.answers),
      changed: [...this.dirty],
      base: this.base,
      submit: this.submitting !== null,
      draft: !this.byHand, // not to be added to what was handed in elsewhere meanwhile
    };
    this.news = false;
    if (new TextEncoder().encode(JSON.stringify(message)).length > MOST) {
      return this.refused({ text: say("This is too long to store. Please shorten the longest answer."), items: {} });
    }
    this.flight = { message, since: performance.now() };
    this.dirty = new Set();
    this.refusal = null;
    this.resend();
    this.outbox.tell();
  }

  /** Sends the message under way (again), with the same id. */
  resend() {
    if (!this.flight) return this.flush();
    clearTimeout(this.flight.timer);
    if (this.outbox.line.send(this.flight.message)) {
      this.flight.timer = setTimeout(() => this.resend(), ANSWER_MS);
    }
  }

  /** Hands the worksheet in, with all that is still unsaved; resolves with the store's reply, whenever it comes. */
  submit() {
    this.refusal = null;
    if (!this.submitting) {
      this.submitting = {};
      this.submitting.promise = new Promise((resolve) => (this.submitting.resolve = resolve));
    }
    const promise = this.submitting.promise;
    this.flush();
    this.outbox.tell();
    return promise;
  }

  answered(reply) {
    const { message, timer } = this.flight;
    clearTimeout(timer);
    if (reply.kind === "refused" && reply.again) return this.tryLater(reply);
    this.flight = null;
    this.tries = 0;
    if (reply.kind === "refused") this.refused(reply, message);
    else this.stored(reply, message);
    this.outbox.tell();
  }

  tryLater(reply) {
    this.trouble = reply.text;
    this.flight.timer = setTimeout(() => this.resend(), AGAIN_MS[Math.min(this.tries, AGAIN_MS.length - 1)]);
    this.tries += 1;
    this.outbox.tell();
  }

  stored(reply, message) {
    this.acks += 1;
    this.trouble = "";
    if (reply.kind === "saved") {
      this.base = reply.base;
      this.words = say("Saved {at}", { at: reply.at });
      const held = reply.refused ?? {};
      for (const item of Object.keys(held)) this.dirty.add(item.split("[")[0]);
      this.onMerged(reply, this.dirty);
      if (Object.keys(held).length && !message.submit) return this.partly(held);
    }
    if (message.submit) {
      this.dirty.clear();
      this.finish(reply);
    } else if (this.submitting || this.dirty.size) {
      this.flush();
    }
  }

  /** All but these answers was stored; they stay on the page and go with the next change. */
  partly(items) {
    this.refusal = { text: say("Everything else is saved. Please look at the answer marked below."), items, partly: true };
    this.onRefused(this.refusal);
    if (this.submitting) this.refusal = null;
    this.flush();
  }

  /** Nothing was stored: the changes count as unsaved again, and go with the next change. */
  refused(reply, message) {
    for (const id of message?.changed ?? []) this.dirty.add(id);
    this.trouble = "";
    this.refusal = reply;
    this.onRefused(reply);
    this.finish(reply);
    if (this.news) this.flush();
    this.outbox.tell();
  }

  /** A new kernel, perhaps a new login: what was refused for no fault of an item may pass now. */
  forgive() {
    if (this.refusal && Object.keys(this.refusal.items ?? {}).length === 0) this.refusal = null;
  }

  finish(reply) {
    const submitting = this.submitting;
    this.submitting = null;
    submitting?.resolve(reply);
  }

  /** What is on its way to the store, or waits to be: no answer of another's replaces it. */
  get pending() {
    return new Set([...this.dirty, ...(this.flight?.message.changed ?? [])]);
  }

  /** Takes over what others changed; `answers` is how the form stands after the merge. */
  merged(answers) {
    this.answers = answers;
  }
}

/** The save line in words: true at each moment. */
export function saveText(draft, lineState) {
  switch (draft.state) {
    case "saved":
      return draft.words;
    case "refused":
      return draft.refusal.partly ? say("Not all saved") : say("Not saved");
    case "waiting":
      return draft.trouble ? say("Not saved yet – trying again") : say("Not saved yet");
    case "kept":
      if (lineState === "signed-out") return draft.onDevice ? say("Signed out – kept in this browser") : say("Signed out – kept on this page");
      if (lineState !== "cut") return say("Not saved yet");
      return draft.onDevice ? say("Offline – kept in this browser") : say("Offline – kept on this page");
    default:
      return say("Saves by itself");
  }
}
