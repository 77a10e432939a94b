// The jobs of the ledger, the last one first. Thousands of them are rows that the browser lays out only where they are seen.

import { get, post, RequestError } from "./api.js";
import { element, setText } from "./dom.js";
import { costOf, number, stateBadge, time } from "./format.js";

const finished = new Set(["delivered", "failed", "canceled"]);

export async function historyView({ body, catalog, setTitle, signal }) {
  setTitle("History");
  const count = element("p", { class: "quiet", role: "status" });
  const list = element("ol", { class: "jobs" });
  const more = element("button", { type: "button", hidden: true, click: () => load(true) }, "Show more");
  body.append(count, list, more);
  let next = null, isLoading = false, shown = 0;
  const observer = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && load(false), { rootMargin: "1500px" });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });

  async function load(isAsked) {
    if (isLoading || signal.aborted)
      return;
    isLoading = true;
    try {
      const page = await get(`api/history${next === null ? "" : `?after=${encodeURIComponent(next)}`}`, signal);
      const rows = page.items.map(item => rowOf(item, catalog, signal));
      list.append(...rows);
      shown += rows.length;
      next = page.next ?? null;
      more.hidden = next === null;
      setText(count, shown === 0 ? "No job yet: choose a model, and run it." : `${number(shown)}${next === null ? "" : " or more"} jobs`);
      if (isAsked)
        rows[0]?.querySelector("a").focus();
    } catch (error) {
      if (signal.aborted)
        return;
      setText(count, error.message);
      if (!(error instanceof RequestError))
        throw error;
    } finally {
      isLoading = false;
    }
    // The rows may not reach the end of what is seen: it is looked at again.
    if (next !== null && !signal.aborted) {
      observer.unobserve(more);
      observer.observe(more);
    }
  }

  await load(false);
}

function rowOf({ job, followed }, catalog, signal) {
  const message = element("span", { class: "quiet", role: "status" });
  const path = `#/jobs/${encodeURIComponent(job.id)}`;
  const isOver = finished.has(job.state);
  const cancel = isOver || job.state === "ended" ? null : element("button", { type: "button", class: "plain", click: async () => {
    try {
      setText(message, (await post(`api/jobs/${encodeURIComponent(job.id)}/cancel`, {}, signal)).message);
    } catch (error) {
      if (!(error instanceof RequestError))
        throw error;
      setText(message, error.message);
    }
  } }, "Cancel", element("span", { class: "unseen" }, ` the job ${job.id}`));
  // Where it costs money, the job's own page asks first.
  const resume = isOver || followed ? null : element("a", { class: "button", href: path }, job.state === "intended" ? "Send or cancel" : "Resume",
    element("span", { class: "unseen" }, ` the job ${job.id}`));
  if (resume !== null && job.state !== "intended") {
    resume.addEventListener("click", async event => {
      event.preventDefault();
      try {
        await post(`api/jobs/${encodeURIComponent(job.id)}/resume`, {}, signal);
        location.hash = path;
      } catch (error) {
        if (!(error instanceof RequestError))
          throw error;
        setText(message, error.message);
      }
    });
  }
  return element("li", { class: "job-row" },
    element("div", { class: "job-state" }, stateBadge(job.state)),
    element("div", { class: "job-name" }, element("a", { href: path }, `${job.provider}:${job.endpoint}`), " ", time(job.created_at)),
    element("div", { class: "job-cost" }, catalog.paid ? costOf(job) : ""),
    element("div", { class: "job-actions" }, resume, cancel, message));
}
