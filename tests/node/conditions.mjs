// Reads [[expression, answers], …] from stdin, writes [true|false|null, …]: what survey-core makes of each.
// null stands for an expression that survey-core cannot read.
import { survey, input } from "./survey.mjs";

const results = input().map(([expression, answers]) => {
  const runner = new survey.ConditionRunner(expression);
  return runner.canRun() ? runner.runValues(answers) : null;
});
process.stdout.write(JSON.stringify(results));
