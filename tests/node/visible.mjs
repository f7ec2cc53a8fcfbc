// Reads [{survey, answers}, …], writes for each the names of the questions that survey-core shows, in order.
// A question of a repeating panel is written as "rows[0].name"; what has no input is left out.
import { survey, input } from "./survey.mjs";

const shown = ({ survey: json, answers }) => {
  const model = new survey.Model(json);
  if (model.jsonErrors) throw new Error(JSON.stringify(model.jsonErrors.map((error) => error.message)));
  model.data = answers;
  return model.getAllQuestions().flatMap((question) => names(question, ""));
};

const isShown = (element) => !element || (element.isVisible && isShown(element.parent));

const names = (question, before) => {
  if (!question.hasInput || !isShown(question)) return [];
  const own = before + question.getValueName();
  if (question.getType() !== "paneldynamic") return [own];
  const rows = (question.survey.getValue(own) ?? []).length;
  const inner = question.visiblePanels.slice(0, rows).flatMap((panel, row) =>
    panel.questions.flatMap((part) => names(part, `${own}[${row}].`)),
  );
  return [own, ...inner];
};

process.stdout.write(JSON.stringify(input().map(shown)));
