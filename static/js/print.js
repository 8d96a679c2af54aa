// The print button exists only where scripts run; everybody else prints with the browser's own menu.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
