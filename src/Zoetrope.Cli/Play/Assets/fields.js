// The controls of a form. Each has a node, the value that is sent (undefined for none), and shows what is wrong with it.

import { element, setText } from "./dom.js";
import { json, number } from "./format.js";
import { fileField } from "./files.js";
import { isSame, parse } from "./json.js";
import { groupField, listField, mapField } from "./groups.js";

let ids = 0;

export const newId = () => `field-${++ids}`;

// Makes the control of a field. The context has what all share: changed() is called after each change, takesFiles says whether files can be uploaded.
// A value that the control does not make again, such as a text where a number belongs, is sent as it is until a person changes something in the control.
export function makeField(field, value, context) {
  const made = makeControl(field, value, context);
  if (value === undefined || made.problem?.() == null && isSame(made.read(), value))
    return made;
  let kept = value;
  const note = element("p", { class: "kept" }, "Sent as it is: ", element("code", {}, json(value)));
  let isMade = false;
  const control = makeControl(field, undefined, { ...context, changed: () => {
    if (isMade) {
      kept = undefined;
      note.remove();
    }
    context.changed();
  } });
  isMade = true;
  control.node.append(note);
  return {
    ...control,
    read: () => kept === undefined ? control.read() : kept,
    problem: () => kept === undefined ? control.problem?.() : null,
    child: name => kept === undefined ? control.child(name) : null,
  };
}

function makeControl(field, value, context) {
  switch (field.kind) {
    case "object": return groupField(field, value, context);
    case "list": return listField(field, value, context);
    case "map": return mapField(field, value, context);
    case "file": return fileField(field, value, context);
    case "file_object": return wrapped(fileField(field, value?.url, context));
    case "boolean": return booleanField(field, value, context);
    case "choice": return choiceField(field, value, context);
    case "integer":
    case "number": return field.values === undefined ? numberField(field, value, context) : valuesField(field, value, context);
    case "json": return jsonField(field, value, context);
    default: return textField(field, value, context);
  }
}

export const labelOf = field => {
  const words = field.name.replaceAll(/[_-]+/g, " ").replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().trim();
  return words === "" ? "Item" : words[0].toUpperCase() + words.slice(1);
};

// A control with its label, what it is for, and what is wrong with it.
export function framed(field, control, { read, input = control, isGroup = false }) {
  const id = input.id || (input.id = newId());
  const required = field.required ? element("span", { class: "required" }, "required") : null;
  const name = field.name === "" ? null : element("code", { class: "name" }, field.name);
  const label = isGroup ? element("legend", {}, labelOf(field), " ", required, " ", name)
    : element("div", { class: "label" }, element("label", { for: id }, labelOf(field)), " ", required, " ", name);
  const about = element("p", { class: "about", id: `${id}-about` }, describe(field));
  const error = element("p", { class: "error", id: `${id}-error`, hidden: true });
  const node = isGroup
    ? element("fieldset", { class: "field group" }, label, about, control, error)
    : element("div", { class: `field ${field.kind}` }, label, control, about, error);
  about.hidden = about.textContent === "";
  (isGroup ? node : input).setAttribute("aria-describedby", `${about.id} ${error.id}`);
  if (!isGroup && field.required)
    input.setAttribute("aria-required", "true");
  return {
    node, read,
    focus: () => input.focus(),
    child: () => null,
    label: labelOf(field),
    show(messages, isProblem) {
      setText(error, messages.join(". "));
      error.hidden = messages.length === 0;
      error.classList.toggle("warning", !isProblem);
      if (isGroup)
        return;
      if (messages.length > 0 && isProblem)
        input.setAttribute("aria-invalid", "true");
      else
        input.removeAttribute("aria-invalid");
    },
  };
}

function describe(field) {
  const parts = [field.deprecation, field.description, field.limits?.filter(limit => !limit.startsWith("matches ")).join(", ")];
  if (field.default !== undefined && field.kind !== "choice" && field.kind !== "boolean")
    parts.push(`Default: ${typeof field.default === "string" ? field.default : JSON.stringify(field.default)}`);
  return parts.filter(part => part != null && part !== "").map(sentence).join(" ");
}

const sentence = text => /[.!?…]$/.test(text.trim()) ? upper(text.trim()) : `${upper(text.trim())}.`;
const upper = text => text[0].toUpperCase() + text.slice(1);

function textField(field, value, { changed }) {
  const isLong = field.kind === "long_text";
  const input = isLong ? element("textarea", { rows: "4" }) : element("input", { type: "text", autocomplete: "off" });
  input.value = value ?? "";
  const limit = field.max_length;
  const count = limit === undefined ? null : element("p", { class: "length" });
  const showCount = () => count && setText(count, `${number([...input.value].length)} of ${number(limit)} characters`);
  input.addEventListener("input", () => {
    showCount();
    changed();
  });
  showCount();
  return framed(field, count === null ? input : element("div", {}, input, count), { input, read: () => input.value === "" ? undefined : input.value });
}

// Digits are sent as they are typed: a seed may have more of them than a number of this language.
const digits = text => typeof JSON.rawJSON === "function" ? JSON.rawJSON(text) : Number(text);

// A number as JSON has it; undefined for what is no number. JSON has no zeros in front, and a digit before the point.
function numberOf(text) {
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*))?(e[+-]?\d+)?$/i.exec(text.trim());
  if (parts === null || !/^[+-]?\.?\d/.test(text.trim()))
    return undefined;
  const [, sign, whole, fraction, exponent = ""] = parts;
  return digits(`${sign === "-" ? "-" : ""}${whole || "0"}${fraction ? `.${fraction}` : ""}${exponent}`);
}

function numberField(field, value, { changed }) {
  const isWhole = field.kind === "integer";
  const input = element("input", {
    type: "number", inputmode: isWhole ? "numeric" : "decimal", min: field.minimum, max: field.maximum,
    step: field.step ?? (isWhole ? "1" : "any"), placeholder: field.default === undefined ? null : textOf(field.default),
  });
  input.value = value === undefined || value === null ? "" : textOf(value);
  input.addEventListener("input", changed);
  const read = () => numberOf(input.value);
  // A browser shows what is not a number, and gives no value of it.
  const problem = () => input.validity.badInput || (input.value !== "" && read() === undefined) ? "is not a number" : null;
  return { ...framed(field, input, { read }), problem };
}

const textOf = value => String(value?.rawJSON ?? value);

function booleanField(field, value, { changed }) {
  const input = element("input", { type: "checkbox" });
  let isTouched = false;
  input.checked = value === undefined ? field.default === true : value === true;
  input.addEventListener("change", () => {
    isTouched = true;
    changed();
  });
  // What was given is sent, even where it is the default.
  return framed(field, input, { read: () => isTouched ? input.checked === field.default ? undefined : input.checked
    : value === undefined ? undefined : input.checked });
}

function valuesField(field, value, context) {
  const made = choiceField({ ...field, default: field.default === undefined ? undefined : textOf(field.default) },
    value === undefined ? undefined : textOf(value), context);
  const read = () => made.read() === undefined ? undefined : numberOf(made.read());
  return { ...made, read, problem: () => made.read() !== undefined && read() === undefined ? "is not a number" : null };
}

function choiceField(field, value, { changed }) {
  const values = field.values ?? [];
  const none = field.default !== undefined ? `Default: ${field.default ?? "none"}` : field.required ? "Choose…" : "Not set";
  const other = field.open ? element("option", { value: "other:" }, "Another value…") : null;
  const select = element("select", {},
    element("option", { value: "" }, none), values.map((one, index) => element("option", { value: `${index}` }, one)), other);
  const text = element("input", { type: "text", hidden: true, "aria-label": `${labelOf(field)}: another value`, autocomplete: "off" });
  const at = values.indexOf(value);
  if (typeof value === "string") {
    select.value = at >= 0 ? `${at}` : other === null ? "" : "other:";
    text.value = at >= 0 ? "" : value;
  }
  const showOther = () => text.hidden = select.value !== "other:";
  showOther();
  select.addEventListener("change", () => {
    showOther();
    changed();
  });
  text.addEventListener("input", changed);
  const read = () => select.value === "" ? undefined : select.value === "other:" ? text.value || undefined : values[Number(select.value)];
  return framed(field, element("div", { class: "choice" }, select, text), { input: select, read });
}

function jsonField(field, value, { changed }) {
  const input = element("textarea", { rows: "3", class: "code", spellcheck: "false" });
  input.value = value === undefined ? "" : JSON.stringify(value, null, 2);
  const read = () => {
    const text = input.value.trim();
    if (text === "")
      return undefined;
    try {
      return parse(text);
    } catch {
      // A text without quotation marks is what a person means by it.
      return /^[[{"]/.test(text) ? undefined : text;
    }
  };
  input.addEventListener("input", changed);
  const made = framed({ ...field, limits: [...field.limits ?? [], "JSON"] }, input, { read });
  return { ...made, problem: () => input.value.trim() !== "" && read() === undefined ? "is not valid JSON" : null };
}

const wrapped = made => ({ ...made, read: () => made.read() === undefined ? undefined : { url: made.read() } });
