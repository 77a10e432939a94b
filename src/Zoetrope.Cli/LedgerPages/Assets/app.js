// The frame of the page: which view is shown, and what it is shown with.

import { decoded } from "./address.js";
import { element, setText } from "./dom.js";
import { number } from "./format.js";
import { RequestError, follow } from "./live.js";
import { batchesView } from "./batches.js";
import { doubtsView } from "./doubts.js";
import { galleryView } from "./gallery.js";
import { jobView } from "./job.js";
import { jobsView } from "./jobs.js";

const views = { batches: batchesView, jobs: jobsView, job: jobView, doubts: doubtsView, gallery: galleryView };
const main = document.getElementById("main");

let overview = null;
let current = null;

// The token is in a cookie by now: it need not stay in the history of the browser.
if (location.search !== "")
  history.replaceState(null, "", location.pathname + location.hash);

function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/");
  const name = parts[0] === "jobs" && parts.length > 1 ? "job" : Object.hasOwn(views, parts[0]) ? parts[0] : "batches";
  return { name, id: name === "job" ? decoded(parts[1]) : null, query: new URLSearchParams(query ?? "") };
}

async function show(isNavigation) {
  // The link that skips to the content is not a view.
  if (current !== null && location.hash !== "" && !location.hash.startsWith("#/"))
    return;
  current?.stop.abort();
  const route = parse(location.hash);
  const stop = new AbortController();
  const heading = element("h1", { tabindex: "-1" });
  // What has no content yet is not shown.
  const body = element("div", { hidden: true });
  main.replaceChildren(heading, body);
  const refresh = () => overview !== null && update(shown, body, stop.signal);
  const shown = views[route.name]({ body, route, signal: stop.signal, refresh });
  current = { stop, refresh };
  setText(heading, shown.title);
  document.title = `${shown.title} – Zoetrope jobs`;
  for (const link of document.querySelectorAll("nav a")) {
    const isCurrent = link.dataset.view === route.name || (route.name === "job" && link.dataset.view === "jobs");
    if (isCurrent)
      link.setAttribute("aria-current", "page");
    else
      link.removeAttribute("aria-current");
  }
  if (isNavigation) {
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
  await refresh();
}

// Whether all that there is was shown.
async function update(shown, body, signal) {
  try {
    await shown.update(overview);
    body.hidden = false;
    body.querySelector(":scope > .problem")?.remove();
    return true;
  } catch (error) {
    if (signal.aborted)
      return true;
    const problem = body.querySelector(":scope > .problem") ?? body.insertBefore(element("p", { class: "problem", role: "alert" }), body.firstChild);
    setText(problem, error.message);
    body.hidden = false;
    if (!(error instanceof RequestError))
      throw error;
    return false;
  }
}

window.addEventListener("hashchange", () => show(true));
await show(false);
follow(
  async latest => {
    overview = latest;
    setText(document.getElementById("ledger"), overview.ledger);
    const count = overview.batches.reduce((sum, batch) => sum + batch.in_doubt, 0);
    const doubts = document.getElementById("doubts");
    doubts.hidden = count === 0;
    setText(doubts, number(count));
    return current.refresh();
  },
  (state, text) => {
    const connection = document.getElementById("connection");
    connection.className = `connection ${state}`;
    setText(connection, text);
  });
