// Asks before money is spent. Nothing is chosen beforehand but to go back.

import { element } from "./dom.js";
import { time } from "./format.js";

const dialog = document.getElementById("dialog");

// The signal is of what asks: where that goes, nothing is paid.
export function confirmCost({ model, cost, source, warning, earlier, verb = "Pay and run" }, signal) {
  return new Promise(resolve => {
    const back = element("button", { type: "button", click: () => dialog.close("") }, "Go back");
    const pay = element("button", { type: "button", class: "pay", click: () => dialog.close("pay") }, verb);
    dialog.replaceChildren(
      element("h2", { id: "dialog-title" }, "This costs money"),
      element("p", {}, `The job is sent to ${model} with your key, and your account there is charged.`),
      element("p", { class: "price" }, `Price: ${cost}`),
      source === undefined ? "" : element("p", { class: "quiet" }, source),
      earlier === undefined ? "" : element("p", { class: "warning" }, "The same input was run at ", time(earlier), "."),
      warning === undefined ? "" : element("p", { class: "warning" }, warning),
      element("div", { class: "buttons" }, back, pay));
    dialog.returnValue = "";
    const leave = () => dialog.close("");
    dialog.addEventListener("close", () => {
      signal.removeEventListener("abort", leave);
      resolve(dialog.returnValue === "pay");
    }, { once: true });
    signal.addEventListener("abort", leave, { once: true });
    dialog.showModal();
    back.focus();
  });
}
