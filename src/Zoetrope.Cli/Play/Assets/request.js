// The request as C#, JSON and curl; the JSON can be edited.

import { element, setText } from "./dom.js";
import { parse } from "./json.js";

const languages = [["csharp", "C#"], ["json", "JSON"], ["curl", "curl"]];

export function requestPanel({ read, write }) {
  const code = element("code", {});
  const shown = element("pre", { tabindex: "0", role: "region", "aria-label": "The request" }, code);
  const editor = element("textarea", { class: "code", rows: "12", spellcheck: "false", "aria-label": "The request as JSON" });
  const note = element("p", { class: "error", role: "status" });
  const copied = element("span", { class: "quiet", role: "status" });
  let chosen = "csharp";
  let texts = {};
  const tabs = languages.map(([name, label]) => element("button", { type: "button", class: "tab", click: () => choose(name) }, label));
  const copy = element("button", { type: "button", class: "plain", click: async () => {
    await navigator.clipboard.writeText(shown.textContent);
    setText(copied, "Copied");
    setTimeout(() => setText(copied, ""), 2000);
  } }, "Copy");
  const edit = element("button", { type: "button", class: "plain", click: open }, "Edit JSON");
  const apply = element("button", { type: "button", click: close }, "Use this JSON");
  const leave = element("button", { type: "button", class: "plain", click: () => showEditor(false) }, "Leave it");
  const editing = element("div", { class: "editing", hidden: true }, editor, note, element("div", { class: "buttons" }, apply, leave));
  const reading = element("div", {}, shown, element("div", { class: "buttons" }, copy, edit, copied));

  function choose(name) {
    chosen = name;
    tabs.forEach((tab, index) => tab.setAttribute("aria-pressed", String(languages[index][0] === name)));
    setText(code, texts[name] ?? (texts.json === undefined ? "" : "A value has another type than the model's: see the form."));
  }

  function open() {
    editor.value = JSON.stringify(read(), null, 2);
    setText(note, "");
    showEditor(true);
    editor.focus();
  }

  function showEditor(isShown) {
    editing.hidden = !isShown;
    reading.hidden = isShown;
    if (!isShown)
      edit.focus();
  }

  function close() {
    let value;
    try {
      value = parse(editor.value);
    } catch (error) {
      setText(note, `This is not JSON: ${error.message}`);
      return;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      setText(note, "A request is a JSON object.");
      return;
    }
    write(value);
    showEditor(false);
  }

  choose(chosen);
  const node = element("section", { class: "card request" },
    element("h2", {}, "Request"), element("div", { class: "tabs", role: "group", "aria-label": "Language" }, tabs), reading, editing);
  return {
    node,
    show: latest => {
      texts = latest;
      choose(chosen);
    },
  };
}
