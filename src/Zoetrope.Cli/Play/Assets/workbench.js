// A model: its form, the request, what it costs, and its job.

import { get, post, RequestError } from "./api.js";
import { confirmCost } from "./confirm.js";
import { element, setText } from "./dom.js";
import { draftOf, keepDraft, keyOf, renewKey } from "./drafts.js";
import { makeForm } from "./form.js";
import { duration } from "./format.js";
import { jobPanel } from "./job.js";
import { titleOf } from "./models.js";
import { requestPanel } from "./request.js";

const pause = 250;

// What comes so soon after a run belongs to the click that has begun it.
const afterRun = 1000;

export async function workbenchView({ body, argument, catalog, setTitle, signal: left }) {
  const listed = catalog.models.find(model => model.name === argument);
  if (listed === undefined) {
    setTitle("No such model");
    body.append(element("p", {}, "This build has no model of that name. ", element("a", { href: "#/" }, "All models")));
    return;
  }
  setTitle(titleOf(listed));
  // Another provider of the model has the same draft, and a view of its own.
  const stop = new AbortController();
  const { signal } = stop;
  left.addEventListener("abort", () => stop.abort(), { once: true, signal });
  const draftName = listed.neutral ?? argument;
  const model = await get(`api/form?model=${encodeURIComponent(argument)}`, signal);
  const place = element("div", {});
  const validity = element("p", { class: "validity", role: "status" });
  const problems = element("ul", { class: "problems" });
  const cost = element("p", { class: "cost" });
  const run = element("button", { type: "button", class: "run", click: event => event.detail > 1 || start() }, catalog.paid ? "Run…" : "Run");
  const jobs = element("div", { class: "job-place" });
  const request = requestPanel({ read: () => form.read(), write: value => show(value) });
  let form, timer = 0, checking = null, issues = null, isAttempted = false, isBusy = false, panel = null;

  body.append(about(model), providers() ?? "", element("div", { class: "bench" },
    element("section", { class: "inputs", "aria-label": "Parameters" },
      model.rules.length === 0 ? null : element("div", { class: "rules" }, element("h2", {}, "Rules"), element("ul", {}, model.rules.map(rule =>
        element("li", {}, rule)))),
      place,
      element("div", { class: "buttons" },
        model.example === undefined ? null : element("button", { type: "button", class: "plain", click: () => show(model.example) }, "Fill in an example"),
        element("button", { type: "button", class: "plain", click: () => show({}) }, "Clear"))),
    element("div", { class: "side" },
      element("section", { class: "card go", "aria-label": "Run" }, cost, validity, problems,
        listed.needs === undefined ? run : element("p", { class: "warning" }, `To run it, set ${listed.needs}, and start the playground again.`)),
      jobs, request.node)));
  show(draftOf(draftName) ?? {});

  // Where several providers serve the model, one of them is chosen.
  function providers() {
    const same = catalog.models.filter(one => one.neutral !== undefined && one.neutral === listed.neutral);
    if (same.length === 0)
      return null;
    const select = element("select", { id: "at", change: () => moveTo(select.value) }, same.map(one =>
      element("option", { value: one.name, selected: one === listed }, one.needs === undefined ? one.provider : `${one.provider} (needs ${one.needs})`)));
    return element("div", { class: "filter at" }, element("label", { for: "at" }, "Provider"), select);
  }

  async function moveTo(name) {
    keepDraft(draftName, form.read());
    clearTimeout(timer);
    stop.abort();
    history.replaceState(null, "", `#/model/${encodeURIComponent(name)}`);
    body.replaceChildren();
    try {
      await workbenchView({ body, argument: name, catalog, setTitle, signal: left });
      body.querySelector("#at").focus();
    } catch (error) {
      if (left.aborted)
        return;
      body.replaceChildren(element("p", { class: "problem", role: "alert" }, error.message));
      if (!(error instanceof RequestError))
        throw error;
    }
  }

  function show(value) {
    form = makeForm(model.fields, value, { changed, takesFiles: model.takes_files });
    place.replaceChildren(form.node);
    isAttempted = false;
    changed();
  }

  function changed() {
    // While fields are made, there is no form yet.
    if (form === undefined || !place.contains(form.node))
      return;
    keepDraft(draftName, form.read());
    issues = null;
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  }

  async function check() {
    checking?.abort();
    const stop = checking = new AbortController();
    signal.addEventListener("abort", () => stop.abort(), { once: true, signal: stop.signal });
    const draft = JSON.stringify({ model: argument, input: form.read() });
    try {
      const result = await post("api/draft", draft, stop.signal);
      if (stop.signal.aborted)
        return;
      request.show(result);
      issues = result;
      showIssues();
      if (!result.valid) {
        setText(cost, "");
        return;
      }
      const estimate = await post("api/cost", draft, stop.signal);
      setText(cost, catalog.paid ? `Cost: ${estimate.cost}` : `Cost: nothing here. With a key: ${estimate.cost}`);
      cost.title = estimate.source ?? "";
    } catch (error) {
      if (stop.signal.aborted)
        return;
      setText(validity, error.message);
      if (!(error instanceof RequestError))
        throw error;
    }
  }

  // What is said changes only where what is wrong does: it is read aloud.
  function showIssues() {
    const rest = form.show(issues.issues, issues.warnings, isAttempted);
    const unreadable = form.unreadable();
    const count = issues.issues.length + unreadable.length;
    setText(validity, count === 0 ? "Ready to run." : isAttempted || rest.length > 0 || unreadable.length > 0
      ? `${count} ${count === 1 ? "thing is" : "things are"} to be mended.` : "Some parameters are still to be filled in.");
    validity.classList.toggle("ready", count === 0);
    const shown = isAttempted ? issues.issues : rest;
    problems.replaceChildren(...shown.map(issue => element("li", {}, form.find(issue.path) === null
      ? `${issue.path === "" ? "" : `${issue.path}: `}${issue.message}`
      : element("button", { type: "button", class: "link", click: () => form.find(issue.path).focus() }, `${issue.path} ${issue.message}`))),
      ...issues.notes.map(note => element("li", { class: "warning" }, note)));
  }

  async function start() {
    // A second click while the first one is at work asks for nothing; nor does the second one of a double click, however fast the first one was.
    if (isBusy)
      return;
    setBusy(true);
    try {
      clearTimeout(timer);
      isAttempted = true;
      await check();
      if (issues === null || !issues.valid || form.unreadable().length > 0) {
        form.firstOf(issues?.issues ?? [])?.focus();
        return;
      }
      const input = form.read();
      keepDraft(draftName, input);
      const quote = await post("api/quotes", JSON.stringify({ model: argument, input, key: keyOf(draftName) }), signal);
      if (quote.refusal !== undefined) {
        setText(validity, quote.refusal);
        return;
      }
      if (quote.paid && !await confirmCost({ model: model.provider, ...quote }, signal))
        return;
      const { job } = await post("api/runs", { quote: quote.quote, confirmed: true }, signal);
      renewKey(draftName);
      showJob(job);
      setText(validity, "The job was recorded and is being sent.");
      await new Promise(resolve => setTimeout(resolve, afterRun));
      if (issues !== null)
        showIssues();
    } catch (error) {
      if (signal.aborted)
        return;
      setText(validity, error.message);
      if (!(error instanceof RequestError))
        throw error;
      // Another input of this draft was run, and its response was lost: the next run is another job.
      if (error.job !== undefined) {
        renewKey(draftName);
        showJob(error.job);
      }
    } finally {
      setBusy(false);
    }
  }

  function showJob(job) {
    panel?.stop();
    panel = jobPanel(job, { signal, paid: catalog.paid });
    jobs.replaceChildren(panel.node);
  }

  function setBusy(isNow) {
    isBusy = isNow;
    run.setAttribute("aria-disabled", String(isNow));
    setText(run, isNow ? "Running…" : catalog.paid ? "Run…" : "Run");
  }
}

function about(model) {
  const facts = [
    ["Model", `${model.provider}:${model.id}`],
    ["Usually takes", model.seconds === undefined ? null : duration(model.seconds)],
    ["Price", model.price_rules.length > 0 ? model.price_rules.join(" ") : model.price],
  ].filter(([, value]) => value != null);
  return element("div", { class: "about-model" },
    model.description === undefined ? null : element("p", { class: "lead" }, model.description),
    model.deprecation === undefined ? null : element("p", { class: "warning" }, model.deprecation),
    element("dl", { class: "about-facts" }, facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))),
    model.page === undefined ? null : element("p", {}, element("a", { href: model.page, rel: "noreferrer noopener", target: "_blank" },
      "The page of the model", element("span", { class: "unseen" }, " (opens in a new tab)"))));
}
