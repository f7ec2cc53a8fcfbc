// The header bar: where one is, who is signed in, and help.

import { useEffect, useRef } from "preact/hooks";

import { Help } from "./help.js";
import { xsrf } from "./kernel.js";
import { say } from "./say.js";

export function Header({ view, router, base, served }) {
  const bar = useRef();
  const nav = useRef();
  useEffect(() => {
    const measure = () => bar.current.style.setProperty("--iop-nav", `${nav.current.offsetHeight}px`);
    const watch = new ResizeObserver(measure);
    watch.observe(nav.current);
    return () => watch.disconnect();
  }, []);
  return (
    <header class="bar" ref={bar}>
      <div class="inside">
        <nav aria-label={say("Main")} ref={nav}>
          {view.nav.map((item) => (
            <a
              key={item.key}
              href={`#${item.key}`}
              aria-current={item.current ? "page" : undefined}
              onClick={(event) => go(event, router, item.key)}
            >
              {item.label}
            </a>
          ))}
        </nav>
        <span class="spring"></span>
        <Who view={view} router={router} base={base} served={served} />
        <Help lines={view.help} plan={view.plan} router={router} />
      </div>
    </header>
  );
}

/** Follows a link to a view; also to the one that is open, which asks for it anew. */
export function go(event, router, key) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  router.open(key);
}

function Who({ view, router, base, served }) {
  const { person } = view;
  const menu = useRef();
  useEffect(() => {
    const close = (event) => {
      if (event.key === "Escape" || (event.type === "pointerdown" && !menu.current.contains(event.target))) {
        if (event.key === "Escape" && menu.current.open) menu.current.querySelector("summary").focus();
        menu.current.open = false;
      }
    };
    addEventListener("keydown", close);
    addEventListener("pointerdown", close);
    return () => {
      removeEventListener("keydown", close);
      removeEventListener("pointerdown", close);
    };
  }, []);
  return (
    <details class="who" ref={menu}>
      <summary>
        <span class="hidden">{`${say("Signed in as")} `}</span>
        <span class="name">{person.name}</span>
      </summary>
      <div class="menu">
        <p>
          {say("Signed in as")} <strong>{person.name}</strong>
          <br />
          <span class="soft">{person.role}</span>
        </p>
        <Languages view={view} router={router} />
        {served && !view.hand_over?.joint ? (
          <p>
            <a href={`${base}your-sign-in`}>{say("Your sign-in")}</a>
            {view.own_calendar ? <a href={`${base}your-calendar`}>{say("Your calendar and reminders")}</a> : null}
          </p>
        ) : null}
        {served ? (
          <form method="post" action={`${base}sign-out`} onSubmit={(event) => signOut(event, router.outbox)}>
            <button class="button">{say("Not me – sign out")}</button>
          </form>
        ) : null}
      </div>
    </details>
  );
}

/** The languages to choose from, each by its own name; the page comes again in the one that is chosen. */
function Languages({ view, router }) {
  const choose = (language) => router.speak(language).then((stored) => stored && location.reload());
  return (
    <div class="row languages" role="group" aria-label={say("Language")}>
      {Object.entries(view.languages ?? {}).map(([language, name]) => (
        <button
          key={language}
          type="button"
          class="button"
          lang={language}
          aria-pressed={language === view.language}
          onClick={() => language !== view.language && choose(language)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** Sends what is unsent first; what cannot be sent stays in this browser, sealed. */
async function signOut(event, outbox) {
  addXsrf(event);
  if (outbox.empty) return;
  event.preventDefault();
  const form = event.currentTarget;
  await outbox.flush();
  form.submit();
}

function addXsrf(event) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "_xsrf", value: xsrf() });
  event.currentTarget.append(field);
}
