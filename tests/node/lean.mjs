// Reads {text, year}, writes what the page would send of a calendar file.
import { readFileSync } from "node:fs";

import { lean } from "../../frontend/src/lean-calendar.js";

const { text, year } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(lean(text, year)));
