// The form's styles, fetched with the first form: they are ten times the rest.

/* global FORM_STYLE -- the hashed name, put in by build.mjs; empty in JupyterLab, where all styles come at once */
let loaded;

/** Resolves when the form's styles are in place (or cannot be had: a plain form is better than none). */
export function formStyle() {
  if (!FORM_STYLE) return Promise.resolve();
  loaded ??= new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(FORM_STYLE, import.meta.url).href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
  return loaded;
}

/** Fetches what a form needs while nothing else is to be done. */
export function prepareForms() {
  const fetchAll = () => Promise.all([import("./work.js"), formStyle()]).catch(() => {});
  (globalThis.requestIdleCallback ?? setTimeout)(fetchAll);
}
