// A worksheet in one file, without a server: nothing leaves the page but the file that one saves oneself.
//
// Built as one script that stands in the page; the page's policy allows no request, and nothing is stored here.

import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { Guard, showErrors } from "./errors.js";
import { HelpPanel } from "./flags.js";
import { flagsThatHold, Form } from "./form.js";
import { say, speak } from "./say.js";

const given = JSON.parse(document.getElementById("iopkit-offline").textContent);

function Offline() {
  const place = useRef();
  const form = useRef();
  const [unsaved, setUnsaved] = useState(false);
  const [told, setTold] = useState("");
  const [flags, setFlags] = useState([]);
  useEffect(() => {
    form.current = new Form(place.current, {
      survey: given.survey,
      answers: given.begin,
      whole: true,
      onChange: (answers) => {
        setUnsaved(true);
        setTold("");
        setFlags(flagsThatHold(given.flags, answers).map((id) => ({ id, fresh: true })));
      },
    });
    return () => form.current.dispose();
  }, []);
  useEffect(() => {
    if (!unsaved) return undefined;
    const warn = (event) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [unsaved]);
  const save = () => {
    saveFile(`${given.worksheet}-answers.json`, result(form.current.answers));
    setUnsaved(false);
    setTold(say("The file is among your downloads. Take it to your program; it is entered there."));
  };
  return (
    <main class="page">
      <header class="stack">
        <h1>{given.title}</h1>
        <p class="lead">{given.about}</p>
        <p class="notice">
          {say("This page works without a connection. It keeps nothing and sends nothing: save your answers as a file before you close it. Anybody who opens that file can read it.")}
        </p>
      </header>
      <HelpPanel flags={flags} messages={given.messages} lines={given.help} />
      <div ref={place} />
      <div class="row">
        <button class="button primary" type="button" onClick={save}>
          {say("Save the answers as a file")}
        </button>
        <span role="status">{told || (unsaved ? say("Not saved yet.") : "")}</span>
      </div>
    </main>
  );
}

/** What is entered later: which worksheet, in which version and for which assignment, when and where. */
function result(answers) {
  const { worksheet, version, assignment } = given;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { format: "iopkit-answers", worksheet, worksheet_version: version, assignment, answered_at: new Date().toISOString(), zone, answers };
}

function saveFile(name, content) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const app = document.getElementById("iopkit-app");
showErrors(() => app);
/** The form in its own language: words first, then the page. */
async function begin() {
  await speak(given.language);
  const page = (
    <Guard place={app}>
      <Offline />
    </Guard>
  );
  render(page, app);
}

begin();
