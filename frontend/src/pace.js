// The course of a practice: which step is at which second, and how wide the breath's picture is then.

import { several } from "./say.js";

const WIDE = 1;
const NARROW = 0.45; // of the ring

/** What a pattern comes to for so many minutes: whole rounds, so that nobody is stopped in the middle of a breath. */
export function courseOf(pattern, minutes) {
  const once = pattern.steps.reduce((sum, step) => sum + step.seconds, 0);
  const rounds = pattern.repeats ? Math.max(1, Math.ceil((minutes * 60) / once)) : 1;
  return { steps: pattern.steps, once, rounds, length: rounds * once };
}

/** The step at a second of the course: its place among all steps, its round, when it began and when it ends. */
export function stepAt(course, second) {
  const round = Math.min(Math.floor(second / course.once), course.rounds - 1);
  let begins = round * course.once;
  for (const [index, step] of course.steps.entries()) {
    const ends = begins + step.seconds;
    if (second < ends || index === course.steps.length - 1) {
      return { step, index, round, place: round * course.steps.length + index, begins, ends };
    }
    begins = ends;
  }
}

/** How wide the picture is at a second, from narrow to wide. */
export function widthAt(course, second) {
  const { step, place, begins, ends } = stepAt(course, second);
  const from = place === 0 ? NARROW : widthAfter(course, place - 1);
  const share = Math.min((second - begins) / (ends - begins), 1);
  return from + (widthAfter(course, place) - from) * (step.breath === "hold" ? 1 : share);
}

/** How wide the picture is when a step is over; a held breath stays as it was. */
export function widthAfter(course, place) {
  for (let at = place; at >= 0; at -= 1) {
    const { breath } = course.steps[at % course.steps.length];
    if (breath === "in") return WIDE;
    if (breath === "out") return NARROW;
  }
  return NARROW;
}

/** Seconds as people say them: "45 seconds", "1 minute", "2.5 minutes". */
export function span(minutes) {
  if (minutes < 1) return several("{count} second", "{count} seconds", Math.round(minutes * 60));
  return several("{count} minute", "{count} minutes", minutes);
}
