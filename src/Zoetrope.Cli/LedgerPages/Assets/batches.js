// The batches of the ledger: how far each is, what it costs, and what it waits for.

import { element, reconcile, setText } from "./dom.js";
import { batchName, dollars, duration, jobs, number } from "./format.js";

const parts = ["done", "running", "in_doubt", "failed", "canceled", "paused", "queued"];
const words = {
  done: "done", running: "running", in_doubt: "in doubt", failed: "failed", canceled: "canceled", paused: "paused", queued: "queued",
};
const shownAtFirst = 50;

export function batchesView({ body }) {
  const caps = element("ul", { class: "caps", "aria-label": "Caps of the ledger" });
  const list = element("ul", { class: "batches", "aria-label": "Batches" });
  const empty = element("p", { class: "empty" }, "The ledger has no jobs yet. They appear here as soon as they are recorded.");
  let all = false;
  let latest = null;
  const more = element("button", { type: "button", click: () => { all = true; render(latest); } });
  body.append(caps, list, more, empty);

  function render(overview) {
    latest = overview;
    const shown = all ? overview.batches : overview.batches.slice(0, shownAtFirst);
    reconcile(list, shown, batch => batch.batch, makeBatch);
    reconcile(caps, overview.caps.filter(cap => !cap.scope.startsWith("batch:")), cap => cap.scope, makeCap);
    caps.hidden = caps.children.length === 0;
    empty.hidden = overview.batches.length > 0;
    more.hidden = shown.length === overview.batches.length;
    setText(more, `Show all ${number(overview.batches.length)} batches`);
  }

  return { title: "Batches", update: render };
}

function makeBatch({ batch }) {
  const total = element("p", { class: "total" });
  const bar = makeBar();
  const facts = element("dl", { class: "facts" });
  const waiting = element("p", { class: "waiting" });
  const query = new URLSearchParams({ batch });
  const doubts = element("a", { href: `#/doubts?${query}`, class: "attention" });
  const node = element(
    "li", { class: "card batch" },
    element("div", { class: "title" }, element("h2", {}, element("a", { href: `#/jobs?${query}` }, batchName(batch))), total),
    bar.node, facts, waiting,
    element(
      "p", { class: "links" }, doubts,
      element("a", { href: `#/gallery?${query}` }, "Gallery", element("span", { class: "unseen" }, ` of ${batchName(batch)}`))));
  return { node, update };

  function update(item) {
    setText(total, item.jobs === item.done && item.jobs > 1 ? `all ${jobs(item.jobs)} done` : `${number(item.done)} of ${jobs(item.jobs)} done`);
    bar.update(item);
    reconcile(facts, factsOf(item), fact => fact.name, makeFact);
    waiting.hidden = item.waiting === undefined;
    setText(waiting, item.waiting === undefined ? "" : `${jobs(item.paused)} paused: ${item.waiting}`);
    doubts.hidden = item.in_doubt === 0;
    setText(doubts, `Decide on ${jobs(item.in_doubt)} in doubt`);
  }
}

function factsOf(item) {
  const facts = parts.filter(part => item[part] > 0 || part === "done").map(part => ({ name: words[part], part, text: number(item[part]) }));
  facts.push({ name: "spent", text: dollars(item.spent) + (item.cap === undefined ? "" : ` of ${dollars(item.cap)}`) });
  if (item.reserved > 0)
    facts.push({ name: "set aside", text: dollars(item.reserved) });
  if (item.seconds_left !== undefined)
    facts.push({ name: "time left", text: `about ${duration(item.seconds_left)}` });
  return facts;
}

function makeFact({ name, part }) {
  const value = element("dd", {});
  const node = element("div", { class: part === undefined ? "fact" : `fact ${part}` }, element("dt", {}, name), value);
  return { node, update: fact => setText(value, fact.text) };
}

function makeBar() {
  const node = element("div", { class: "bar", role: "img" });
  const segments = parts.map(part => node.appendChild(element("span", { class: part })));
  return { node, update };

  function update(item) {
    parts.forEach((part, i) => { segments[i].style.width = `${item.jobs === 0 ? 0 : 100 * item[part] / item.jobs}%`; });
    node.setAttribute("aria-label", parts.filter(part => item[part] > 0).map(part => `${number(item[part])} ${words[part]}`).join(", "));
  }
}

function makeCap() {
  const name = element("strong", {});
  const text = element("span", {});
  return { node: element("li", {}, name, " ", text), update };

  function update(cap) {
    setText(name, cap.is_today ? "Today (UTC)" : cap.scope.split(/:(.*)/s)[1]);
    setText(text, `${dollars(cap.spent)} spent, ${dollars(cap.reserved)} set aside, of at most ${dollars(cap.cap)}`);
  }
}
