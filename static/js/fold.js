// On a narrow screen the side nav starts folded; without this script it starts open, above the page.
"use strict";

const narrow = window.matchMedia("(max-width: 60rem)");

function fold() {
  for (const one of document.querySelectorAll("details.side-fold")) {
    one.open = !narrow.matches;
  }
}

if (narrow.matches) {
  fold();
}
narrow.addEventListener("change", fold);
