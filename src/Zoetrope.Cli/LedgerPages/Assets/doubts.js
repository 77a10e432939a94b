// The jobs of which it is not known whether the provider accepted them.

import { commands } from "./commands.js";
import { element, reconcile, setText } from "./dom.js";
import { batchName, jobs, time } from "./format.js";
import { get } from "./live.js";
import { makePages } from "./pages.js";

export function doubtsView({ body, route, signal }) {
  const query = new URLSearchParams(route.query);
  query.set("state", "in_doubt");
  query.set("order", "oldest");
  const summary = element("p", { class: "summary" });
  const list = element("ul", { class: "doubts", "aria-label": "Jobs in doubt" });
  const pages = makePages();
  const batch = route.query.get("batch");
  body.append(
    element(
      "p", { class: "advice" },
      "These were sent, and whether the provider accepted them is not known. They are never sent again by themselves, because they may be paid for. "
        + "Look for each in the provider's list of requests, and decide."),
    summary, list, pages.node);
  return { title: batch === null ? "In doubt" : `In doubt of ${batchName(batch)}`, update };

  async function update(overview) {
    const page = await get(`api/jobs?${query}`, signal);
    // All of them, on whichever page; the overview may be a moment older.
    const count = Math.max(
      page.items.length, overview.batches.filter(item => batch === null || item.batch === batch).reduce((sum, item) => sum + item.in_doubt, 0));
    setText(summary, count === 0 ? none(batch) : `${jobs(count)} in doubt${page.items.length === 0 ? ", and no more after those of the page before" : ""}.`);
    reconcile(list, page.items, item => item.job.id, makeDoubt);
    pages.update("doubts", route.query, page.next, "More jobs in doubt");
  }
}

const none = batch => batch === null ? "No job is in doubt." : `No job of ${batchName(batch)} is in doubt.`;

function makeDoubt({ job, commands: lines }) {
  const reason = element("p", { class: "waiting" });
  const node = element(
    "li", { class: "card" },
    element("h2", {}, element("a", { href: `#/jobs/${encodeURIComponent(job.id)}` }, job.label ?? job.id)),
    element("p", {}, `${job.provider}:${job.endpoint}, sent `, time(job.sent_at)),
    reason, commands(lines));
  return { node, update: item => setText(reason, item.job.reason ?? "") };
}
