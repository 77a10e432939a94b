// The links between the pages of a list.

import { element } from "./dom.js";

export function makePages() {
  const node = element("nav", { class: "pages", "aria-label": "Pages" });
  let shown = null;
  return { node, update };

  // Links that have not changed stay the same: one may have the focus.
  function update(view, query, next, text = "Next page") {
    const links = [];
    if (query.has("after")) {
      const first = new URLSearchParams(query);
      first.delete("after");
      links.push({ text: "First page", href: `#/${view}?${first}` });
    }
    if (next !== undefined) {
      const following = new URLSearchParams(query);
      following.set("after", next);
      links.push({ text, href: `#/${view}?${following}`, rel: "next" });
    }
    const latest = JSON.stringify(links);
    if (latest !== shown)
      node.replaceChildren(...links.map(({ text: name, ...attributes }) => element("a", attributes, name)));
    shown = latest;
    node.hidden = links.length === 0;
  }
}
