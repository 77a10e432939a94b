// The models: found by words, provider and kind.

import { element, setText } from "./dom.js";
import { duration, number } from "./format.js";

const state = { words: "", provider: "", category: "" };

export async function modelsView({ body, catalog, setTitle, signal }) {
  setTitle("Models");
  const words = element("input", { type: "search", id: "find", value: state.words, autocomplete: "off", spellcheck: "false" });
  const provider = choice("provider", "All providers", catalog.models.map(model => model.provider), state.provider);
  const category = choice("category", "All kinds", catalog.models.map(kindOf), state.category);
  const count = element("p", { class: "quiet", role: "status" });
  const list = element("ul", { class: "models" });
  body.append(
    element("search", { class: "filters" }, labelled("Search", words), labelled("Provider", provider), labelled("Kind", category)),
    count, list);
  const rows = catalog.models.map(model => ({ model, text: textOf(model), node: rowOf(model) }));
  let wait = 0, last = null;
  const show = () => {
    clearTimeout(wait);
    Object.assign(state, { words: words.value, provider: provider.value, category: category.value });
    const parts = state.words.toLowerCase().split(/\s+/).filter(part => part !== "");
    const found = rows.filter(({ model, text }) =>
      (state.provider === "" || model.provider === state.provider)
      && (state.category === "" || kindOf(model) === state.category)
      && parts.every(part => text.includes(part)));
    // What is there already stays: somebody may be about to click it.
    if (last !== null && last.length === found.length && last.every((row, index) => row === found[index]))
      return;
    last = found;
    list.replaceChildren(...found.map(({ node }) => node));
    setText(count, found.length === 0 ? "No model matches." : `${number(found.length)} of ${number(rows.length)} models`);
  };
  // Who types hears the number once, and not at each letter.
  words.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => signal.aborted || show(), 120);
  }, { signal });
  provider.addEventListener("change", show, { signal });
  category.addEventListener("change", show, { signal });
  show();
}

export const titleOf = model => model.title ?? model.id;

export const kindOf = model => (model.category ?? "other").toLowerCase().replaceAll(" ", "-");

const textOf = model => [model.title, model.id, model.provider, kindOf(model)].join(" ").toLowerCase();

function choice(id, all, values, selected) {
  const options = [...new Set(values)].sort().map(value => element("option", { value, selected: value === selected }, value));
  return element("select", { id }, element("option", { value: "" }, all), options);
}

const labelled = (text, control) => element("div", { class: "filter" }, element("label", { for: control.id }, text), control);

function rowOf(model) {
  const facts = [
    model.price?.replaceAll(/\s+/g, " "),
    model.seconds === undefined ? null : `about ${duration(model.seconds)}`,
    model.deprecated ? "deprecated" : null,
    model.needs === undefined ? null : `needs ${model.needs}`,
  ].filter(fact => fact != null);
  return element("li", { class: "model" },
    element("a", { href: `#/model/${encodeURIComponent(model.name)}` }, titleOf(model)),
    element("p", { class: "where" }, element("span", { class: "provider" }, model.provider), ` ${model.id}`),
    element("p", { class: "kind" }, kindOf(model)),
    element("p", { class: "facts" }, facts.join(" · ")));
}
