// The form: the one module that knows the renderer (SurveyJS). The rest of the page knows questions and answers.

import { render } from "preact";
import {
  ConditionRunner,
  CustomError,
  Helpers,
  Model,
  Question,
  QuestionFactory,
  Serializer,
  settings,
  surveyLocalization,
  SvgRegistry,
} from "survey-core";
import { ReactQuestionFactory, Survey } from "survey-react-ui";

import { DrawingQuestion } from "./canvas.js";
import { PracticeQuestion } from "./pacer.js";
import { Plain } from "./plain.js";
import { registerQuestions } from "./questions.js";
import { speakSpanish } from "./renderer-es.js";
import { RENDERER_TEXTS } from "./renderer-texts.js";
import { Slider } from "./slider.js";

settings.titleTags = { survey: "div", page: "h2", panel: "div", question: "div" };
settings.animationEnabled = false;
Serializer.findProperty("rating", "displayMode").defaultValue = "buttons"; // on a phone too: all choices in sight
Object.assign(surveyLocalization.locales.en, RENDERER_TEXTS);
for (const [id, icon] of Object.entries(SvgRegistry.icons)) {
  SvgRegistry.icons[id] = icon.replace(/ style="[^"]*"/g, ""); // our content policy allows no style attribute
}
ReactQuestionFactory.Instance.registerQuestion("slider", (props) => <Slider {...props} />);
ReactQuestionFactory.Instance.registerQuestion("html", (props) => <Plain {...props} />);
registerQuestions({ Question, QuestionFactory, Serializer });
ReactQuestionFactory.Instance.registerQuestion("practice", (props) => <PracticeQuestion {...props} />);
ReactQuestionFactory.Instance.registerQuestion("drawing", (props) => <DrawingQuestion {...props} />);

/** A model of the worksheet, for showing it or for reading what was answered. */
export function makeModel(survey, answers) {
  if (survey.locale === "es") speakSpanish();
  const model = new Model({ ...survey, ...RENDERING });
  model.onAfterRenderQuestion.add((_, { htmlElement }) => keepOut(htmlElement));
  model.isCompact = true; // no box around each question
  model.data = structuredClone(answers);
  return model;
}

const RENDERING = {
  showTitle: false,
  showCompletedPage: false,
  showNavigationButtons: false,
  showProgressBar: false,
  showQuestionNumbers: "off",
  textUpdateMode: "onTyping",
  clearInvisibleValues: "none", // what is hidden is dropped by the store when the entry is handed in
  focusFirstQuestionAutomatic: false,
  widthMode: "responsive",
};

/** True for each flag (id → condition) that holds for these answers. */
export function flagsThatHold(flags, answers) {
  return Object.keys(flags).filter((id) => new ConditionRunner(flags[id]).runValues(answers) === true);
}

/** True for what says nothing: no value, no rows, or rows with nothing in them. */
function isBlank(value) {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.every(isBlank);
  return typeof value === "object" && Object.values(value).every(isBlank);
}

export class Form {
  /** Shows the worksheet in `element`; `whole` puts all pages below each other. */
  constructor(element, { survey, answers, whole = false, onChange = () => {}, onPage = () => {}, onDrawn = () => {} }) {
    this.element = element;
    const begun = whole || Object.keys(answers).length > 0 || survey.pages[0].visibleIf;
    this.later = begun ? [] : survey.pages.slice(1);
    this.model = makeModel({ ...survey, pages: survey.pages.slice(0, survey.pages.length - this.later.length) }, answers);
    this.onPage = onPage;
    this.model.generateStylesheet = false; // our content policy forbids it; form.css holds the same
    if (whole) this.model.questionsOnPageMode = "singlePage";
    this.merging = false;
    this.asked = {};
    this.known = this.answers;
    this.model.onValueChanged.add((_, { name, value }) => {
      const nothingNew = isBlank(value) && !(name in this.known);
      this.known = this.answers;
      if (this.merging || nothingNew) return;
      this.clearRefusal(name);
      onChange(this.answers, name);
    });
    this.model.onCurrentPageChanged.add(() => onPage());
    this.model.onAfterRenderPage.add((_, { htmlElement }) => onDrawn(htmlElement));
    this.model.currentPageNo = this.lastAnswered(answers);
    render(<Survey model={this.model} />, element);
    this.onInput = (event) => this.takeTyped(event);
    element.addEventListener("input", this.onInput);
    this.makeSoon();
  }

  /** The pages behind the first are made once that is in sight, one by one: a long worksheet opens like a short one. */
  makeSoon() {
    const soon = globalThis.requestIdleCallback ?? setTimeout;
    if (this.later.length) soon(() => this.makePage());
  }

  makePage() {
    const page = this.later.shift();
    if (!page) return;
    this.merging = true; // empty rows of a new page are nobody's answer
    this.model.addNewPage(page.name).fromJSON(page);
    if (this.later.length === 0) this.model.runExpressions();
    this.merging = false;
    if (this.later.length) this.makeSoon();
    else this.onPage();
  }

  /** For what looks at all questions, or beyond the first page. */
  makeAll() {
    while (this.later.length) this.makePage();
  }

  /** The renderer takes clock times, days and numbers when one leaves the field; here each whole one counts at once. */
  takeTyped(event) {
    const { id, type, value } = event.target;
    if (!["time", "date", "number"].includes(type) || value === "" || (type === "date" && value < "1900")) return;
    const question = this.model.getAllQuestions(false, false, true).find((one) => one.inputId === id);
    question?.updateValueOnEvent?.(event);
  }

  /** All answers there are; what is blank (no row, or only empty ones) is none. */
  get answers() {
    const answers = Object.entries(this.model.data).filter(([, value]) => !isBlank(value));
    return structuredClone(Object.fromEntries(answers));
  }

  get page() {
    const { currentPageNo, visiblePageCount } = this.model;
    const count = visiblePageCount + this.later.length;
    return { index: currentPageNo, count, title: this.model.currentPage?.locTitle?.textOrHtml ?? "" };
  }

  /** Where to go on: the last page with an answer in it. */
  lastAnswered(answers) {
    const answered = (page) => page.questions.some((question) => question.name in answers);
    return Math.max(this.model.visiblePages.findLastIndex(answered), 0);
  }

  /** Goes a page on, when what stands on this one can stay; else shows what is missing. */
  next() {
    this.makeAll();
    return this.model.nextPage();
  }

  back() {
    return this.model.prevPage();
  }

  /** True when nothing is missing or wrong; else goes to the first fault and shows it. */
  complete() {
    this.makeAll();
    for (const page of this.model.visiblePages) {
      if (page.validate(true, false)) continue;
      this.model.currentPage = page;
      page.validate(true, true);
      return false;
    }
    return true;
  }

  /** Takes over answers that others changed, but none in `kept` and (unless `live`) none that has the focus. */
  merge(answers, kept, { live = false } = {}) {
    this.makeAll();
    this.merging = true;
    try {
      for (const name of new Set([...Object.keys(answers), ...Object.keys(this.model.data)])) {
        if (kept.has(name) || (!live && this.isFocused(name))) continue;
        const mine = this.model.getValue(name);
        if (isBlank(mine) && isBlank(answers[name])) continue;
        if (Helpers.isTwoValueEquals(mine, answers[name], false, true, false)) continue;
        this.model.setValue(name, structuredClone(answers[name]));
      }
    } finally {
      this.merging = false;
    }
    return this.answers;
  }

  /** Puts one answer as it was; returns all answers. */
  put(name, value) {
    this.makeAll();
    this.merging = true;
    try {
      this.model.setValue(name, structuredClone(value));
    } finally {
      this.merging = false;
    }
    this.known = this.answers;
    return this.known;
  }

  /** What kind of question an item is. */
  kindOf(name) {
    return this.questionOf(name)?.getType() ?? "";
  }

  isFocused(name) {
    const question = this.model.getQuestionByName(name);
    const element = question && document.getElementById(question.id);
    return Boolean(element?.contains(document.activeElement));
  }

  /** The item that an element belongs to, "" for none. */
  itemAt(target) {
    const found = this.model.getAllQuestions().find((one) => document.getElementById(one.id)?.contains(target));
    return found?.name ?? "";
  }

  elementOf(name) {
    const question = name && this.questionOf(name);
    return question ? document.getElementById(question.id) : null;
  }

  /** An answer in words, as it stands in the form: the text of a choice, not its value. */
  textOf(name, value) {
    if (isBlank(value)) return "–";
    const shown = this.questionOf(name)?.getDisplayValue(true, structuredClone(value)) ?? value;
    return typeof shown === "object" ? JSON.stringify(shown) : String(shown);
  }

  /** What an item is called, for a sentence about it. */
  titleOf(name) {
    return this.questionOf(name)?.locTitle?.textOrHtml ?? name;
  }

  /** Shows at each item what is wrong with it, and goes to the first (unless `go` is false). */
  refuse(items, { go = true } = {}) {
    this.makeAll();
    const names = Object.keys(items).filter((name) => this.questionOf(name));
    for (const name of names) this.say(name, items[name], "error");
    if (!go) return;
    const first = this.model.getAllQuestions().find((question) => names.some((name) => this.questionOf(name) === question));
    if (first) {
      this.model.currentPage = first.page;
      first.focus(true);
    }
  }

  /** Shows at each item a doubt about its answer; nothing is wrong yet. */
  ask(items) {
    this.makeAll();
    for (const name of Object.keys(this.asked)) if (!(name in items)) this.clearRefusal(name);
    for (const [name, text] of Object.entries(items)) {
      if (this.asked[name] !== text) this.say(name, text, "warning");
    }
    this.asked = { ...items };
  }

  /** The question of an item; `meals[0].time` stands inside a repeating panel, whose question it is. */
  questionOf(name) {
    return this.model.getQuestionByName(name.split(/[[.]/)[0]);
  }

  say(name, text, kind) {
    const question = this.questionOf(name);
    if (!question) return;
    this.clearRefusal(name);
    const error = new CustomError(text, this.model);
    error.notificationType = kind;
    error.fromStore = true;
    question.errors = [...question.errors, error];
  }

  clearRefusal(name) {
    delete this.asked[name];
    const question = this.questionOf(name);
    if (question?.errors.some((error) => error.fromStore)) {
      question.errors = question.errors.filter((error) => !error.fromStore);
    }
  }

  dispose() {
    this.later = [];
    this.element.removeEventListener("input", this.onInput);
    render(null, this.element);
    this.model.dispose();
  }
}

/** Keeps what is typed out of the files in which a browser remembers its open pages. */
function keepOut(question) {
  for (const field of question.querySelectorAll("input, textarea")) field.setAttribute("autocomplete", "off");
}
