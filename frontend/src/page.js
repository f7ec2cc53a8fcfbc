// Starts a served page: its data lies in the document, its kernel behind a websocket.

import "./views/pieces.js";
import { speak } from "./say.js";
import { showPage } from "./show.js";
import { Kernel, pageData } from "./kernel.js";
import { showErrors } from "./errors.js";

showErrors(() => document.querySelector("main") ?? document.body);

/** What the server wrote where no page could be made: a title and a way on. */
const unfinished = () => document.getElementById("iopkit-unfinished");

/** The page's data, as soon as the document holds it: the server sends the head before the kernel is ready. */
function whenReady() {
  return new Promise((resolve, reject) => {
    const look = () => {
      const data = pageData(document);
      if (data) {
        observer.disconnect();
        resolve(data);
      }
      return data;
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    if (look()) return;
    addEventListener("load", () => {
      if (look()) return;
      if (unfinished()) document.getElementById("iopkit-app").remove(); // its words stand in place of the page
      else reject(new Error("no page data"));
    });
  });
}

const speaks = speak(document.documentElement.lang);
const data = await whenReady();
await speaks;
const line = new Kernel(data);
showPage(document.getElementById("iopkit-app"), { line, view: data.view, base: line.base, served: true });
line.start();
