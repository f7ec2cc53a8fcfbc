// The empty paper twin of a worksheet: it comes as bytes over the page's own line and is saved as a file.

import { useState } from "preact/hooks";

import { newId } from "../kernel.js";
import { say } from "../say.js";

export function usePaper(router, key) {
  const [told, setTold] = useState("");
  const print = async () => {
    setTold(say("Making the PDF…"));
    const reply = await router.act({ kind: "print", id: newId(), key });
    if (reply.kind !== "printed") return setTold(reply.text);
    saveFile(reply.file, reply.pdf);
    setTold(say("The PDF is among your downloads."));
  };
  return { told, print };
}

/** Saves bytes that came over the page's own line as a file. */
export function saveFile(name, base64, type = "application/pdf") {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
