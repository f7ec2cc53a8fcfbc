// Says when the page has lost its kernel or its login, and what is safe.

import { say } from "./say.js";

/** True while nobody, or somebody else, is signed in: then nothing of this page may be read. */
export function isCovered(line) {
  return line.state === "signed-out" || line.state === "stranger";
}

export function Connection({ line, outbox, base, here }) {
  if (line.state === "signed-out") return <SignedOut outbox={outbox} base={base} here={here} />;
  if (line.state === "stranger") return <Stranger outbox={outbox} />;
  const unsent = outbox.unsent();
  if (line.state === "cut" && unsent.length) {
    const kept = unsent.every((draft) => draft.onDevice);
    return (
      <div class="notice care" role="status">
        <p>
          {kept
            ? say(
                "No connection. What you wrote is kept in this browser, locked so that only your own sign-in opens it. It is sent as soon as the connection is back, or when you sign in here again.",
              )
            : say("No connection. What you wrote is kept on this page and is sent as soon as the connection is back.")}
        </p>
      </div>
    );
  }
  return null;
}

function Stranger({ outbox }) {
  return (
    <div class="notice care" role="alert">
      <p>
        {outbox.empty
          ? say("Somebody else has signed in with this browser.")
          : say(
              "Somebody else has signed in with this browser. What was written here before is hidden, not saved. Sign in again as the one who wrote it, and it is saved by itself.",
            )}
      </p>
      <button class="button" type="button" onClick={() => location.reload()}>
        {say("Open the page of who is signed in now")}
      </button>
    </div>
  );
}

function SignedOut({ outbox, base, here }) {
  const next = `${base}sign-in#${here}`;
  return (
    <div class="notice care" role="alert">
      <p>
        {outbox.empty
          ? say("Signed out. Sign in again to go on.")
          : say(
              "Signed out – your last words are still on this page. Sign in again in another tab, then come back here: they are saved by themselves.",
            )}
      </p>
      <a class="button" href={next} target={outbox.empty ? undefined : "_blank"} rel="noopener">
        {say("Sign in again")}
      </a>
    </div>
  );
}
