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
