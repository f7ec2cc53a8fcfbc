// The pages of signing in: they keep the place one came from (the fragment), and send each form once.

for (const form of document.querySelectorAll("form[data-sign-in]")) {
  if (location.hash) form.action += location.hash;
  const button = form.querySelector("button");
  form.addEventListener("submit", () => setTimeout(() => (button.disabled = true))); // once its values are taken
  addEventListener("pageshow", () => (button.disabled = false));
}

// An invitation stands in the fragment, where no log and no server sees it: into the form, and out of the address.
const invitation = document.querySelector("form[data-invitation]");
if (invitation && location.hash.length > 1) {
  invitation.elements.token.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  invitation.requestSubmit();
}

// A page of somebody who is signed in locks when nobody touches it, and says so first, like the apps do.
const lock = document.querySelector("form[data-idle]");
if (lock) {
  const seconds = Number(lock.dataset.idle);
  const warning = Math.min(30, Math.round(seconds / 3));
  const dialog = document.getElementById("idle");
  const tabs = new BroadcastChannel("iopkit-idle");
  let last = Date.now();
  const heard = () => {
    last = Date.now();
    dialog.close();
  };
  tabs.onmessage = heard;
  for (const name of ["pointerdown", "click", "keydown", "wheel", "touchmove"]) {
    const sign = () => {
      if (Date.now() - last > 1000) tabs.postMessage("here");
      heard();
    };
    addEventListener(name, sign, { passive: true, capture: true });
  }
  setInterval(() => {
    const left = Math.ceil(seconds - (Date.now() - last) / 1000);
    document.getElementById("idle-left").textContent = Math.max(left, 0);
    if (left <= 0) lock.submit();
    else if (left <= warning && !dialog.open) dialog.showModal();
  }, 500);
}
