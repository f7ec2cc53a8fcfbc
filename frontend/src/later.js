// Views that few people open: their code is fetched when one is shown, so that no other page carries it.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { say } from "./say.js";
import { useWide } from "./wide.js";

const privacy = () => import("./views/privacy.js");
const program = () => import("./views/program.js");
const calendar = () => import("./views/calendar.js");
const groups = () => import("./views/groups.js");
const drill = () => import("./views/drill.js");
const versions = () => import("./views/versions.js");
const patterns = () => import("./views/patterns.js");
const reason = () => import("./views/reason.js");

/** Name of a view → what fetches its code, and what it is called there. */
export const LATER = {
  "who-sees": [privacy, "WhoSees"],
  "access-log": [privacy, "AccessLog"],
  consents: [privacy, "Consents"],
  versions: [versions, "Versions"],
  patterns: [patterns, "Patterns"],
  policy: [reason, "Policy"],
  reason: [reason, "Reason"],
  people: [program, "People"],
  person: [program, "PersonPage"],
  "all-consents": [program, "AllConsents"],
  watch: [program, "Watch"],
  couple: [drill, "Couple"],
  calendar: [calendar, "Calendar"],
  groups: [groups, "Groups"],
  group: [groups, "GroupPage"],
  drill: [drill, "Drill"],
};

/** Where a page opened → what is opened most from there. */
const NEXT = { caseload: [() => import("./views/hour.js"), () => import("./views/path.js"), calendar], home: [calendar], people: [calendar] };

/** Fetches the code of what is likely to be opened next, while nothing else is to be done. */
export function prepareViews(name) {
  (globalThis.requestIdleCallback ?? setTimeout)(() => NEXT[name]?.forEach((fetchParts) => fetchParts().catch(() => {})));
}

/** A view whose code is on its way (`useWide` is handed on: a file of its own would be one more to ask for); once there, its heading takes the focus as any new view's does. */
export function Later({ name, moved, ...props }) {
  const parts = useParts(LATER[name][0]);
  const place = useRef();
  useLayoutEffect(() => {
    const title = place.current?.querySelector("h1");
    if (parts && moved.current && title && document.activeElement === document.body) title.focus();
  }, [parts]);
  const Part = parts?.[LATER[name][1]];
  return <div ref={place}>{Part ? <Part {...props} useWide={useWide} /> : <Coming />}</div>;
}

function Coming() {
  return (
    <div class="wait">
      <h1 class="hidden">{say("One moment – this page is being prepared.")}</h1>
      <span></span>
    </div>
  );
}

/** A module once it has come, null until then. */
export function useParts(fetchParts) {
  const [parts, setParts] = useState(null);
  useEffect(() => {
    let gone = false;
    fetchParts().then((module) => gone || setParts(module));
    return () => {
      gone = true;
    };
  }, []);
  return parts;
}
