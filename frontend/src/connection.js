// Says when the page has lost its kernel or its login, and what is safe.

export function Connection({ line, outbox, base, here }) {
  if (line.state === "signed-out") return <SignedOut outbox={outbox} base={base} here={here} />;
  const waiting = outbox.unsent().length;
  if (line.state === "cut" && waiting) {
    return (
      <div class="notice care" role="status">
        <p>No connection. What you wrote is kept on this page and is sent as soon as the connection is back.</p>
      </div>
    );
  }
  return null;
}

function SignedOut({ outbox, base, here }) {
  const next = `${base}sign-in#${here}`;
  return (
    <div class="notice care" role="alert">
      <p>
        {outbox.empty
          ? "Signed out. Sign in again to go on."
          : "Signed out – your last words are still on this page. Sign in again in another tab, then come back here: they are saved by themselves."}
      </p>
      <a class="button" href={next} target={outbox.empty ? undefined : "_blank"} rel="noopener">
        Sign in again
      </a>
    </div>
  );
}
