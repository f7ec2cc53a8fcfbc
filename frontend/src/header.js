// The header bar: where one is, who is signed in, and help.

import { useEffect, useRef } from "preact/hooks";

import { Help } from "./help.js";
import { xsrf } from "./kernel.js";

export function Header({ view, router, base, served }) {
  return (
    <header class="bar">
      <div class="inside">
        <nav aria-label="Main">
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
        <Who person={view.person} base={base} served={served} />
        <Help lines={view.help} />
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

function Who({ person, base, served }) {
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
        <span class="hidden">Signed in as </span>
        <span class="name">{person.name}</span>
      </summary>
      <div class="menu">
        <p>
          Signed in as <strong>{person.name}</strong>
          <br />
          <span class="soft">{person.role}</span>
        </p>
        {served ? (
          <form method="post" action={`${base}sign-out`} onSubmit={addXsrf}>
            <button class="button">Not me – sign out</button>
          </form>
        ) : null}
      </div>
    </details>
  );
}

function addXsrf(event) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "_xsrf", value: xsrf() });
  event.currentTarget.append(field);
}
