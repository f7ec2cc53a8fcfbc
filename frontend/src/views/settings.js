// What a worksheet lets a clinician set for one client: words of the client's own, a choice, sections on and off.

import { say } from "../say.js";

/** `children` stand below the fields: what comes of them. */
export function Settings({ fields, values, change, children }) {
  if (!fields.length) return null;
  const sections = fields.filter((field) => field.kind === "section");
  const set = (name, value) => change({ ...values, [name]: value });
  return (
    <details class="settings">
      <summary>{say("Set it up for this client")}</summary>
      <div class="stack">
        {fields
          .filter((field) => field.kind !== "section")
          .map((field) => (
            <Field key={field.name} field={field} value={values[field.name] ?? ""} set={set} />
          ))}
        {sections.length ? (
          <fieldset class="choices">
            <legend>{say("What it asks")}</legend>
            {sections.map((field) => (
              <label key={field.name}>
                <input type="checkbox" checked={values[field.name] ?? true} onChange={(event) => set(field.name, event.currentTarget.checked)} />
                {field.title}
              </label>
            ))}
          </fieldset>
        ) : null}
        {children}
      </div>
    </details>
  );
}

function Field({ field, value, set }) {
  const id = `set-${field.name}`;
  const shared = { id, value, "aria-describedby": `${id}-hint`, onInput: (event) => set(field.name, event.currentTarget.value) };
  const hint = [field.about, field.kind === "texts" ? say("One to a line, at most {most}.", { most: field.most }) : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{field.title}</label>
      {field.kind === "texts" ? (
        <textarea rows={3} {...shared} />
      ) : (
        <select {...shared}>
          <option value="">{say("As in the worksheet")}</option>
          {field.options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      )}
      <span class="hint" id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  );
}

/** The settings as they are sent: only what was set. */
export function settingsOf(fields, values) {
  const found = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    if (kind === "section" && value === false) found[name] = false;
    if (kind === "choice" && value) found[name] = value;
    if (kind === "texts") {
      const lines = (value ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
      if (lines.length) found[name] = lines;
    }
  }
  return found;
}
