// Help now: the same button on each page. It needs no network: the lines came with the page.

import { useRef } from "preact/hooks";

import { say } from "./say.js";

export function Help({ lines, plan, router }) {
  const dialog = useRef();
  const open = (event) => {
    event.preventDefault(); // the fragment is the view's key
    dialog.current.close();
    router.open(plan.key);
  };
  return (
    <>
      <button class="button help-now" type="button" aria-haspopup="dialog" onClick={() => dialog.current.showModal()}>
        {say("Help now")}
      </button>
      <dialog ref={dialog} aria-labelledby="help-title" onClick={(event) => event.target === dialog.current && dialog.current.close()}>
        <div class="inside">
          <h2 id="help-title">{say("Help now")}</h2>
          <HelpLines lines={lines.filter((line) => !line.program)} />
          {plan ? <Plan plan={plan} onOpen={open} /> : null}
          <HelpLines lines={lines.filter((line) => line.program)} />
          <p class="soft">{say("Nobody watches this page live. A call or a text reaches a person right away.")}</p>
          <form method="dialog" class="row">
            <button class="button">{say("Close")}</button>
          </form>
        </div>
      </dialog>
    </>
  );
}

/** The client's own safety plan. Its words came with the page, so it is there without a network. */
function Plan({ plan, onOpen }) {
  return (
    <section class="plan-steps" aria-labelledby="plan-title">
      <h3 id="plan-title">{say("My safety plan")}</h3>
      {plan.parts.map((part) => (
        <div key={part.title}>
          <strong>{part.title}</strong>
          <ul>
            {part.lines.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
      <p>
        <a class="button" href={`#${plan.key}`} onClick={onOpen}>
          {say("Open my safety plan")}
        </a>
      </p>
    </section>
  );
}

export function HelpLines({ lines }) {
  return lines.length === 0 ? null : (
    <ul class="help-lines">
      {lines.map((line) => (
        <li key={line.href + line.label}>
          <a href={safeAddress(line.href)}>
            <strong>{line.label}</strong>
            <span>{line.detail}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** An address to call, text, write or visit; anything else leads nowhere. */
function safeAddress(href) {
  return /^(tel:|sms:|mailto:|https:\/\/)/i.test(href) ? href : undefined;
}
