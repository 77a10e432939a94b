// Controls that hold others: objects, lists and maps.

import { element } from "./dom.js";
import { acceptDrops } from "./files.js";
import { framed, labelOf, makeField } from "./fields.js";

export function groupField(field, value, context) {
  const members = new Map(field.members.map(member => [member.name, makeField(member, value?.[member.name], context)]));
  const made = framed(field, element("div", { class: "members" }, [...members.values()].map(member => member.node)), { read, isGroup: true });
  // Members that the form does not have are kept.
  const others = Object.entries(value ?? {}).filter(([name]) => !members.has(name));

  function read() {
    const entries = [...[...members].map(([name, member]) => [name, member.read()]).filter(([, one]) => one !== undefined), ...others];
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }

  return {
    ...made,
    focus: () => members.values().next().value?.focus(),
    child: name => members.get(name) ?? null,
    children: () => [...members.values()],
  };
}

export function listField(field, value, context) {
  const items = [];
  const list = element("ol", { class: "items" });
  const what = labelOf(field).toLowerCase();
  const add = element("button", { type: "button", click: () => insert(undefined).focus() }, `Add to ${what}`);
  const made = framed(field, element("div", {}, list, add), {
    read: () => {
      const values = items.map(item => item.made.read()).filter(one => one !== undefined);
      return values.length === 0 ? undefined : values;
    },
    isGroup: true,
  });

  function insert(one) {
    const item = { made: makeField({ ...field.item, name: "" }, one, context) };
    const remove = element("button", {
      type: "button", class: "plain",
      click: () => {
        const at = items.indexOf(item);
        items.splice(at, 1);
        item.node.remove();
        renumber();
        (items[Math.min(at, items.length - 1)]?.made ?? { focus: () => add.focus() }).focus();
        context.changed();
      },
    });
    item.remove = remove;
    item.node = element("li", {}, item.made.node, remove);
    items.push(item);
    list.append(item.node);
    renumber();
    context.changed();
    return item.made;
  }

  function renumber() {
    number(items, what);
    add.disabled = field.max_length !== undefined && items.length >= field.max_length;
  }

  for (const one of Array.isArray(value) ? value : [])
    insert(one);
  if (field.item.kind === "file" && context.takesFiles)
    acceptDrops(made.node, files => files.forEach(file => add.disabled || insert(undefined).take(file)));
  // Paths count the items that are sent.
  return {
    ...made,
    focus: () => (items[0]?.made ?? { focus: () => add.focus() }).focus(),
    child: index => items.filter(item => item.made.read() !== undefined)[index]?.made ?? null,
    children: () => items.map(item => item.made),
  };
}

// Each control of an item has a name of its own.
function number(items, what) {
  items.forEach((item, index) => {
    item.remove.replaceChildren(`Remove ${index + 1}`, element("span", { class: "unseen" }, ` of ${what}`));
    item.key?.setAttribute("aria-label", `Name of item ${index + 1} of ${what}`);
    const label = item.made.node.querySelector(":scope > .label > label, :scope > legend");
    if (label !== null)
      label.firstChild.textContent = `Item ${index + 1}`;
  });
}

export function mapField(field, value, context) {
  const items = [];
  const list = element("ol", { class: "items" });
  const what = labelOf(field).toLowerCase();
  const add = element("button", { type: "button", click: () => insert("", undefined).key.focus() }, `Add to ${what}`);

  function insert(name, one) {
    const key = element("input", { type: "text", value: name, placeholder: "Name", autocomplete: "off" });
    const item = { key, made: makeField({ ...field.item, name: "" }, one, context) };
    const remove = element("button", {
      type: "button", class: "plain",
      click: () => {
        items.splice(items.indexOf(item), 1);
        item.node.remove();
        number(items, what);
        add.focus();
        context.changed();
      },
    });
    key.addEventListener("input", context.changed);
    item.remove = remove;
    item.node = element("li", {}, key, item.made.node, remove);
    items.push(item);
    list.append(item.node);
    number(items, what);
    return item;
  }

  for (const [name, one] of Object.entries(value ?? {}))
    insert(name, one);
  const made = framed(field, element("div", {}, list, add), {
    read: () => {
      const entries = items.filter(item => item.key.value !== "" && item.made.read() !== undefined).map(item => [item.key.value, item.made.read()]);
      return entries.length === 0 ? undefined : Object.fromEntries(entries);
    },
    isGroup: true,
  });
  const problem = () => {
    const names = items.filter(item => item.made.read() !== undefined).map(item => item.key.value);
    const twice = names.find((name, index) => name !== "" && names.indexOf(name) < index);
    return names.includes("") ? "has a value without a name" : twice === undefined ? null : `has the name ${twice} twice`;
  };
  return { ...made, problem, focus: () => add.focus(), child: name => items.find(item => item.key.value === name)?.made ?? null,
    children: () => items.map(item => item.made) };
}
