// The page as a widget in JupyterLab: the same components, over anywidget's messages.

import { report } from "./errors.js";
import { Comm } from "./comm.js";
import { speak } from "./say.js";
import { showPage } from "./show.js";

export default {
  async render({ model, el }) {
    el.classList.add("iopkit");
    try {
      await speak(model.get("view").language);
      el.lang = model.get("view").language;
      return showPage(el, { line: new Comm(model), view: model.get("view") });
    } catch (error) {
      report(error, el);
    }
  },
};
