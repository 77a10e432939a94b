// The models: found by words, provider, kind, price and usual time. A model that several providers serve is one of them.

import { get, RequestError } from "./api.js";
import { element, setText } from "./dom.js";
import { duration, number } from "./format.js";

const state = { words: "", provider: "", category: "", price: "", time: "" };

// What a job costs for the example of the documents, and how long it usually takes, at most; and whether either is known.
const known = [["known", "Known"], ["unknown", "Not known"]];
const prices = [["0.05", "Up to $0.05"], ["0.2", "Up to $0.20"], ["1", "Up to $1.00"], ...known];
const times = [["30", "Up to 30 s"], ["120", "Up to 2 min"], ["600", "Up to 10 min"], ...known];

export async function modelsView({ body, catalog, setTitle, signal }) {
  setTitle("Models");
  const controls = {
    words: element("input", { type: "search", id: "find", value: state.words, autocomplete: "off", spellcheck: "false" }),
    provider: choice("provider", "All providers", namesOf(catalog.models.map(model => model.provider)), state.provider),
    category: choice("category", "All kinds", namesOf(catalog.models.map(kindOf)), state.category),
    price: choice("price", "Any price", prices, state.price),
    time: choice("time", "Any time", times, state.time),
  };
  const count = element("p", { class: "quiet", role: "status" });
  const list = element("ul", { class: "models" });
  body.append(
    element("search", { class: "filters" }, labeled("Search", controls.words), labeled("Provider", controls.provider), labeled("Kind", controls.category),
      labeled("Price of an example", controls.price), labeled("Usual time", controls.time)),
    count, list);
  const rows = [...Map.groupBy(catalog.models, model => model.neutral ?? model.name).values()].map(makeRow);
  let wait = 0, last = null;
  const show = () => {
    clearTimeout(wait);
    for (const [name, control] of Object.entries(controls))
      state[name] = control.value;
    const parts = state.words.toLowerCase().split(/\s+/).filter(part => part !== "");
    const found = rows.filter(row => {
      const matching = row.models.filter(matches);
      if (matching.length === 0 || !parts.every(part => row.text.includes(part)))
        return false;
      row.update(matching);
      return true;
    });
    // What is there already stays: somebody may be about to click it.
    if (last !== null && last.length === found.length && last.every((row, index) => row === found[index]))
      return;
    last = found;
    list.replaceChildren(...found.map(({ node }) => node));
    setText(count, found.length === 0 ? "No model matches." : `${number(found.length)} of ${number(rows.length)} models`);
  };
  // Who types hears the number once, and not at each letter.
  controls.words.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => signal.aborted || show(), 120);
  }, { signal });
  for (const name of ["provider", "category", "price", "time"])
    controls[name].addEventListener("change", show, { signal });
  show();
  loadPrices(catalog, signal).then(isNew => isNew && !signal.aborted && show());
}

export const titleOf = model => model.title ?? model.neutral ?? model.id;

export const kindOf = model => (model.category ?? "other").toLowerCase().replaceAll(" ", "-");

// They are made of all documents, and some are asked for: the list does not wait for them.
async function loadPrices(catalog, signal) {
  if (catalog.hasPrices)
    return false;
  try {
    const byName = new Map((await get("api/prices", signal)).prices.map(price => [price.name, price]));
    for (const model of catalog.models)
      model.estimate = byName.get(model.name);
    return catalog.hasPrices = true;
  } catch (error) {
    if (signal.aborted || error instanceof RequestError)
      return false;
    throw error;
  }
}

const matches = model =>
  (state.provider === "" || model.provider === state.provider)
  && (state.category === "" || kindOf(model) === state.category)
  && isWithin(state.price, model.estimate?.unit === "USD" ? model.estimate.most : undefined, model.estimate !== undefined || model.price !== undefined)
  && isWithin(state.time, model.seconds, model.seconds !== undefined);

function isWithin(limit, value, isKnown) {
  if (limit === "" || limit === "known")
    return limit === "" || isKnown;
  return limit === "unknown" ? !isKnown : value !== undefined && value <= Number(limit);
}

const namesOf = values => [...new Set(values)].sort().map(value => [value, value]);

function choice(id, all, options, selected) {
  return element("select", { id },
    element("option", { value: "" }, all), options.map(([value, text]) => element("option", { value, selected: value === selected }, text)));
}

const labeled = (text, control) => element("div", { class: "filter" }, element("label", { for: control.id }, text), control);

// The row of a model at its providers. It leads to the first one that matches, and can be run.
function makeRow(models) {
  const [first] = models;
  const link = element("a", {}, titleOf(first));
  const facts = element("p", { class: "facts" });
  const where = element("span", { class: "provider" }, models.map(model => model.provider).join(", "));
  const node = element("li", { class: "model" },
    link,
    element("p", { class: "where" }, where, ` ${first.neutral === undefined ? first.id : "one request for all of them"}`),
    element("p", { class: "kind" }, kindOf(first)),
    facts);
  return { node, models, text: models.map(textOf).join(" "), update };

  function update(matching) {
    const chosen = matching.find(model => model.needs === undefined) ?? matching[0];
    link.setAttribute("href", `#/model/${encodeURIComponent(chosen.name)}`);
    setText(facts, matching.flatMap(model => factsOf(model).map(fact => models.length === 1 ? fact : `${model.provider}: ${fact}`)).join(" · "));
  }
}

const textOf = model => [model.title, model.neutral, model.id, model.provider, kindOf(model)].join(" ").toLowerCase();

const factsOf = model => [
  model.price?.replaceAll(/\s+/g, " "),
  model.estimate === undefined ? null : `an example costs ${model.estimate.cost}`,
  model.seconds === undefined ? null : `about ${duration(model.seconds)}`,
  model.deprecated ? "deprecated" : null,
  model.needs === undefined ? null : `needs ${model.needs}`,
].filter(fact => fact != null);
