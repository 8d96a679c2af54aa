// The seven steps, one after another: later questions and texts appear when the answers so far need them.
// Without this script everything is there; what the server takes and judges is the same.
"use strict";

const tree = document.querySelector("[data-tree]");

function chosen(question) {
  return question.querySelector("input:checked");
}

function show(element, visible) {
  element.hidden = !visible;
}

function walk() {
  let open = true;
  let outcome = "";
  let refusal = "";
  for (const question of tree.querySelectorAll("[data-question]")) {
    const last = question.dataset.question === "sever";
    const visible = open && (!last || refusal !== "");
    show(question, visible);
    if (!visible) {
      continue;
    }
    const answer = chosen(question);
    if (!answer) {
      open = false;
    } else if (last) {
      outcome = answer.dataset.outcome || refusal;
    } else if (answer.dataset.outcome && leadsToSeverability(question, answer)) {
      refusal = answer.dataset.outcome;
    } else if (answer.dataset.outcome) {
      outcome = answer.dataset.outcome;
      open = false;
    }
  }
  let answering = outcome !== "";
  for (const group of document.querySelectorAll("[data-outcomes]")) {
    const wanted = group.dataset.outcomes.split(" ").filter(Boolean);
    const wrong = group.querySelector(".field-wrong");
    show(group, outcome !== "" && (wanted.length === 0 || wanted.includes(outcome)) || wrong !== null);
    answering ||= wrong !== null;
  }
  show(document.querySelector("[data-answering]"), answering);
}

// Whether something can be severed is asked only of refusals; giving and pointing to what is public end the walk.
function leadsToSeverability(question, answer) {
  return question.dataset.question === "give" && !["granted", "already_public"].includes(answer.dataset.outcome);
}

if (tree) {
  tree.closest("form").dataset.guided = "yes";
  tree.addEventListener("change", walk);
  walk();
}
