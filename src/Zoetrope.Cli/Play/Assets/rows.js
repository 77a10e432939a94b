// A job in the history: a row that shows the job as it is now.

import { post, RequestError } from "./api.js";
import { element, setText } from "./dom.js";
import { costOf, isOver, stateBadge, time } from "./format.js";

// The item has the job, whether it is followed, and what was said of it. After each action, wake() is called.
export function makeRow(item, { paid, signal, wake }) {
  const { id, provider, endpoint, created_at: created } = item.job;
  const path = `#/jobs/${encodeURIComponent(id)}`;
  const which = () => element("span", { class: "unseen" }, ` the job ${id}`);
  const state = element("div", { class: "job-state" });
  const link = element("a", { href: path }, `${provider}:${endpoint}`);
  const cost = element("div", { class: "job-cost" });
  const message = element("span", { class: "quiet", role: "status" });
  const verb = element("span", {});
  // Where it costs money, the job's own page asks first.
  const resume = element("a", { class: "button", href: path, click: event => {
    if (item.job.state === "intended")
      return;
    event.preventDefault();
    act("resume", () => location.hash = path);
  } }, verb, which());
  const cancel = element("button", { type: "button", class: "plain", click: () => act("cancel", said => item.message = said) }, "Cancel", which());
  const node = element("li", { class: "job-row" },
    state, element("div", { class: "job-name" }, link, " ", time(created)), cost, element("div", { class: "job-actions" }, resume, cancel, message));
  update();
  return { node, item, update };

  function update() {
    const { job, followed } = item;
    const isEnded = isOver(job.state);
    if (state.dataset.state !== job.state)
      state.replaceChildren(stateBadge(job.state));
    state.dataset.state = job.state;
    setText(cost, paid ? costOf(job) : "");
    const focused = [resume, cancel].find(one => one === document.activeElement);
    resume.hidden = isEnded || followed;
    setText(verb, job.state === "intended" ? "Send or cancel" : "Resume");
    cancel.hidden = isEnded || job.state === "ended";
    setText(message, isEnded ? "" : item.message ?? "");
    // What has the focus and goes leaves it to the job.
    if (focused?.hidden)
      link.focus({ preventScroll: true });
  }

  async function act(action, then) {
    try {
      then((await post(`api/jobs/${encodeURIComponent(id)}/${action}`, {}, signal)).message);
    } catch (error) {
      if (signal.aborted)
        return;
      if (!(error instanceof RequestError))
        throw error;
      item.message = error.message;
    }
    update();
    wake();
  }
}
