// Filling in one worksheet: the form, its draft in the outbox, and the flags that fire while one writes.

import "./views/pieces.js";
import { Company, QUIET_MS } from "./company.js";
import { Form, flagsThatHold } from "./form.js";
import { say } from "./say.js";
import { Undo } from "./undo.js";

export { Device, Keeper } from "./keep.js"; // one file with the form: what is typed there is what is kept
export * from "./reading.js"; // and what reads an entry knows the renderer too
export { Form, flagsThatHold }; // a preview shows the same form: one file for both

/** Arrow keys pass through the choices between the first and the wanted one: a choice counts once they rest. */
const PASSING_MS = 400;

/** Whether the focus only goes from one choice of a question to another. */
function isAmongChoices({ target, relatedTarget }) {
  return target.type === "radio" && relatedTarget?.name === target.name;
}

export class Work {
  constructor(element, { body, outbox, line, newId, whole, correcting, redraw }) {
    Object.assign(this, { body, redraw, correcting, sending: false, turning: false, told: "", flags: [] });
    this.draft = outbox.draft(body.key, body);
    this.form = new Form(element, {
      survey: body.survey,
      answers: this.draft.answers,
      whole,
      onChange: (answers, id) => this.changed(answers, id),
      onPage: () => redraw(),
      onDrawn: (page) => this.drawn(page),
    });
    this.draft.onMerged = (reply, dirty) => this.merged(reply, dirty);
    this.draft.onRefused = (reply) => this.refused(reply);
    this.undo = new Undo(this.form.answers);
    this.draft.describe = (names) => this.describe(names);
    this.draft.byHand = correcting; // a correction is one new revision, made when its writer says so
    this.flags = this.holding().map((id) => ({ id, fresh: false }));
    this.onKey = ({ key, target }) => (this.passing = target.type === "radio" && key.startsWith("Arrow"));
    this.onPointer = () => (this.passing = false);
    this.onBlur = (event) => isAmongChoices(event) || (this.raise(), this.flushSoon());
    this.onHide = () => (document.visibilityState === "hidden" ? this.flushSoon() : this.catchUp());
    this.onReply = (reply) => reply.reply === this.asked && this.caughtUp(reply.view?.body);
    line.on("reply", this.onReply);
    element.addEventListener("keydown", this.onKey, true);
    element.addEventListener("pointerdown", this.onPointer, true);
    element.addEventListener("focusout", this.onBlur);
    document.addEventListener("visibilitychange", this.onHide);
    this.element = element;
    this.company = null;
    Object.assign(this, { line, newId });
    this.meet(body.together?.on ?? false);
  }

  /** Lets others in the draft be seen, or ends that. */
  meet(on) {
    if (on === (this.company !== null)) return;
    this.company?.leave();
    const { line, newId, element, body, redraw } = this;
    this.company = on ? new Company(this, { line, element, key: body.key, newId, redraw }) : null;
    if (on) this.draft.quietMs = QUIET_MS;
  }

  /** Takes over what others answered, but nothing that is on its way from here. */
  others({ base, answers }) {
    if (base <= this.draft.base) return;
    this.draft.merged(this.form.merge(answers, this.draft.pending, { live: true }));
    this.undo.merged(this.form.answers);
    if (!this.draft.unsent) this.draft.base = base; // else the store merges, and tells where both answered
    this.raise();
  }

  /** Items with their answers as people read them: name, title, text. */
  describe(names) {
    const { answers } = this.draft;
    return names.map((name) => [name, this.form.titleOf(name), this.form.textOf(name, answers[name])]);
  }

  /** The page is looked at again: another one of this person may have gone on meanwhile. */
  catchUp() {
    if (this.draft.unsent || this.draft.byHand || this.company) return;
    this.asked = this.newId();
    this.line.send({ kind: "open", id: this.asked, key: this.body.key });
  }

  caughtUp(body) {
    if (!body || body.base <= this.draft.base || this.draft.unsent) return;
    this.told = body.read_only
      ? say("This was handed in on another page. Open it again to go on from there.")
      : say("This was changed on another page. You see it as it is now.");
    this.draft.merged(this.form.merge(body.answers, new Set()));
    this.undo.merged(this.form.answers);
    this.draft.base = body.base;
    this.redraw();
  }

  holding() {
    return flagsThatHold(this.body.flags, this.form.answers);
  }

  changed(answers, id) {
    this.undo.changed(id, answers, this.form.kindOf(id));
    this.change(answers, id);
  }

  /** Puts the last change of this page back as it was before, and saves that like any other. */
  takeBack() {
    const { id, before } = this.undo.pop();
    const answers = this.form.put(id, before);
    this.undo.answers = answers;
    this.told = "";
    this.change(answers, id);
    this.flushSoon();
    this.form.elementOf(id)?.scrollIntoView({ block: "nearest" });
  }

  change(answers, id) {
    this.draft.change(answers, id);
    clearTimeout(this.settling);
    this.settling = this.passing ? setTimeout(() => this.raise(), PASSING_MS) : this.raise();
    this.redraw();
  }

  /** Shows the help of each safety rule that holds now and did not before. */
  raise() {
    clearTimeout(this.settling);
    this.flags = this.holding().map((id) => this.flags.find((flag) => flag.id === id) ?? { id, fresh: true });
    this.redraw();
  }

  flushSoon() {
    if (!this.draft.byHand) this.draft.flush();
  }

  turn(way) {
    this.flushSoon();
    this.turning = way === "back" ? this.form.back() : this.form.next();
    this.redraw();
  }

  /** The page that was turned to is there: its head takes the focus, and Tab goes on to its first question. */
  drawn(page) {
    if (!this.turning) return;
    this.turning = false;
    scrollTo(0, this.element.getBoundingClientRect().top + scrollY - 128);
    const head = page.querySelector("h2") ?? page;
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }

  async handIn(router) {
    if (this.sending || !this.form.complete()) return;
    this.told = "";
    this.sending = true;
    this.redraw();
    const reply = await this.draft.submit();
    this.sending = false;
    if (reply.kind === "view") router.show(reply.view, !this.correcting);
    else if (reply.kind === "saved") router.open(this.draft.key, { done: !this.correcting });
    this.redraw();
  }

  merged(reply, dirty) {
    this.draft.merged(this.form.merge(reply.answers, dirty, { live: this.company !== null }));
    this.undo.merged(this.form.answers);
    this.form.ask(reply.asks ?? {});
    const both = (reply.conflicts ?? []).map((name) => `“${this.form.titleOf(name)}”`);
    if (both.length) {
      this.told = say("{items} was also changed on another page at the same time. Both answers are kept.", {
        items: both.join(", "),
      });
    }
    this.redraw();
  }

  refused(reply) {
    this.told = reply.partly ? reply.text : `${say("Not saved.")} ${reply.text}`;
    this.form.refuse(reply.items ?? {}, { go: this.sending }); // nobody is led away from what they are typing
    this.redraw();
  }

  leave() {
    this.company?.leave();
    clearTimeout(this.settling);
    this.element.removeEventListener("keydown", this.onKey, true);
    this.element.removeEventListener("pointerdown", this.onPointer, true);
    this.element.removeEventListener("focusout", this.onBlur);
    document.removeEventListener("visibilitychange", this.onHide);
    this.flushSoon();
    this.draft.onMerged = () => {};
    this.draft.onRefused = () => {};
    const told = this.describe([...this.draft.pending]);
    this.draft.describe = () => told;
    this.form.dispose();
  }
}
