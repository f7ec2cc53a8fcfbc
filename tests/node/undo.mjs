// Reads a list of steps from standard input and plays them; prints what can be taken back after each.
import { Undo } from "../../frontend/src/undo.js";
import { readFileSync } from "node:fs";

const { answers, steps } = JSON.parse(readFileSync(0, "utf8"));
let time = 0;
const undo = new Undo(answers, () => time);
const said = steps.map((step) => {
  time += step.after ?? 2000;
  if (step.pop) return undo.pop() ?? null;
  if (step.merged) undo.merged(step.merged);
  else undo.changed(step.id, step.answers, step.kind);
  return undo.item;
});
process.stdout.write(JSON.stringify(said));
