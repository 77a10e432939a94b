// What was typed for each model, as long as the page is open; and the key of each draft, by which its job is made only once.

const drafts = new Map();

export const draftOf = name => drafts.get(name)?.input ?? null;

export function keepDraft(name, input) {
  drafts.set(name, { input, key: drafts.get(name)?.key ?? newKey() });
}

export const keyOf = name => drafts.get(name).key;

// The next run is another job.
export function renewKey(name) {
  if (drafts.has(name))
    drafts.get(name).key = newKey();
}

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), one => one.toString(16).padStart(2, "0")).join("");
