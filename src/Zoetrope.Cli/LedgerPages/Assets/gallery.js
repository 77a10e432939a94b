// The delivered files, those of the newest jobs first.

import { element, reconcile, setText } from "./dom.js";
import { batchName } from "./format.js";
import { get } from "./live.js";
import { makeMedia } from "./media.js";

export function galleryView({ body, route, signal }) {
  const query = route.query;
  const list = element("ul", { class: "gallery", "aria-label": "Files" });
  const summary = element("p", { class: "summary" });
  const more = element("a", { class: "more" }, "Older files");
  body.append(summary, list, more);
  return { title: query.has("batch") ? `Gallery of ${batchName(query.get("batch"))}` : "Gallery", update };

  async function update() {
    const page = await get(`/api/gallery?${query}`, signal);
    const files = page.items.flatMap(item => item.outputs.map((output, i) => ({ ...output, i, job: item.job })));
    setText(summary, files.length === 0 ? "No file is delivered yet." : "");
    summary.hidden = files.length > 0;
    // A file that appears or goes is another item.
    reconcile(list, files, file => `${file.job.id} ${file.i} ${file.url}`, makeMedia);
    more.hidden = page.next === undefined;
    const next = new URLSearchParams(query);
    next.set("after", page.next ?? "");
    more.setAttribute("href", `#/gallery?${next}`);
  }
}
