// One job, with all that is known of it.

import { commands } from "./commands.js";
import { element, reconcile, setText } from "./dom.js";
import { batchName, costOf, json, stateBadge, time } from "./format.js";
import { getIfChanged } from "./live.js";
import { makeMedia } from "./media.js";

export function jobView({ body, route, signal }) {
  const facts = element("dl", { class: "facts wide" });
  const decisions = element("div", {});
  const media = element("ul", { class: "gallery", "aria-label": "Files" });
  const filesHeading = element("h2", {}, "Files");
  const history = element("ol", { class: "history" });
  const earlier = element("p", { class: "summary" }, "Earlier entries are left out: zoetrope jobs show has all of them.");
  const input = element("pre", { tabindex: "0", "aria-label": "Input" });
  const result = element("pre", { tabindex: "0", "aria-label": "Result" });
  const resultHeading = element("h2", {}, "Result");
  const heading = element("p", { class: "label" });
  body.append(
    heading, facts, decisions, filesHeading, media, element("h2", {}, "Input"), input, resultHeading, result, element("h2", {}, "History"), earlier,
    history);
  let tag = null;
  return { title: "Job", update };

  async function update() {
    // Nothing is made anew where nothing has happened: a person may be reading or copying it.
    const changed = await getIfChanged(`api/jobs/${encodeURIComponent(route.id)}`, tag, signal);
    if (changed === null)
      return;
    const item = changed.content;
    const job = item.job;
    setText(heading, job.label ?? job.id);
    reconcile(media, item.outputs.map((output, i) => ({ ...output, i, job })), output => `${output.i} ${output.url}`, makeMedia);
    filesHeading.hidden = media.hidden = item.outputs.length === 0;
    facts.replaceChildren(...factsOf(job));
    decisions.replaceChildren(...(item.commands.length === 0 ? [] : [element("h2", {}, "Decide"), commands(item.commands)]));
    setText(input, json(job.input));
    setText(result, job.result === undefined ? "" : json(job.result));
    resultHeading.hidden = result.hidden = job.result === undefined;
    earlier.hidden = !item.has_earlier_history;
    reconcile(history, job.history.map((entry, i) => ({ ...entry, i })), JSON.stringify, makeEntry);
    tag = changed.tag;
  }
}

function factsOf(job) {
  const facts = [
    ["State", stateBadge(job.state)],
    ["Reason", job.reason],
    ["Model", `${job.provider}:${job.endpoint}`],
    ["Batch", element("a", { href: `#/jobs?${new URLSearchParams({ batch: job.batch })}` }, batchName(job.batch))],
    ["Cost", costOf(job)],
    ["Handle", job.handle === undefined ? null : element("code", {}, job.handle)],
    ["Id", element("code", {}, job.id)],
    ["Sent", job.sent_at === undefined ? "not yet" : element("span", {}, time(job.sent_at), job.attempts > 1 ? `, ${job.attempts} times in all` : "")],
    ["Ended", job.ended_at === undefined ? null : time(job.ended_at)],
  ];
  return facts.filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => element("div", { class: "fact" }, element("dt", {}, name), element("dd", {}, value)));
}

function makeEntry(entry) {
  return {
    node: element("li", {}, time(entry.at), " ", element("strong", {}, entry.what.replaceAll("_", " ")), entry.text === undefined ? "" : ` ${entry.text}`),
  };
}
