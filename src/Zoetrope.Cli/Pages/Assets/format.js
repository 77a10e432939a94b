// States, amounts and times in words.

import { element } from "./dom.js";

export const states = {
  intended: "queued", sent: "being sent", in_doubt: "in doubt", accepted: "at the provider", ended: "being saved", delivered: "done", failed: "failed",
  canceled: "canceled",
};

const over = new Set(["delivered", "failed", "canceled"]);

// Whether a job of that state changes no more.
export const isOver = state => over.has(state);

const numbers = new Intl.NumberFormat("en");

export const number = value => numbers.format(value);

export const jobs = count => `${number(count)} ${count === 1 ? "job" : "jobs"}`;

export const dollars = value => `$${value.toFixed(Math.abs(value) >= 0.1 || value === 0 ? 2 : 4)}`;

export const batchName = batch => batch === "" ? "Without a batch" : batch;

export function duration(seconds) {
  if (seconds < 60)
    return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(count) {
  if (count < 1000)
    return `${count} bytes`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

export function time(iso) {
  return element("time", { datetime: iso }, new Date(iso).toLocaleString());
}

export const stateBadge = state => element("span", { class: `badge ${state}` }, states[state] ?? state);

// What it has cost, or may cost at most.
export function costOf(job) {
  if (job.spent > 0)
    return dollars(job.spent);
  return job.ceiling === undefined ? "" : `at most ${dollars(job.ceiling)}`;
}

// A long text of an input, such as a file in it, is not worth the time that showing it takes.
const longestText = 2000;

export function json(value) {
  return JSON.stringify(
    value,
    (_, item) => typeof item === "string" && item.length > longestText ? `${item.slice(0, longestText)}… (${number(item.length)} characters)` : item,
    2);
}
