// The jobs of the ledger, the last one first, each as it is now.

import { get, pause, RequestError } from "./api.js";
import { element, setText } from "./dom.js";
import { isOver, number } from "./format.js";
import { makeRow } from "./rows.js";
import { windowedList } from "./windowed.js";

const between = 1000;
const betweenFailures = 4000;

// How many jobs are asked for at a time.
const most = 50;

export async function historyView({ body, catalog, setTitle, signal }) {
  setTitle("History");
  const count = element("p", { class: "quiet", role: "status" });
  const list = element("ol", { class: "jobs" });
  const more = element("button", { type: "button", hidden: true, click: () => load(true) }, "Show more");
  const problem = element("p", { class: "problem", role: "status" });
  body.append(count, list, more, problem);
  let next = null, isLoading = false, shown = 0, wake = () => {};
  const rows = windowedList(list, item => makeRow(item, { paid: catalog.paid, signal, wake: () => wake() }), signal);
  const observer = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && load(false), { rootMargin: "1500px" });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });

  async function load(isAsked) {
    if (isLoading || signal.aborted)
      return;
    isLoading = true;
    try {
      const page = await get(`api/history${next === null ? "" : `?after=${encodeURIComponent(next)}`}`, signal);
      const before = shown;
      next = page.next ?? null;
      shown += page.items.length;
      rows.add(page.items, next === null);
      more.hidden = next === null;
      setText(count, shown === 0 ? "No job yet: choose a model, and run it." : `${number(shown)}${next === null ? "" : " or more"} jobs`);
      if (isAsked)
        rows.focus(before, "a");
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

  // Jobs that have not ended are asked for as long as they are seen.
  async function follow() {
    while (!signal.aborted) {
      let wait = between;
      try {
        await refresh(rows.rows().filter(row => !isOver(row.item.job.state)));
        setText(problem, "");
      } catch (error) {
        if (signal.aborted)
          return;
        if (!(error instanceof RequestError))
          throw error;
        setText(problem, error.message);
        wait = betweenFailures;
      }
      await pause(wait, signal, end => wake = end);
    }
  }

  async function refresh(open) {
    if (document.visibilityState === "hidden")
      return;
    for (let from = 0; from < open.length; from += most) {
      const asked = open.slice(from, from + most);
      const { items } = await get(`api/history?${asked.map(({ item }) => `job=${encodeURIComponent(item.job.id)}`).join("&")}`, signal);
      const latest = new Map(items.map(item => [item.job.id, item]));
      for (const row of asked) {
        Object.assign(row.item, latest.get(row.item.job.id));
        row.update();
      }
    }
  }

  await load(false);
  follow();
}
