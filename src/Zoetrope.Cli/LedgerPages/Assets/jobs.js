// The list of jobs, a page at a time.

import { element, reconcile, setText } from "./dom.js";
import { batchName, costOf, number, stateBadge, states } from "./format.js";
import { get } from "./live.js";
import { makePages } from "./pages.js";

const columns = ["Job", "State", "Model", "Batch", "Cost", "Reason"];

export function jobsView({ body, route, signal, refresh }) {
  let query = route.query;
  if (!query.has("order"))
    query.set("order", query.has("batch") ? "oldest" : "newest");
  const filters = makeFilters(query, filter);
  const rows = element("tbody");
  const summary = element("p", { class: "summary" });
  const table = element(
    "table", { class: "jobs" },
    element("caption", { class: "unseen" }, "Jobs"),
    element("thead", {}, element("tr", {}, columns.map(name => element("th", { scope: "col", class: name.toLowerCase() }, name)))),
    rows);
  const pages = makePages();
  body.append(filters.node, summary, table, pages.node);
  return { title: "Jobs", update };

  async function update(overview) {
    filters.update(overview);
    const asked = query;
    const list = await get(`api/jobs?${asked}`, signal);
    // Another filter was chosen meanwhile.
    if (asked !== query)
      return;
    const count = countOf(overview.groups, query);
    setText(summary, count === 0 ? "No job matches." : `${number(count)} ${count === 1 ? "job matches" : "jobs match"}.`);
    table.hidden = list.items.length === 0;
    reconcile(rows, list.items, item => item.job.id, makeRow);
    pages.update("jobs", query, list.next);
  }

  // In place: somebody who goes through the choices with the keyboard stays where they are.
  function filter(next) {
    query = next;
    history.pushState(null, "", `#/jobs?${next}`);
    refresh();
  }
}

function countOf(groups, query) {
  const states = query.getAll("state");
  return groups
    .filter(group => (!query.has("batch") || group.batch === query.get("batch")) && (!query.has("provider") || group.provider === query.get("provider"))
      && (!query.has("endpoint") || group.endpoint === query.get("endpoint")) && (states.length === 0 || states.includes(group.state)))
    .reduce((sum, group) => sum + group.jobs, 0);
}

function makeRow({ job }) {
  const state = element("td", {});
  const cost = element("td", { class: "cost" });
  const reason = element("td", { class: "reason" });
  const node = element(
    "tr", {},
    element("th", { scope: "row" }, element("a", { href: `#/jobs/${encodeURIComponent(job.id)}` }, job.label ?? job.id)),
    state, element("td", { class: "model" }, `${job.provider}:${job.endpoint}`), element("td", { class: "batch" }, job.batch), cost, reason);
  return { node, update };

  function update(item) {
    if (state.dataset.state !== item.job.state)
      state.replaceChildren(stateBadge(item.job.state));
    state.dataset.state = item.job.state;
    setText(cost, costOf(item.job));
    setText(reason, item.job.reason ?? "");
  }
}

function makeFilters(query, filter) {
  const batch = makeSelect("Batch", query.get("batch"));
  const state = makeSelect("State", query.get("state"));
  const model = makeSelect("Model", query.has("endpoint") ? `${query.get("provider")} ${query.get("endpoint")}` : null);
  const order = makeSelect("Order", query.get("order"));
  const node = element(
    "form", { class: "filters", "aria-label": "Filters", change, submit: event => event.preventDefault() },
    batch.node, state.node, model.node, order.node);
  return { node, update };

  function update(overview) {
    const models = new Map(overview.groups.map(group => [`${group.provider} ${group.endpoint}`, `${group.provider}:${group.endpoint}`]));
    batch.update([[null, "All"], ...overview.batches.map(item => [item.batch, batchName(item.batch)])]);
    state.update([[null, "All"], ...Object.entries(states)]);
    model.update([[null, "All"], ...models]);
    order.update([["newest", "Newest first"], ["oldest", "Oldest first"]]);
  }

  function change() {
    const next = new URLSearchParams();
    if (batch.value() !== null)
      next.set("batch", batch.value());
    if (state.value() !== null)
      next.set("state", state.value());
    if (model.value() !== null) {
      const [provider, endpoint] = model.value().split(/ (.*)/s);
      next.set("provider", provider);
      next.set("endpoint", endpoint);
    }
    next.set("order", order.value());
    filter(next);
  }
}

// The value of an option is its position: the name of a batch may be empty.
function makeSelect(label, selected) {
  const select = element("select");
  let values = [];
  return { node: element("label", {}, element("span", {}, label), select), update, value: () => values[select.selectedIndex] ?? null };

  function update(options) {
    const next = options.map(([value]) => value);
    if (selected !== null && !next.includes(selected))
      options = [...options, [selected, selected]];
    if (options.length === values.length && options.every(([value], i) => value === values[i]))
      return;
    const chosen = values.length === 0 ? selected : values[select.selectedIndex];
    values = options.map(([value]) => value);
    select.replaceChildren(...options.map(([, text]) => element("option", {}, text)));
    select.selectedIndex = Math.max(0, values.indexOf(chosen));
  }
}
