// Asks the server, and follows the overview: every view is shown again where it has changed, and nothing is asked while nobody looks.

const between = 1000;
const betweenFailures = 4000;

// Longer than the server waits for a ledger that is busy: what it says of it is to be shown.
const patience = 45_000;

// From then on, what is shown may be old.
const late = 5000;

const notConnected = "Not connected: zoetrope jobs serve has ended, or does not respond.";

export class RequestError extends Error {}

export async function get(path, signal) {
  const { response, text } = await request(path, { signal });
  return read(response, text);
}

// The content with its tag; null where it still is what the tag says.
export async function getIfChanged(path, tag, signal) {
  const { response, text } = await request(path, { signal, headers: tag === null ? {} : { "If-None-Match": tag } });
  return response.status === 304 ? null : { content: read(response, text), tag: response.headers.get("ETag") };
}

// The response with all of its content; what goes wrong on the way is one error, and all else is a fault of this page.
async function request(path, { signal, headers = {} }) {
  const limit = AbortSignal.timeout(patience);
  try {
    const response = await fetch(path, { headers, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) });
    return { response, text: await response.text() };
  } catch (error) {
    if (error instanceof TypeError || error.name === "TimeoutError")
      throw new RequestError(notConnected, { cause: error });
    throw error;
  }
}

function read(response, text) {
  let content;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new RequestError(`The server responds with ${response.status}, and not with JSON.`, { cause: error });
  }
  if (!response.ok)
    throw new RequestError(content.error ?? `The server responds with ${response.status}.`);
  return content;
}

export async function follow(onOverview, onState) {
  let tag = null;
  let updated = new Date();
  while (true) {
    let pause = between;
    const since = updated;
    const warning = setTimeout(() => onState("failing", `Not updated since ${since.toLocaleTimeString()}`), late);
    try {
      const changed = await getIfChanged("api/overview", tag);
      if (changed !== null)
        tag = await onOverview(changed.content) ? changed.tag : null;
      updated = new Date();
      onState("live", "Live");
    } catch (error) {
      pause = betweenFailures;
      if (!(error instanceof RequestError)) {
        onState("failing", "This page has failed: load it again.");
        throw error;
      }
      onState("failing", error.message);
    } finally {
      clearTimeout(warning);
    }
    await new Promise(resolve => setTimeout(resolve, pause));
    await visible();
  }
}

function visible() {
  if (!document.hidden)
    return Promise.resolve();
  return new Promise(resolve => document.addEventListener("visibilitychange", resolve, { once: true }));
}
