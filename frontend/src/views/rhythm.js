// How often something is due: the fields of a rhythm, in the dialog that assigns and in the one that changes.

import { mark, say, several } from "../say.js";
import { Weekdays } from "./weekdays.js";

const OFTEN = [
  ["once", mark("Once")],
  ["daily", mark("Every day")],
  ["weekdays", mark("Every weekday")],
  ["weekly", mark("On some days of the week")],
  ["before", mark("Before each appointment")],
];
const WEEKS = [
  [1, mark("Every week")],
  [2, mark("Every second week")],
  [3, mark("Every third week")],
  [4, mark("Every fourth week")],
];
const HOUR = 60;
const GRACE = [0, 2 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR];

export const FIRST = { often: "once", days: [], every: 1, times: 0, grace: 0, ends: "", due: "21:00" };

/** A rhythm as the form holds it, from one as the kernel says it. */
export function formOf(rhythm) {
  return { ...FIRST, ...rhythm, ends: rhythm.ends ?? "", due: rhythm.due.slice(0, 5) };
}

/** The rhythm as it is sent: what does not belong to its kind is left out. */
export function rhythmOf({ often, days, every, times, starts, ends, due, grace }) {
  const repeats = !["once", "before"].includes(often);
  return {
    often,
    days: often === "weekly" ? days : [],
    every: often === "weekly" ? every : 1,
    times: repeats ? times : 0,
    starts,
    ends: ends || null,
    due,
    grace: often === "before" ? 0 : grace,
  };
}

export function isComplete({ starts, due, often, days }) {
  return Boolean(starts && due && (often !== "weekly" || days.length));
}

export function Rhythm({ plan, change }) {
  const { often } = plan;
  const once = often === "once";
  const set = (name) => (event) => change({ [name]: event.currentTarget.value });
  const number = (name) => (event) => change({ [name]: Number(event.currentTarget.value) });
  return (
    <>
      <fieldset class="choices">
        <legend>{say("How often")}</legend>
        {OFTEN.map(([value, label]) => (
          <label key={value}>
            <input type="radio" name="often" value={value} checked={often === value} onChange={set("often")} />
            {say(label)}
          </label>
        ))}
      </fieldset>
      {often === "weekly" ? <Weekdays id="rhythm" label={say("On which days")} days={plan.days} onChange={(days) => change({ days })} /> : null}
      {often === "before" ? <p class="hint">{say("Due when the appointment begins, open from the day after the last one.")}</p> : null}
      <div class="filters">
        <div class="field">
          <label for="starts">{once ? say("From") : say("First day")}</label>
          <input id="starts" type="date" required value={plan.starts} onInput={set("starts")} />
        </div>
        <div class="field">
          <label for="ends">{once ? say("Due on (same day if empty)") : say("Last day (if any)")}</label>
          <input id="ends" type="date" min={plan.starts} value={plan.ends} onInput={set("ends")} />
        </div>
        {often === "before" ? null : (
          <div class="field">
            <label for="due">{say("By what time")}</label>
            <input id="due" type="time" required value={plan.due} onInput={set("due")} />
          </div>
        )}
      </div>
      {often === "before" ? null : <Finer plan={plan} number={number} />}
    </>
  );
}

/** What most assignments leave as it is. */
function Finer({ plan, number }) {
  const { often, every, times, grace } = plan;
  const graces = GRACE.includes(grace) ? GRACE : [...GRACE, grace].sort((a, b) => a - b);
  return (
    <details class="settings" open={every > 1 || times > 0 || grace > 0}>
      <summary>{say("More about the rhythm")}</summary>
      <div class="filters">
        {often === "weekly" ? (
          <div class="field">
            <label for="every">{say("Which weeks")}</label>
            <select id="every" value={every} onChange={number("every")}>
              {WEEKS.map(([value, label]) => (
                <option key={value} value={value}>
                  {say(label)}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        {often === "once" ? null : (
          <div class="field">
            <label for="times">{say("How many times (0: no limit)")}</label>
            <input id="times" type="number" min={0} max={100} inputMode="numeric" value={times} onInput={number("times")} />
          </div>
        )}
        <div class="field">
          <label for="grace">{say("Still on time")}</label>
          <select id="grace" value={grace} onChange={number("grace")}>
            {graces.map((minutes) => (
              <option key={minutes} value={minutes}>
                {laterWords(minutes)}
              </option>
            ))}
          </select>
        </div>
      </div>
    </details>
  );
}

function laterWords(minutes) {
  if (!minutes) return say("Up to its time");
  if (minutes % HOUR) return several("{count} minute later", "{count} minutes later", minutes);
  return several("{count} hour later", "{count} hours later", minutes / HOUR);
}
