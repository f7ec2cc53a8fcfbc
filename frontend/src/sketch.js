// A drawing under way: its lines, what can be undone, and the text that is stored.

import { readDrawing, thin, writeDrawing } from "./drawing.js";

export class Sketch {
  constructor(text, limit, onText) {
    Object.assign(this, { limit, onText });
    this.replace(text);
  }

  /** Takes over a drawing from elsewhere; what was undoable here is not undoable in it. */
  replace(text) {
    this.strokes = readDrawing(text);
    this.text = text;
    this.past = [];
    this.refused = false;
  }

  add(stroke) {
    const strokes = [...this.strokes, { ...stroke, points: thin(stroke.points) }];
    this.refused = writeDrawing(strokes).length > this.limit;
    if (!this.refused) this.become(strokes);
  }

  clear() {
    this.refused = false;
    if (this.strokes.length) this.become([]);
  }

  become(strokes) {
    this.past.push(this.strokes);
    this.keep(strokes);
  }

  keep(strokes) {
    this.strokes = strokes;
    this.text = writeDrawing(strokes);
    this.onText(this.text);
  }

  get canUndo() {
    return this.past.length > 0 || this.strokes.length > 0;
  }

  /** Just emptied: undo brings everything back. */
  get cleared() {
    return this.strokes.length === 0 && (this.past.at(-1)?.length ?? 0) > 0;
  }

  /** Takes back what was done last: also the emptying. After a reload, the last line. */
  undo() {
    this.refused = false;
    if (this.canUndo) this.keep(this.past.pop() ?? this.strokes.slice(0, -1));
  }
}
