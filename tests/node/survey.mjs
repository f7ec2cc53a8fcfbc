// survey-core as the front end has it installed, with our own types of question, and the input of a script.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { registerQuestions } from "../../frontend/src/questions.js";

const require = createRequire(new URL("../../frontend/package.json", import.meta.url));

export const survey = require("survey-core");
registerQuestions(survey);
export const input = () => JSON.parse(readFileSync(0, "utf8"));
