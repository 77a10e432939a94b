// A job: how far it is, what its provider says of it, and what came of it.

import { get, getIfChanged, pause, post, RequestError } from "./api.js";
import { confirmCost } from "./confirm.js";
import { element, setText } from "./dom.js";
import { keepDraft } from "./drafts.js";
import { bytes, costOf, isOver, json, stateBadge, states, time } from "./format.js";

const between = 500;
const betweenFailures = 3000;

export async function jobView({ body, argument, catalog, setTitle, signal }) {
  setTitle("Job");
  const first = await get(`api/jobs/${encodeURIComponent(argument)}`, signal);
  const panel = jobPanel(argument, { signal, paid: catalog.paid, isWhole: true });
  const reuse = element("button", { type: "button", click: () => {
    const name = `${first.job.provider}:${first.job.endpoint}`;
    keepDraft(name, first.job.input);
    location.hash = `#/model/${encodeURIComponent(name)}`;
  } }, "Use this input again");
  setTitle(first.job.label ?? first.job.id);
  body.append(
    panel.node,
    element("section", { class: "card" },
      element("h2", {}, "Input"), element("pre", { tabindex: "0", role: "region", "aria-label": "Input" }, json(first.job.input)),
      element("div", { class: "buttons" }, reuse)));
}

// Follows a job until it has ended, and shows it.
export function jobPanel(id, { signal, paid, isWhole = false }) {
  const parts = {
    badge: element("p", { class: "state", role: "status" }),
    place: element("p", { class: "quiet" }),
    progress: element("progress", { max: "1", "aria-label": "Progress", hidden: true }),
    reason: element("p", { class: "error", hidden: true }),
    facts: element("dl", { class: "facts" }),
    outputs: element("ul", { class: "outputs" }),
    logs: element("code", {}),
    result: element("code", {}),
    history: element("ol", { class: "events" }),
    message: element("p", { class: "quiet", role: "status" }),
  };
  const logs = element("details", { class: "logs", hidden: true }, element("summary", {}, "Logs"),
    element("pre", { tabindex: "0", role: "region", "aria-label": "Logs" }, parts.logs));
  const result = element("details", { hidden: true }, element("summary", {}, "Result as JSON"),
    element("pre", { tabindex: "0", role: "region", "aria-label": "Result as JSON" }, parts.result));
  const events = element("details", { open: isWhole }, element("summary", {}, "History"), parts.history);
  const cancel = element("button", { type: "button", hidden: true, click: () => act(cancel, cancelJob) }, "Cancel the job");
  const resume = element("button", { type: "button", hidden: true, click: () => act(resume, resumeJob) }, "Resume");
  const link = element("a", { href: `#/jobs/${encodeURIComponent(id)}` }, "Open the job");
  const node = element("section", { class: "card job", "aria-labelledby": "job-title" },
    element("h2", { id: "job-title" }, isWhole ? "Progress" : "Job"), parts.badge, parts.place, parts.progress, parts.reason, parts.outputs, parts.facts,
    element("div", { class: "buttons" }, cancel, resume, isWhole ? null : link), parts.message, logs, result, events);
  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort(), { once: true });
  let latest = null, wake = () => {};
  follow();
  return { node, stop: () => stop.abort() };

  async function follow() {
    let tag = null;
    while (!stop.signal.aborted) {
      let wait = between;
      try {
        const changed = await getIfChanged(`api/jobs/${encodeURIComponent(id)}`, tag, stop.signal);
        if (changed !== null) {
          tag = changed.tag;
          show(latest = changed.content);
        }
        if (latest !== null && (isOver(latest.job.state) || !latest.followed))
          wait = Infinity;
      } catch (error) {
        if (stop.signal.aborted)
          return;
        if (!(error instanceof RequestError))
          throw error;
        setText(parts.message, error.message);
        wait = betweenFailures;
      }
      await pause(wait, stop.signal, end => wake = end);
    }
  }

  function show({ job, live, logs: lines, outputs, followed, problem, billed }) {
    const isEnded = isOver(job.state);
    const said = isEnded || live === undefined ? states[job.state] ?? job.state : live.state.replaceAll("_", " ");
    if (parts.badge.textContent !== said)
      parts.badge.replaceChildren(element("span", { class: `badge ${job.state}` }, said));
    setText(parts.place, isEnded || live?.queue_position === undefined ? ""
      : live.queue_position === 0 ? "Next in the queue" : `${live.queue_position} ahead in the queue`);
    parts.progress.hidden = isEnded || !followed;
    if (live?.progress === undefined)
      parts.progress.removeAttribute("value");
    else
      parts.progress.value = live.progress;
    setText(parts.reason, [job.reason, problem].filter(text => text !== undefined).join(" "));
    parts.reason.hidden = parts.reason.textContent === "";
    parts.facts.replaceChildren(...[
      ["Model", `${job.provider}:${job.endpoint}`], ["Cost", paid ? billed ?? costOf(job) : "nothing: simulated"], ["Handle", job.handle],
    ].filter(([, value]) => value !== undefined && value !== "").map(([name, value]) =>
      element("div", { class: "fact" }, element("dt", {}, name), element("dd", {}, value))));
    if (parts.outputs.childElementCount !== outputs.length)
      parts.outputs.replaceChildren(...outputs.map((output, index) => makeOutput(output, index, job)));
    setText(parts.logs, lines.join("\n"));
    logs.hidden = lines.length === 0;
    result.hidden = job.result === undefined;
    if (job.result !== undefined)
      setText(parts.result, json(job.result));
    parts.history.replaceChildren(...job.history.map(entry =>
      element("li", {}, time(entry.at), ` ${entry.what.replaceAll("_", " ")}${entry.text === undefined ? "" : `: ${entry.text}`}`)));
    const hadFocus = node.contains(document.activeElement) && document.activeElement.matches("button");
    cancel.hidden = isEnded || job.state === "ended";
    resume.hidden = isEnded || followed;
    setText(resume, job.state === "intended" ? "Send it" : "Resume");
    if (hadFocus && document.activeElement.hidden)
      parts.message.closest("section").querySelector("a, summary")?.focus();
  }

  async function act(button, action) {
    if (button.getAttribute("aria-disabled") === "true")
      return;
    button.setAttribute("aria-disabled", "true");
    try {
      setText(parts.message, await action());
    } catch (error) {
      if (!(error instanceof RequestError))
        throw error;
      setText(parts.message, error.message);
    } finally {
      button.removeAttribute("aria-disabled");
      wake();
    }
  }

  async function cancelJob() {
    return (await post(`api/jobs/${encodeURIComponent(id)}/cancel`, {}, stop.signal)).message;
  }

  async function resumeJob() {
    const { job } = latest;
    const confirmed = !paid || job.state !== "intended"
      || await confirmCost({ model: job.provider, cost: costOf(job) || "not known", verb: "Pay and send" }, stop.signal);
    if (!confirmed)
      return "";
    const { message } = await post(`api/jobs/${encodeURIComponent(id)}/resume`, { confirmed: true }, stop.signal);
    latest = { ...latest, followed: true };
    return message;
  }
}

function makeOutput({ name, kind, url, bytes: size }, index, job) {
  const label = `Output ${index + 1} of ${job.label ?? job.id}`;
  if (url === undefined)
    return element("li", { class: "output" }, element("p", { class: "quiet" }, `The file ${name} is gone.`));
  const lost = event => event.target.replaceWith(element("p", { class: "quiet" }, "This browser cannot show the file."));
  const shown = kind === "image" ? element("img", { src: url, alt: label, decoding: "async", error: lost })
    : kind === "video" ? element("video", { src: url, controls: true, preload: "metadata", playsinline: true, "aria-label": label, error: lost })
    : kind === "audio" ? element("audio", { src: url, controls: true, preload: "metadata", "aria-label": label, error: lost })
    : null;
  return element("li", { class: "output" }, shown,
    element("p", {}, element("a", { href: url, download: name }, `Download ${name}`), element("span", { class: "quiet" }, ` ${bytes(size)}`)));
}
