// The delivered files, those of the newest jobs first.

import { element, reconcile, setText } from "./dom.js";
import { batchName } from "./format.js";
import { get } from "./live.js";
import { makeMedia } from "./media.js";
import { makePages } from "./pages.js";

export function galleryView({ body, route, signal }) {
  const query = route.query;
  const list = element("ul", { class: "gallery", "aria-label": "Files" });
  const summary = element("p", { class: "summary" });
  const pages = makePages();
  body.append(summary, list, pages.node);
  return { title: query.has("batch") ? `Gallery of ${batchName(query.get("batch"))}` : "Gallery", update };

  async function update() {
    const page = await get(`api/gallery?${query}`, signal);
    const files = page.items.flatMap(item => item.outputs.map((output, i) => ({ ...output, i, job: item.job })));
    setText(summary, files.length > 0 ? "" : query.has("after") ? "No more files." : "No file is delivered yet.");
    summary.hidden = files.length > 0;
    // A file that appears or goes is another item.
    reconcile(list, files, file => `${file.job.id} ${file.i} ${file.url}`, makeMedia);
    pages.update("gallery", query, page.next, "Older files");
  }
}
