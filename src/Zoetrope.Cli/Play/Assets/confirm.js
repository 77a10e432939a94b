// Asks before money is spent. Nothing is chosen beforehand but to go back.

import { element } from "./dom.js";

const dialog = document.getElementById("dialog");

export function confirmCost({ model, cost, source, warning, verb = "Pay and run" }) {
  return new Promise(resolve => {
    const back = element("button", { type: "button", click: () => dialog.close("") }, "Go back");
    const pay = element("button", { type: "button", class: "pay", click: () => dialog.close("pay") }, verb);
    dialog.replaceChildren(
      element("h2", { id: "dialog-title" }, "This costs money"),
      element("p", {}, `The job is sent to ${model} with your key, and your account there is charged.`),
      element("p", { class: "price" }, `Price: ${cost}`),
      source === undefined ? "" : element("p", { class: "quiet" }, source),
      warning === undefined ? "" : element("p", { class: "warning" }, warning),
      element("div", { class: "buttons" }, back, pay));
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "pay"), { once: true });
    dialog.showModal();
    back.focus();
  });
}
