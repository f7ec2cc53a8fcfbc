// Being in a draft together: who else is here and where, and what they answer, shown as it comes.
//
// What others answer arrives as a push with all answers at a base. It is taken over for every item but those that are
// being saved from here; where two people answered one item at once, the store keeps both and tells both.

const BEAT_MS = 8000; // a sign of life, so that nobody is shown who has gone
const TYPING_MS = 2000; // after the last key
export const QUIET_MS = 40; // a change is sent after so little quiet: the other one is waiting to see it

export class Company {
  constructor(work, { line, element, key, newId, redraw }) {
    Object.assign(this, { work, line, element, key, newId, redraw, state: null, over: null, item: "", typing: false });
    this.onPush = (push) => this.take(push);
    this.onState = (state) => state === "open" && this.tell();
    this.onFocus = (event) => this.moveTo(event.target);
    this.onInput = (event) => this.typed(event.target);
    line.on("push", this.onPush);
    line.on("reply", this.onPush);
    line.on("state", this.onState);
    element.addEventListener("focusin", this.onFocus);
    element.addEventListener("input", this.onInput);
    this.beat = setInterval(() => this.tell(), BEAT_MS);
    this.tell();
  }

  tell() {
    this.line.send({ kind: "at", id: this.newId(), key: this.key, item: this.item, typing: this.typing });
  }

  moveTo(target) {
    const item = this.work.form.itemAt(target);
    if (item === this.item) return;
    Object.assign(this, { item, typing: false });
    this.tell();
    this.redraw();
  }

  typed(target) {
    const item = this.work.form.itemAt(target);
    clearTimeout(this.still);
    this.still = setTimeout(() => ((this.typing = false), this.tell()), TYPING_MS);
    if (this.typing && item === this.item) return;
    Object.assign(this, { item, typing: true });
    this.tell();
  }

  take(push) {
    if (push.kind !== "together" || push.key !== this.key || this.over) return;
    if (!push.open) {
      this.over = { done: push.done };
      this.mark([]);
    } else {
      this.state = push;
      this.work.others(push);
      this.mark(push.present.filter((one) => !one.me));
    }
    this.redraw();
  }

  /** Shows at each question who else is at it. */
  mark(present) {
    for (const one of this.element.querySelectorAll("[data-with]")) one.removeAttribute("data-with");
    for (const { item, name } of present) this.work.form.elementOf(item)?.setAttribute("data-with", name);
  }

  leave() {
    clearInterval(this.beat);
    clearTimeout(this.still);
    this.line.off("push", this.onPush);
    this.line.off("reply", this.onPush);
    this.line.off("state", this.onState);
    this.element.removeEventListener("focusin", this.onFocus);
    this.element.removeEventListener("input", this.onInput);
    this.mark([]);
  }
}
