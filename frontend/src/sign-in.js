// The sign-in page: keeps the place one came from (the fragment), and sends the form once.

const form = document.querySelector("form[data-sign-in]");
if (form) {
  if (location.hash) form.action += location.hash;
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    setTimeout(() => (button.disabled = true)); // after the browser has taken the form's values
  });
  addEventListener("pageshow", () => (form.querySelector("button").disabled = false));
}
