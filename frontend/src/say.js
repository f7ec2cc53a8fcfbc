// The one function through which every shown text goes: English in, the language of the page out.
//
// A page belongs to one person, so it has one language, set once before anything is drawn. Translations are those of
// iopkit/words/<language>.po; the build puts the ones that scripts need into a file of their own.

const CATALOGS = { es: () => import("../../iopkit/words/es.po") };

let spoken = "en";
let known = {};

/** Resolves when texts are said in this language; one that is not ours stays English, and so does a lost file. */
export async function speak(language) {
  if (language === spoken || !(language in CATALOGS)) return;
  try {
    known = (await CATALOGS[language]()).default;
    spoken = language;
  } catch (error) {
    console.error(error); // a page in English is better than none
  }
}

/** The language of the page. */
export function language() {
  return spoken;
}

/** The locale whose dates and order of names the page uses. */
export function locale() {
  return spoken === "es" ? "es-US" : "en-GB";
}

/** A text in the language of the page, with its values: `say("Step {step} of {count}", { step, count })`. */
export function say(text, values) {
  return fill(known[text] ?? text, values);
}

/** The form that fits a number, which stands at `{count}`. */
export function several(one, many, count, values) {
  const forms = known[one] ?? [one, many];
  return fill(forms[count === 1 ? 0 : 1], { count, ...values });
}

/** Marks a text that is said later: where it stands, nobody knows the language yet. */
export function mark(text) {
  return text;
}

function fill(text, values) {
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : text;
}
