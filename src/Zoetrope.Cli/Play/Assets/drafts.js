// What was typed for each model, as long as the window is open; and the key of each draft, by which its job is made only once, even where the response to
// its run was lost and the page was loaded anew.

import { parse } from "./json.js";

const drafts = new Map();

export const draftOf = name => load(name)?.input ?? null;

export function keepDraft(name, input) {
  save(name, { input, key: load(name)?.key ?? newKey() });
}

export const keyOf = name => load(name).key;

// The next run is another job.
export function renewKey(name) {
  if (load(name) !== null)
    save(name, { ...load(name), key: newKey() });
}

const itemOf = name => `draft:${name}`;

function load(name) {
  if (!drafts.has(name)) {
    try {
      const text = sessionStorage.getItem(itemOf(name));
      if (text !== null)
        drafts.set(name, parse(text));
    } catch {
      // A browser that keeps nothing, or kept something else, begins with an empty form.
    }
  }
  return drafts.get(name) ?? null;
}

function save(name, draft) {
  drafts.set(name, draft);
  for (const kept of [draft, { key: draft.key }]) {
    try {
      sessionStorage.setItem(itemOf(name), JSON.stringify(kept));
      return;
    } catch {
      // Too long for the browser: the key alone is kept, or nothing.
    }
  }
}

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), one => one.toString(16).padStart(2, "0")).join("");
