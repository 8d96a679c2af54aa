// Areas to be covered: drawn with mouse, pen or finger on the picture of a page, or typed in per cent beside it.
// The numbers in the rows are what is sent; the drawing only fills them in. Without this script the rows alone do.
"use strict";

const stage = document.querySelector("[data-stage]");
const rows = document.querySelector("[data-rows]");

function setUp() {
  const layer = stage.querySelector("svg");
  const fine = layer.viewBox.baseVal.width;
  const touch = document.querySelector("[data-touch]");
  const area = document.querySelector('input[name="scope"][value="area"]');
  let drawn = null;

  const inputs = (row) => [...row.querySelectorAll("input")];
  const numbers = (row) => inputs(row).map((input) => Number.parseFloat(input.value));
  const empty = (row) => inputs(row).every((input) => input.value === "");

  function rectangle(left, top, width, height, name) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const sides = { x: left, y: top, width, height };
    for (const [side, value] of Object.entries(sides)) {
      rect.setAttribute(side, String(Math.round(value * fine)));
    }
    rect.setAttribute("class", name);
    layer.append(rect);
    return rect;
  }

  function show() {
    layer.querySelectorAll(".box-new").forEach((rect) => rect.remove());
    for (const row of rows.querySelectorAll("[data-row]")) {
      const sides = numbers(row);
      if (sides.every((value) => value >= 0)) {
        rectangle(...sides.map((value) => value / 100), "box-new");
      }
      row.querySelector("[data-clear]").hidden = empty(row);
    }
  }

  function freeRow() {
    const all = [...rows.querySelectorAll("[data-row]")];
    const free = all.find(empty);
    if (free) {
      return free;
    }
    const row = all[0].cloneNode(true);
    const number = all.length + 1;
    row.querySelector("[data-number]").textContent = String(number);
    for (const input of inputs(row)) {
      const id = `box-${number}-${input.dataset.side}`;
      row.querySelector(`label[for="${input.id}"]`).htmlFor = id;
      input.id = id;
      input.value = "";
    }
    rows.append(row);
    return row;
  }

  function add(left, top, width, height) {
    const row = freeRow();
    [left, top, width, height].forEach((value, place) => {
      inputs(row)[place].value = String(Math.round(value * 10000) / 100);
    });
    if (area) {
      area.checked = true;
    }
    show();
  }

  function place(event) {
    const frame = layer.getBoundingClientRect();
    const within = (value) => Math.min(1, Math.max(0, value));
    return [within((event.clientX - frame.left) / frame.width), within((event.clientY - frame.top) / frame.height)];
  }

  function between([a, b], [c, d]) {
    return [Math.min(a, c), Math.min(b, d), Math.abs(a - c), Math.abs(b - d)];
  }

  layer.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && touch.getAttribute("aria-pressed") !== "true")) {
      return;
    }
    event.preventDefault();
    layer.setPointerCapture(event.pointerId);
    drawn = { start: place(event), rect: null };
  });

  layer.addEventListener("pointermove", (event) => {
    if (drawn) {
      drawn.rect?.remove();
      drawn.rect = rectangle(...between(drawn.start, place(event)), "box-drawn");
    }
  });

  layer.addEventListener("pointerup", (event) => {
    if (!drawn) {
      return;
    }
    const found = between(drawn.start, place(event));
    drawn.rect?.remove();
    drawn = null;
    if (found[2] > 0.003 && found[3] > 0.003) {
      add(...found);
    }
  });

  layer.addEventListener("pointercancel", () => {
    drawn?.rect?.remove();
    drawn = null;
  });

  rows.addEventListener("input", show);
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear]");
    if (button) {
      const row = button.closest("[data-row]");
      inputs(row).forEach((input) => {
        input.value = "";
      });
      show();
      inputs(row)[0].focus();
    }
  });

  touch.addEventListener("click", () => {
    const on = touch.getAttribute("aria-pressed") !== "true";
    touch.setAttribute("aria-pressed", String(on));
    stage.classList.toggle("stage-drawing", on);
  });

  touch.hidden = !window.matchMedia("(any-pointer: coarse)").matches;
  stage.classList.add("stage-ready");
  show();
}

if (stage && rows) {
  setUp();
}
