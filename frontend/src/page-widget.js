// The page as a widget in JupyterLab: the same components, over anywidget's messages.

import { report } from "./errors.js";
import { Comm } from "./comm.js";
import { showPage } from "./show.js";

export default {
  render({ model, el }) {
    el.classList.add("iopkit");
    try {
      return showPage(el, { line: new Comm(model), view: model.get("view") });
    } catch (error) {
      report(error, el);
    }
  },
};
