// survey-core as the front end has it installed, and the input of a script.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../frontend/package.json", import.meta.url));

export const survey = require("survey-core");
export const input = () => JSON.parse(readFileSync(0, "utf8"));
