// The jobs of which it is not known whether the provider accepted them.

import { commands } from "./commands.js";
import { element, reconcile, setText } from "./dom.js";
import { jobs, time } from "./format.js";
import { get } from "./live.js";

export function doubtsView({ body, route, signal }) {
  const query = new URLSearchParams(route.query);
  query.set("state", "in_doubt");
  query.set("order", "oldest");
  const summary = element("p", { class: "summary" });
  const list = element("ul", { class: "doubts", "aria-label": "Jobs in doubt" });
  const more = element("a", {}, "More jobs in doubt");
  body.append(
    element(
      "p", { class: "advice" },
      "These were sent, and whether the provider accepted them is not known. They are never sent again by themselves, because they may be paid for. "
        + "Look for each in the provider's list of requests, and decide."),
    summary, list, more);
  return { title: "In doubt", update };

  async function update() {
    const page = await get(`/api/jobs?${query}`, signal);
    setText(summary, page.items.length === 0 ? "No job is in doubt." : `${jobs(page.items.length)}${page.next === undefined ? "" : " of more"} in doubt.`);
    reconcile(list, page.items, item => item.job.id, makeDoubt);
    more.hidden = page.next === undefined;
    const next = new URLSearchParams(route.query);
    next.set("after", page.next ?? "");
    more.setAttribute("href", `#/doubts?${next}`);
  }
}

function makeDoubt({ job, commands: lines }) {
  const reason = element("p", { class: "waiting" });
  const node = element(
    "li", { class: "card" },
    element("h2", {}, element("a", { href: `#/jobs/${encodeURIComponent(job.id)}` }, job.label ?? job.id)),
    element("p", {}, `${job.provider}:${job.endpoint}, sent `, time(job.sent_at)),
    reason, commands(lines));
  return { node, update: item => setText(reason, item.job.reason ?? "") };
}
