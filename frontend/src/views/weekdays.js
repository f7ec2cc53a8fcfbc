// The days of a week to choose from, by their codes in a recurrence rule.

import { locale } from "../say.js";

const CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

export function Weekdays({ id, label, days, onChange }) {
  const name = (number) => new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + number)));
  const turn = (code, on) => onChange(CODES.filter((one) => (one === code ? on : days.includes(one))));
  return (
    <fieldset class="choices days" id={`${id}-days`}>
      <legend>{label}</legend>
      {CODES.map((code, number) => (
        <label key={code}>
          <input type="checkbox" checked={days.includes(code)} onChange={(event) => turn(code, event.currentTarget.checked)} />
          {name(number)}
        </label>
      ))}
    </fieldset>
  );
}
