// Taking back the last change of this page: a choice, a slider, a removed row. What was typed is taken back with the
// keyboard, as everywhere; a row that is only being filled in is no change of its own.

const ONE_MS = 400; // a slider on its way is one change, and so is what is saved together
const MOST = 20;

/** True for a change that a person can have made by one wrong touch. */
export function isUndoable(kind, before, after) {
  if (kind === "text" || kind === "comment") return false;
  const rows = (value) => (Array.isArray(value) && typeof value[0] === "object" ? value.length : 0);
  if (rows(before) || rows(after)) return rows(after) < rows(before);
  return true;
}

export class Undo {
  constructor(answers, now = () => performance.now()) {
    Object.assign(this, { answers, now, steps: [] });
  }

  /** The item that the last change can be taken back of, "" for none. */
  get item() {
    return this.steps.at(-1)?.id ?? "";
  }

  /** Notes a change; `answers` is how all stand after it. */
  changed(id, answers, kind) {
    const before = this.answers[id];
    const after = answers[id];
    this.answers = answers;
    const last = this.steps.at(-1);
    if (last?.id === id && this.now() - last.at < ONE_MS) last.at = this.now();
    else if (isUndoable(kind, before, after)) this.steps.push({ id, before, at: this.now() });
    else this.steps = this.steps.filter((step) => step.id !== id); // more was written there since
    this.steps = this.steps.slice(-MOST);
  }

  /** What others changed is not ours to take back. */
  merged(answers) {
    this.steps = this.steps.filter(({ id }) => JSON.stringify(answers[id]) === JSON.stringify(this.answers[id]));
    this.answers = answers;
  }

  /** Takes the last change off the list: its item, and how it was answered before. */
  pop() {
    return this.steps.pop();
  }
}
