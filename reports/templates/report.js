"use strict";
(() => {
  const tools = document.querySelector(".tools");
  const open = document.querySelector("[data-open]");
  const filters = [...document.querySelectorAll("[data-filter]")];
  const closed = new Set(["PASS", "NOT_APPLICABLE"]);
  tools.hidden = false;
  for (const button of filters) {
    button.addEventListener("click", () => {
      for (const one of filters) one.setAttribute("aria-pressed", String(one === button));
      for (const line of document.querySelectorAll(".check")) {
        line.hidden = button.dataset.filter === "open" && closed.has(line.dataset.outcome);
      }
    });
  }
  const texts = [open.textContent, open.dataset.closeText];
  let all = false;
  open.addEventListener("click", () => {
    all = !all;
    for (const one of document.querySelectorAll(".check details")) one.open = all;
    open.textContent = texts[Number(all)];
  });
  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const line of document.querySelectorAll(".check")) line.hidden = false;
    for (const one of document.querySelectorAll("details[data-print]:not([open])")) {
      one.open = true;
      opened.push(one);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened.splice(0)) one.open = false;
  });
})();
