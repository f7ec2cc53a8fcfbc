// Reads [{survey, answers}, …] and asks survey-core what is shown once answers are in: of a model made at once, and
// of one whose pages were made one by one, as the form does. Writes both lists of names for each.
import { survey, input } from "./survey.mjs";

const names = (model) =>
  model.getAllQuestions().filter((one) => one.hasInput && one.isVisible).map((one) => `${one.name} ${one.panelCount ?? ""}`);

const atOnce = ({ survey: json, answers }) => {
  const model = new survey.Model(json);
  model.data = answers;
  return names(model);
};

const byPage = ({ survey: json, answers }) => {
  const model = new survey.Model({ ...json, pages: json.pages.slice(0, 1) });
  model.data = {};
  for (const page of json.pages.slice(1)) model.addNewPage(page.name).fromJSON(page);
  model.runExpressions();
  for (const [name, value] of Object.entries(answers)) model.setValue(name, value);
  return names(model);
};

process.stdout.write(JSON.stringify(input().map((one) => [atOnce(one), byPage(one)])));
