// Asks the server of this page. What goes wrong is one error, with words for a person.

import { parse } from "./json.js";

const notConnected = "Not connected: zoetrope play has ended, or does not respond.";

export class RequestError extends Error {
  constructor(message, status = 0, options = undefined, job = undefined) {
    super(message, options);
    this.status = status;
    this.job = job;
  }
}

// Waits until the next request is due, or something ends the wait. Nothing of it stays at the signal, which may be that of a page that is open for days.
export function pause(wait, signal, begin) {
  return new Promise(resolve => {
    const timer = wait === Infinity ? undefined : setTimeout(end, wait);
    signal.addEventListener("abort", end);
    begin(end);

    function end() {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    }
  });
}

export const get = (path, signal) => send(path, { signal }).then(({ content }) => content);

export const post = (path, body, signal) => send(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: typeof body === "string" ? body : JSON.stringify(body), signal,
}).then(({ content }) => content);

export const upload = (file, signal) => send(`api/files?name=${encodeURIComponent(file.name)}`, {
  method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file, signal,
}).then(({ content }) => content);

// The content with its tag; null where it still is what the tag says.
export async function getIfChanged(path, tag, signal) {
  const { content, response } = await send(path, { signal, headers: tag === null ? {} : { "If-None-Match": tag } });
  return response.status === 304 ? null : { content, tag: response.headers.get("ETag") };
}

async function send(path, options) {
  let response, text;
  try {
    response = await fetch(path, options);
    text = await response.text();
  } catch (error) {
    if (error instanceof TypeError)
      throw new RequestError(notConnected, 0, { cause: error });
    throw error;
  }
  if (response.status === 304)
    return { response, content: null };
  let content;
  try {
    content = parse(text);
  } catch (error) {
    throw new RequestError(`The server responds with ${response.status}, and not with JSON.`, response.status, { cause: error });
  }
  if (!response.ok)
    throw new RequestError(content.error ?? `The server responds with ${response.status}.`, response.status, undefined, content.job);
  return { response, content };
}
