// A delivered file: shown where a browser can, and a text where it is gone.

import { element } from "./dom.js";
import { bytes } from "./format.js";

export function makeMedia(output) {
  const name = output.name;
  const label = output.job.label ?? output.job.id;
  const frame = element("div", { class: "frame" }, output.url === undefined ? gone(name) : shown(output, label));
  const details = element("p", { class: "file" }, output.url === undefined
    ? name
    : [element("a", { href: output.url, download: name }, name), ` ${bytes(output.bytes)}`]);
  return { node: element("li", { class: "card media" }, frame, element("p", {}, jobLink(output.job, label)), details) };
}

function shown({ kind, url, name }, label) {
  const failed = event => event.target.closest(".frame").replaceChildren(gone(name));
  switch (kind) {
    case "image":
      return element("img", { src: url, alt: `Output of ${label}`, loading: "lazy", decoding: "async", error: failed });
    case "video":
      return element("video", { src: url, controls: true, preload: "metadata", playsinline: true, "aria-label": `Output of ${label}`, error: failed });
    case "audio":
      return element("audio", { src: url, controls: true, preload: "metadata", "aria-label": `Output of ${label}`, error: failed });
    default:
      return element("p", { class: "note" }, "A file that is not shown here.");
  }
}

const gone = name => element("p", { class: "note" }, `The file ${name} is gone, or cannot be shown.`);

const jobLink = (job, label) => element("a", { href: `#/jobs/${encodeURIComponent(job.id)}` }, label);
