// One round of a practice under way: its clock, its bell and voice, and what is recorded of it.

import { courseOf, stepAt, widthAfter, widthAt } from "./pace.js";
import { say } from "./say.js";
import { Bell, hush, speak } from "./sound.js";

const TICK_MS = 200;
const SLEPT_MS = 5000; // a tick that comes so late means that the device slept: nobody practised meanwhile
const RECORD_S = 15; // what was practised is kept at least so often
const LEAST = 0.1; // minutes; less was a slip of the finger

export class Round {
  constructor({ pattern, minutes, bell, voice, onRecord, redraw }) {
    Object.assign(this, { pattern, voice, onRecord, redraw, state: "running", second: 0, practised: 0, told: "" });
    this.course = courseOf(pattern, minutes);
    this.bell = bell ? new Bell() : null;
    this.onHide = () => document.visibilityState === "hidden" && this.record(true);
  }

  start() {
    this.bell?.wake();
    document.addEventListener("visibilitychange", this.onHide);
    this.run();
    this.enter("start");
  }

  run() {
    this.state = "running";
    this.last = performance.now();
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.width = widthAt(this.course, this.second);
    this.seconds = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => this.follow())); // moves from where it stands
    navigator.wakeLock?.request("screen").then(
      (lock) => (this.state === "running" ? (this.lock = lock) : lock.release()),
      () => {}, // a low battery: then the screen may go dark
    );
  }

  rest() {
    clearInterval(this.timer);
    this.lock?.release();
    this.lock = null;
    hush();
  }

  tick() {
    const now = performance.now();
    const passed = now - this.last;
    this.last = now;
    if (passed > SLEPT_MS) return this.pause();
    dispatchEvent(new Event("practising")); // to the page that locks itself when nobody is there
    const kept = Math.floor(this.practised / RECORD_S);
    this.practised += passed / 1000;
    this.goTo(this.second + passed / 1000);
    if (this.state === "running" && Math.floor(this.practised / RECORD_S) > kept) this.record(true);
    this.redraw();
  }

  /** Goes to a second of the course; tells what begins there. */
  goTo(second) {
    const { place } = this.now;
    this.second = second;
    if (second >= this.course.length) return this.end(false);
    if (this.now.place === place) return;
    this.pace();
    this.enter("step");
  }

  get now() {
    return stepAt(this.course, this.second);
  }

  /** Seconds until the end of this step, as one counts them. */
  get count() {
    return Math.max(1, Math.ceil(this.now.ends - this.second));
  }

  get minutes() {
    return Math.round(this.practised / 6) / 10;
  }

  follow() {
    if (this.state !== "running") return;
    this.pace();
    this.redraw();
  }

  /** Where the picture goes, and how long it takes. */
  pace() {
    const { place, ends } = this.now;
    const running = this.state === "running";
    this.width = running ? widthAfter(this.course, place) : widthAt(this.course, this.second);
    this.seconds = running ? ends - this.second : 0.2;
  }

  enter(sound) {
    const { step, round } = this.now;
    this.bell?.ring(sound);
    if (this.voice) speak(step.text);
    else if (round === 0) this.told = step.text; // a screen reader hears the rhythm once; then it is left in peace
    else if (this.lastMinute) this.told = say("One minute left.");
    this.redraw();
  }

  get lastMinute() {
    const left = this.course.length - this.second;
    return left <= 60 && left > 60 - this.course.once;
  }

  pause() {
    if (this.state !== "running") return;
    this.state = "paused";
    this.rest();
    this.pace();
    this.record(true);
    this.redraw();
  }

  goOn() {
    this.run();
    this.redraw();
  }

  /** Goes on to the next step, for whoever is ready. */
  skip() {
    this.goTo(this.now.ends);
    this.redraw();
  }

  end(early) {
    if (this.state === "over") return;
    const sounded = this.state === "running" && !early;
    this.state = "over";
    this.rest();
    if (sounded) this.bell?.ring("end");
    document.removeEventListener("visibilitychange", this.onHide);
    this.record(early);
    this.redraw();
  }

  record(early) {
    if (this.minutes >= LEAST) this.onRecord({ pattern: this.pattern.value, minutes: this.minutes, ended_early: early });
  }
}
