// A fault of our own scripts is shown, never swallowed: what happened, what is safe, what to do.

import { Component } from "preact";

import { say } from "./say.js";

const seen = new Set();

/** Shows a fault of what is drawn inside it in `place`, and draws nothing in its stead. */
export class Guard extends Component {
  componentDidCatch(error) {
    report(error, this.props.place);
    this.setState({ failed: true });
  }

  render({ children }, { failed }) {
    return failed ? null : children;
  }
}

/** Shows each JavaScript error of the page as a notice in `place`. */
export function showErrors(place = () => document.body) {
  addEventListener("error", (event) => {
    if (event.message?.startsWith("ResizeObserver loop")) return; // the browser's note that it goes on in the next frame
    report(event.error, place());
  });
  addEventListener("unhandledrejection", (event) => report(event.reason, place()));
}

/** Shows one error. Its message may hold what somebody wrote, so only its kind is shown; the rest is in the console. */
export function report(error, element) {
  const kind = error?.name ?? "Error";
  if (seen.has(kind)) return;
  seen.add(kind);
  console.error(error);
  const notice = document.createElement("div");
  notice.className = "notice wrong fault";
  notice.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = say("Something on this page went wrong ({kind}). What is marked as saved is safe. Please load the page again.", {
    kind,
  });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button", textContent: say("Load again") });
  button.addEventListener("click", () => location.reload());
  notice.append(text, button);
  element.prepend(notice);
}
