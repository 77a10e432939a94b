// A file of a request: its URL, or a file of this machine, which is chosen or dropped.

import { RequestError, upload } from "./api.js";
import { element, setText } from "./dom.js";
import { framed, labelOf, newId } from "./fields.js";
import { bytes } from "./format.js";

const prefix = "zoetrope-file:";

// What was dropped is shown again when a form is made anew.
const known = new Map();

export const fileName = value => known.get(value)?.name;

export function fileField(field, value, context) {
  const { changed, takesFiles } = context;
  const input = element("input", { type: "text", inputmode: "url", autocomplete: "off", spellcheck: "false", placeholder: "https://…" });
  const chosen = element("div", { class: "chosen", hidden: true });
  const status = element("p", { class: "quiet", role: "status" });
  const picker = element("input", { type: "file", id: newId(), class: "unseen" });
  const pick = element("label", { class: "button", for: picker.id },
    "Choose a file", element("span", { class: "unseen" }, ` for ${labelOf(field).toLowerCase()}`));
  const zone = element("div", { class: "drop" }, input, takesFiles ? [picker, pick, element("span", { class: "quiet hint" }, "or drop one here")] : null);
  let file = null, reading = null, wrong = null;
  const show = () => {
    zone.hidden = file !== null;
    chosen.hidden = file === null;
    if (file === null) {
      chosen.replaceChildren();
      return;
    }
    const remove = element("button", {
      type: "button", class: "plain",
      click: () => {
        file = null;
        show();
        input.focus();
        changed();
      },
    }, "Remove", element("span", { class: "unseen" }, ` ${file.name}`));
    const preview = file.kind === "image" ? element("img", { src: file.url, alt: "", width: "64", height: "48" }) : null;
    chosen.replaceChildren(...[preview, element("span", { class: "file-name" }, file.name), element("span", { class: "quiet" }, bytes(file.bytes)), remove]
      .filter(part => part !== null));
  };
  const take = async one => {
    // The last one counts.
    reading?.abort();
    const stop = reading = new AbortController();
    setText(status, `Reading ${one.name}`);
    say(`is not there yet: ${one.name} is being read`);
    try {
      const taken = await upload(one, stop.signal);
      known.set(taken.value, taken);
      if (stop.signal.aborted)
        return;
      file = taken;
      show();
      chosen.querySelector("button").focus();
      say(null);
    } catch (error) {
      if (stop.signal.aborted)
        return;
      say(`is not there: ${error.message}`);
      if (!(error instanceof RequestError))
        throw error;
    } finally {
      if (reading === stop) {
        reading = null;
        setText(status, "");
      }
    }
  };
  const say = message => {
    wrong = message;
    changed();
  };
  if (typeof value === "string") {
    file = known.get(value) ?? null;
    input.value = file === null && !value.startsWith(prefix) ? value : "";
  }
  show();
  input.addEventListener("input", () => {
    reading?.abort();
    say(null);
  });
  picker.addEventListener("change", () => {
    const [one] = picker.files;
    // The same file may be chosen again.
    picker.value = "";
    if (one !== undefined)
      take(one);
  });
  if (takesFiles)
    acceptDrops(zone, files => take(files[0]));
  const control = element("div", { class: "file-control" }, zone, chosen, status);
  const made = framed(field, control, { input, read: () => file?.value ?? (input.value.trim() === "" ? undefined : input.value.trim()) });
  return { ...made, take, problem: () => wrong };
}

export function acceptDrops(zone, take) {
  const isFile = event => event.dataTransfer?.types.includes("Files");
  zone.addEventListener("dragover", event => {
    if (!isFile(event))
      return;
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", event => {
    zone.classList.remove("over");
    if (!isFile(event) || event.dataTransfer.files.length === 0)
      return;
    event.preventDefault();
    event.stopPropagation();
    take([...event.dataTransfer.files]);
  });
}
