// A form is sent once: a second press within its answer's time is dropped. Without this script the server still keeps one case.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button[type=submit], input[type=submit]")) {
    button.setAttribute("aria-disabled", "true");
  }
  // A refused download or a stopped page must leave the form usable.
  window.setTimeout(() => release(form), 8000);
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    release(form);
  }
  const summary = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus();
  }
});

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled=true]")) {
    button.removeAttribute("aria-disabled");
  }
}
