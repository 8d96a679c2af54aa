// On a narrow screen the side nav starts folded; without this script it starts open, above the page.
"use strict";

if (window.matchMedia("(max-width: 60rem)").matches) {
  for (const fold of document.querySelectorAll("details.side-fold")) {
    fold.open = false;
  }
}
