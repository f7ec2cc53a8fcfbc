// What the form renderer itself says, in Spanish: its own texts, and ours where they are said to somebody we know.

import { surveyLocalization } from "survey-core";
import "survey-core/i18n/spanish";

import { RENDERER_TEXTS } from "./renderer-texts.js";
import { say } from "./say.js";

/** Puts our words in place of its own; the catalog is there by then, as the page around the form is in Spanish. */
export function speakSpanish() {
  const said = Object.entries(RENDERER_TEXTS).map(([name, text]) => [name, say(text)]);
  Object.assign(surveyLocalization.locales.es, Object.fromEntries(said));
}
