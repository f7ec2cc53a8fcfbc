// A worksheet to fill in, what comes after handing it in, or an entry to read.

import { useEffect, useReducer, useRef, useState } from "preact/hooks";

import { HelpPanel } from "../flags.js";
import { go } from "../header.js";
import { newId } from "../kernel.js";
import { saveText } from "../save.js";
import { useParts } from "../later.js";
import { say, several } from "../say.js";
import { formStyle } from "../style.js";
import { TryOut } from "../try-out.js";
import { FileButton } from "./files.js";
import { Figures } from "./lines.js";

const WHOLE_FROM = 900; // pixels; a short worksheet is shown whole on a wide screen
const WHOLE_ITEMS = 8;

export function Worksheet(props) {
  const [correcting, setCorrecting] = useState(false);
  const { body, router } = props;
  const correct = () => setCorrecting(true);
  if (correcting) return <Fill {...props} correcting />;
  if (router.justDone || body.just_done) return <Done {...props} onCorrect={correct} />;
  if (isPreview(body)) return <Preview {...props} />;
  if (body.read_only) return <Read {...props} onCorrect={correct} />;
  return <Fill {...props} />;
}

/** A worksheet nobody filled in, shown to somebody who only looks at it. */
function isPreview(body) {
  return body.read_only && body.base === 0 && Object.keys(body.answers).length === 0;
}

function Head({ body, children }) {
  return (
    <header class="stack">
      <h1 tabIndex={-1}>{body.title}</h1>
      {children}
    </header>
  );
}

/** That the form is there in another language only; and for staff, which languages there are. */
function Only({ body }) {
  return (
    <>
      {body.only ? <p class="notice">{body.only}</p> : null}
      {body.languages ? <p class="soft">{body.languages}</p> : null}
    </>
  );
}

function SeenBy({ body }) {
  return body.seen_by ? <p class="seen-by">{body.seen_by}</p> : null;
}

function minutesWords(body) {
  return body.minutes ? several("About {count} minute", "About {count} minutes", body.minutes) : "";
}

/** What it is for and who will see it: above the first question, out of the way of the others. */
function Intro({ body }) {
  return (
    <>
      {body.about ? <p class="lead">{body.about}</p> : null}
      <p class="soft">{[body.when, minutesWords(body)].filter(Boolean).join(" · ")}</p>
      <Only body={body} />
      <SeenBy body={body} />
    </>
  );
}

function Fill({ body, view, router, outbox, line, correcting }) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const place = useRef();
  const work = useRef(null);
  useEffect(() => {
    let gone = false;
    startWork(place.current, { body, view, outbox, line, newId, correcting, redraw }).then((started) => {
      if (gone) started.leave();
      else work.current = started;
      redraw();
    });
    return () => {
      gone = true;
      work.current?.leave();
    };
  }, []);
  const on = body.together?.on ?? false;
  useEffect(() => {
    work.current?.meet(on);
    redraw();
  }, [on]);
  const { form, draft, sending, told, company, undo, flags = [] } = work.current ?? {};
  const alone = Boolean(body.together?.mine) && !on && !company?.over;
  const page = form?.page ?? { index: 0, count: 1, title: "" };
  const last = page.index >= page.count - 1;
  return (
    <div class="stack">
      <Head body={body}>
        {page.index === 0 ? <Intro body={body} /> : null}
      </Head>
      <div class="work-bar">
        <Steps page={page} />
        {undo?.item && !sending ? (
          <button
            class="link"
            type="button"
            aria-label={say("Undo the last change: {item}", { item: form.titleOf(undo.item) })}
            onClick={() => work.current.takeBack()}
          >
            {say("Undo")}
          </button>
        ) : null}
        <span class="save-state" role="status" data-state={draft?.state ?? "new"}>
          {draft ? saveText(draft, line.state) : say("Loading")}
        </span>
      </div>
      {body.together && form && !alone ? <WithOthers part="Together" {...{ body, router, company }} work={work.current} /> : null}
      <HelpPanel flags={flags} messages={body.messages} lines={view.help} />
      {told ? (
        <div class="notice care" role="alert">
          {told}
        </div>
      ) : null}
      <div class="form" lang={body.language} ref={place} inert={Boolean(sending)}></div>
      {form ? (
        <div class="work-end row fill">
          {page.index > 0 ? (
            <button class="button" type="button" disabled={sending} onClick={() => work.current.turn("back")}>
              {say("Back")}
            </button>
          ) : null}
          {last && body.together?.mine === false ? null : last ? (
            <button class="button primary" type="button" disabled={sending} onClick={() => work.current.handIn(router)}>
              {sending ? (line.state === "open" ? say("Sending…") : say("Waiting for a connection…")) : correcting ? say("Save the correction") : say("Finish")}
            </button>
          ) : (
            <button class="button primary" type="button" onClick={() => work.current.turn("next")}>
              {say("Next")}
            </button>
          )}
        </div>
      ) : null}
      {sending && line.state !== "open" ? (
        <p class="soft" role="status">
          {say("It is handed in by itself once there is a connection again. Your answers are kept until then.")}
        </p>
      ) : null}
      {alone && form ? <WithOthers part="Offer" {...{ body, router }} /> : null}
      {form && page.index === 0 && !correcting ? <Earlier body={body} router={router} /> : null}
      {form && page.index === 0 && !correcting && body.may_take ? (
        <FileButton
          router={router}
          action={{ kind: "offline", key: body.key }}
          label={say("Fill this in without a connection")}
          done={say("The worksheet is among your downloads. Open that file in any browser.")}
        />
      ) : null}
      {body.together?.notes && form ? <WithOthers part="ItemNotes" {...{ body, router, company }} work={work.current} /> : null}
    </div>
  );
}

const withOthers = () => import("./together.js");

/** What stands on the page when several people fill in one draft: fetched with the first such draft. */
function WithOthers({ part, ...props }) {
  const parts = useParts(withOthers);
  const Part = parts?.[part];
  return Part ? <Part {...props} /> : null;
}

/** Progress in steps: how many, and which one. */
function Steps({ page }) {
  if (page.count < 2) return <span class="steps"></span>;
  const steps = Array.from({ length: page.count }, (_, index) => index);
  return (
    <div class="steps">
      <span>{say("Step {step} of {count}", { step: page.index + 1, count: page.count })}</span>
      <ol aria-hidden="true">
        {steps.map((step) => (
          <li key={step} class={step < page.index ? "past" : step === page.index ? "here" : ""}></li>
        ))}
      </ol>
    </div>
  );
}

async function startWork(element, options) {
  const [{ Work }] = await Promise.all([import("../work.js"), formStyle()]);
  const short = countItems(options.body.survey) <= WHOLE_ITEMS;
  return new Work(element, { ...options, whole: short && innerWidth >= WHOLE_FROM });
}

function countItems(survey) {
  return (survey.pages ?? []).reduce((count, page) => count + (page.elements ?? []).length, 0);
}

/** The form to try out; what is typed goes nowhere. */
function Preview({ body }) {
  return (
    <div class="stack">
      <Head body={body}>
        {body.about ? <p class="lead">{body.about}</p> : null}
        {body.minutes ? <p class="soft">{minutesWords(body)}</p> : null}
        <SeenBy body={body} />
      </Head>
      <TryOut survey={body.survey} />
    </div>
  );
}

function Done({ body, view, router, onCorrect }) {
  const home = view.nav[0];
  return (
    <div class="stack">
      <Head body={body}>
        <p class="lead">{body.saved ? say("Done. {saved}.", { saved: body.saved }) : say("Done. It is saved.")}</p>
        <Figures figures={body.figures} />
        <SeenBy body={body} />
      </Head>
      <KeptHelp body={body} view={view} />
      <Others body={body} router={router} />
      {body.next_step ? <p>{body.next_step}</p> : null}
      {home ? (
        <div class="row">
          <a class="button primary" href={`#${home.key}`} onClick={(event) => go(event, router, home.key)}>
            {say("Back to {place}", { place: home.label })}
          </a>
        </div>
      ) : null}
      <details>
        <summary>{say("What I wrote")}</summary>
        <Entry body={body} />
        <Correct body={body} onCorrect={onCorrect} />
      </details>
    </div>
  );
}

function Read({ body, view, router, onCorrect }) {
  return (
    <div class="stack">
      <Head body={body}>
        <p class="soft">{body.when}</p>
        <Figures figures={body.figures} />
        <SeenBy body={body} />
        {body.notice ? <p class="soft">{body.notice}</p> : null}
      </Head>
      <KeptHelp body={body} view={view} />
      <Entry body={body} />
      <p class="soft">{say("Worksheet version {version}", { version: body.version })}</p>
      <Correct body={body} onCorrect={onCorrect} />
      <Earlier body={body} router={router} />
      <Others body={body} router={router} />
    </div>
  );
}

const others = () => import("./sharing.js");

/** Who else sees an entry, and what clinicians noted of it: fetched with the first entry that has either. */
function Others({ body, router }) {
  return body.sharing || body.team ? <OthersOf body={body} router={router} /> : null;
}

function OthersOf({ body, router }) {
  const parts = useParts(others);
  if (!parts) return null;
  return (
    <>
      {body.sharing ? <parts.Sharing sharing={body.sharing} title={body.title} router={router} /> : null}
      {body.team ? <parts.TeamWork team={body.team} router={router} /> : null}
    </>
  );
}

function Correct({ body, onCorrect }) {
  if (!body.may_correct) return null;
  return (
    <div class="row">
      <button class="button" type="button" onClick={onCorrect}>
        {say("Correct this entry")}
      </button>
    </div>
  );
}

/** The way to what stood here before, where there is any such thing. */
function Earlier({ body, router }) {
  return body.earlier ? (
    <p>
      <a href={`#${body.earlier}`} onClick={(event) => go(event, router, body.earlier)}>
        {say("Earlier versions")}
      </a>
    </p>
  ) : null;
}

function useReading() {
  const [parts, setParts] = useState(null);
  useEffect(() => {
    Promise.all([import("../work.js"), formStyle()]).then(([module]) => setParts(module));
  }, []);
  return parts;
}

/** Help that stays in sight on an entry whose answers set off a flag. */
function KeptHelp({ body, view }) {
  const parts = useReading();
  return parts ? <parts.ReadingHelp body={body} lines={view.help} /> : null;
}

function Entry({ body }) {
  const parts = useReading();
  return parts ? (
    <div class="card">
      <parts.Reading survey={body.survey} answers={body.answers} />
    </div>
  ) : (
    <div class="wait">
      <span></span>
    </div>
  );
}
