// A file to keep: it comes as bytes over the page's own line and is saved among the downloads.

import { useState } from "preact/hooks";

import { newId } from "../kernel.js";
import { say } from "../say.js";

/** Asks for a file with an action, saves it, and says how it went. */
export function FileButton({ router, action, label, done }) {
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    setTold(say("Making the file…"));
    const reply = await router.act({ ...action, id: newId() });
    setBusy(false);
    if (reply.kind !== "file") return setTold(reply.text);
    saveFile(reply);
    setTold(done);
  };
  return (
    <div class="row">
      <button class="button" type="button" disabled={busy} onClick={take}>
        {label}
      </button>
      <span role="status">{told}</span>
    </div>
  );
}

function saveFile({ file, media, data }) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: media }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
