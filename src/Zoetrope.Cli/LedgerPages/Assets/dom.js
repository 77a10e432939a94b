// Elements are made of nodes and texts only: nothing that a ledger has is ever read as HTML.

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false)
      continue;
    if (typeof value === "function")
      node.addEventListener(key, value);
    else
      node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

// A text that has not changed is not touched, so that a selection in it stays.
export function setText(node, text) {
  if (node.textContent !== text)
    node.textContent = text;
}

const kept = new WeakMap();

// Shows items as the children of a node. Those that were there stay the same nodes, with their focus and their playing video.
export function reconcile(parent, items, keyOf, make) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  let position = 0;
  for (const item of items) {
    const entry = before.get(keyOf(item)) ?? make(item);
    entry.update?.(item);
    after.set(keyOf(item), entry);
    const there = parent.children[position];
    if (there !== entry.node)
      parent.insertBefore(entry.node, there ?? null);
    position++;
  }
  while (parent.children.length > position)
    parent.lastElementChild.remove();
  kept.set(parent, after);
}
