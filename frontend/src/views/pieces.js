// What the page and the views that come later share, named in one place so that the build puts it into one file:
// each of them imports this, else every small part that only some use would be one more file to ask for.

import "../figure.js";
import "../flags.js";
import "../hand-over.js";
import "../header.js";
import "../help.js";
import "../sound.js";
import "../try-out.js";
import "../wide.js";
import "./act.js";
import "./assign.js";
import "./files.js";
import "./lines.js";
import "./paper.js";
import "./rhythm.js";
import "./settings.js";
import "./weekdays.js";
