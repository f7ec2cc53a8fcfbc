// A worksheet to try out: the real form with its safety rules. What is typed in it goes nowhere.

import { useEffect, useRef, useState } from "preact/hooks";

import { HelpPanel } from "./flags.js";
import { formStyle } from "./style.js";

export function TryOut({ survey, begin = {}, flags = {}, messages, lines }) {
  const place = useRef();
  const [held, setHeld] = useState([]);
  useEffect(() => {
    let form = null;
    let gone = false;
    Promise.all([import("./work.js"), formStyle()]).then(([{ Form, flagsThatHold }]) => {
      if (gone) return;
      const onChange = (answers) => setHeld(flagsThatHold(flags, answers).map((id) => ({ id, fresh: true })));
      form = new Form(place.current, { survey, answers: begin, whole: true, onChange });
    });
    return () => {
      gone = true;
      form?.dispose();
    };
  }, []);
  return (
    <>
      {messages ? <HelpPanel flags={held} messages={messages} lines={lines} /> : null}
      <div class="form" ref={place}></div>
    </>
  );
}
