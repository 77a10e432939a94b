// The frame of the page: which view is shown, and in which colors.

import { decoded } from "./address.js";
import { get, RequestError } from "./api.js";
import { element, setText } from "./dom.js";
import { startTheme } from "./theme.js";

// A view is loaded when it is first shown.
const views = {
  models: async () => (await import("./models.js")).modelsView,
  model: async () => (await import("./workbench.js")).workbenchView,
  history: async () => (await import("./history.js")).historyView,
  jobs: async () => (await import("./job.js")).jobView,
};
const titles = { model: "models", jobs: "history" };
const main = document.getElementById("main");

let current = null;

// The token is in a cookie by now: it need not stay in the history of the browser.
if (location.search !== "")
  history.replaceState(null, "", location.pathname + location.hash);

startTheme(document.getElementById("theme"));

function parse(hash) {
  const text = hash.replace(/^#\/?/, "");
  const slash = text.indexOf("/");
  const name = slash < 0 ? text : text.slice(0, slash);
  return { name: Object.hasOwn(views, name) ? name : "models", argument: slash < 0 ? "" : decoded(text.slice(slash + 1)) };
}

async function show(catalog, isNavigation) {
  // The link that skips to the content is not a view.
  if (current !== null && location.hash !== "" && !location.hash.startsWith("#/"))
    return;
  current?.abort();
  const stop = current = new AbortController();
  const { name, argument } = parse(location.hash);
  const heading = element("h1", { tabindex: "-1" });
  const body = element("div", { class: `view ${name}-view` });
  main.replaceChildren(heading, body);
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === (titles[name] ?? name))
      link.setAttribute("aria-current", "page");
    else
      link.removeAttribute("aria-current");
  }
  const setTitle = title => {
    setText(heading, title);
    document.title = `${title} – Zoetrope playground`;
  };
  try {
    const view = await views[name]();
    await view({ body, argument, catalog, setTitle, signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted)
      return;
    setTitle(heading.textContent || "This did not work");
    body.replaceChildren(element("p", { class: "problem", role: "alert" }, error.message));
    if (!(error instanceof RequestError))
      throw error;
  }
  if (isNavigation && !stop.signal.aborted) {
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
}

function showMode({ paid, max_cost: limit, folder }) {
  const mode = document.getElementById("mode");
  mode.classList.toggle("paid", paid);
  setText(mode, paid
    ? `Real keys: jobs cost money${limit === undefined ? "" : `, at most ${limit} each`}`
    : "Simulator: nothing costs anything, results are examples");
  mode.hidden = false;
  setText(document.getElementById("folder"), folder);
}

try {
  const catalog = await get("api/models");
  showMode(catalog);
  window.addEventListener("hashchange", () => show(catalog, true));
  await show(catalog, false);
} catch (error) {
  main.replaceChildren(element("p", { class: "problem", role: "alert" }, error.message));
  throw error;
}
