// The whole page: header, help, notices, and the view that is open.

import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";

import { Header } from "./header.js";
import { Connection, isCovered } from "./connection.js";
import { HandOver } from "./hand-over.js";
import { Idle } from "./idle.js";
import { LATER, Later } from "./later.js";
import { say } from "./say.js";
import { Screen } from "./screen.js";
import { Caseload } from "./views/caseload.js";
import { Client } from "./views/client.js";
import { History } from "./views/history.js";
import { Home } from "./views/home.js";
import { Library, Preview } from "./views/library.js";
import { Message } from "./views/message.js";
import { Worksheet } from "./views/worksheet.js";

const VIEWS = { home: Home, worksheet: Worksheet, history: History, caseload: Caseload, client: Client, library: Library, preview: Preview, message: Message };
const WIDE = ["caseload", "client", "library", "people", "who-sees", "calendar", "patterns"];
const WAIT_MS = 200; // a view that comes sooner needs no sign of waiting

export function App({ router, outbox, line, base, served }) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const main = useRef();
  const shown = useRef(router.view);
  const moved = useRef(false); // whether the reader has gone from the view that the page opened with
  useEffect(() => {
    router.listeners.push(redraw);
    outbox.listeners.push(redraw);
  }, []);
  const view = router.view;
  useLayoutEffect(() => {
    // at once, not after the next picture: else it takes the focus from whoever is quick with Tab
    if (served) document.title = view.title;
    if (shown.current === view) return;
    shown.current = view;
    moved.current = true;
    scrollTo(0, 0);
    main.current.querySelector("h1")?.focus();
  }, [view]);
  const slow = useSlow(router.waiting !== null);
  const Body = VIEWS[view.body.name] ?? (view.body.name in LATER ? Later : Message);
  const wide = WIDE.includes(view.body.name);
  return (
    <>
      <a class="skip button" href="#content" onClick={(event) => toMain(event, main)}>
        {say("Skip to the content")}
      </a>
      <Header view={view} router={router} base={base} served={served} />
      <main class={wide ? "page wide" : "page"} id="content" tabIndex={-1} ref={main} aria-busy={slow}>
        <Connection line={line} outbox={outbox} base={base} here={view.key} />
        {outbox.keeper && !isCovered(line) ? <outbox.keeper.Notice keeper={outbox.keeper} /> : null}
        {served && view.hand_over && view.body.name !== "drill" ? (
          <HandOver shared={view.hand_over} outbox={outbox} base={base} />
        ) : null}
        <Screen safe={view.safe ?? null} router={router} />
        {router.refusal ? (
          <div class="notice care" role="alert">
            {router.refusal}
          </div>
        ) : null}
        {slow ? <Waiting line={line} /> : null}
        <div class="stack view" hidden={slow || isCovered(line)}>
          <Body
            key={view.key + (view.body.base ?? "")}
            name={view.body.name}
            moved={moved}
            body={view.body}
            view={view}
            router={router}
            outbox={outbox}
            line={line}
          />
        </div>
      </main>
      {served && view.idle_seconds ? <Idle seconds={view.idle_seconds} outbox={outbox} base={base} /> : null}
    </>
  );
}

function toMain(event, main) {
  event.preventDefault(); // the fragment is the view's key
  main.current.focus();
}

function useSlow(waiting) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), WAIT_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return waiting && slow;
}

function Waiting({ line }) {
  return (
    <div class="wait" role="status">
      <p class="soft">
        {line.state === "open"
          ? say("One moment – this page is being prepared.")
          : say("No connection. This page opens as soon as it is back.")}
      </p>
      <span></span>
      <span></span>
    </div>
  );
}
