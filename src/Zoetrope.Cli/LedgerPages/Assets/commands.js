// Command lines to copy.

import { element, setText } from "./dom.js";

export function commands(lines) {
  return element("ul", { class: "commands" }, lines.map(({ purpose, line }) => element("li", {}, element("p", {}, purpose), command(line))));
}

function command(line) {
  const code = element("code", { tabindex: "0" }, line);
  const button = element("button", { type: "button", click: copy }, "Copy", element("span", { class: "unseen" }, ` ${line}`));
  const outcome = element("span", { role: "status" });
  return element("div", { class: "command" }, code, button, outcome);

  async function copy() {
    try {
      await navigator.clipboard.writeText(line);
      setText(outcome, "Copied");
    } catch {
      // The browser does not allow it: it is selected, to be copied by hand.
      getSelection().selectAllChildren(code);
      setText(outcome, "Selected: copy it with the keyboard");
    }
  }
}
