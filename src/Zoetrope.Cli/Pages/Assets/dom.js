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
  const after = new Map(items.map(item => [keyOf(item), before.get(keyOf(item)) ?? make(item)]));
  // First those that go: the others then are where they belong, and a node that is inserted again would lose its focus.
  for (const [key, { node }] of before) {
    if (!after.has(key))
      node.remove();
  }
  let position = 0;
  for (const item of items) {
    const entry = after.get(keyOf(item));
    entry.update?.(item);
    const there = parent.children[position];
    if (there !== entry.node)
      parent.insertBefore(entry.node, there ?? null);
    position++;
  }
  kept.set(parent, after);
}
