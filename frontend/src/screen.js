// A page that is safe to share says so at the top, and remembers it for when it is loaded anew.

import { useLayoutEffect } from "preact/hooks";

import { go } from "./header.js";
import { say } from "./say.js";

const COOKIE = "iopkit-screen"; // it opens nothing: it only keeps the first page from holding names and notes

export function Screen({ safe, router }) {
  useLayoutEffect(() => keep(safe !== null), [safe !== null]);
  if (!safe) return null;
  return (
    <div class="notice safe-screen row" role="status">
      <p>
        <strong>{safe.title}</strong>
        <br />
        {safe.text}
      </p>
      <a class="button" href={`#${safe.leave}`} onClick={(event) => go(event, router, safe.leave)}>
        {say("Stop sharing")}
      </a>
    </div>
  );
}

function keep(on) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  if (on) document.cookie = `${COOKIE}=safe; path=/; samesite=strict${secure}`;
  else if (document.cookie.includes(`${COOKIE}=`)) document.cookie = `${COOKIE}=; path=/; samesite=strict; max-age=0${secure}`;
}
