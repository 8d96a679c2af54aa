// Says at once that a chosen file is too large, before it is sent and everything else on the page with it.
// Without this script the server says so.
"use strict";

const MEGABYTE = 1024 * 1024;

function tooLarge(field) {
  return [...field.files].filter((file) => file.size > Number(field.dataset.most));
}

function tell(field) {
  const found = tooLarge(field);
  field.parentElement.querySelector(".too-large")?.remove();
  field.setAttribute("aria-invalid", found.length > 0);
  if (!found.length) return;
  const told = document.createElement("p");
  told.className = "fault too-large";
  told.setAttribute("role", "alert");
  const names = found.map((file) => `“${file.name}”`).join("、");
  told.textContent = `文件${names}超过${Math.floor(Number(field.dataset.most) / MEGABYTE)}MB。请压缩图片、降低扫描精度或拆成几个文件后重新选择。`;
  field.before(told);
}

for (const field of document.querySelectorAll("input[type=file][data-most]")) {
  field.addEventListener("change", () => tell(field));
  field.form.addEventListener("submit", (event) => {
    if (!tooLarge(field).length) return;
    event.preventDefault();
    event.stopPropagation(); // once.js must not take the form for sent
    field.focus();
  });
}
