// Asks the server, and follows the overview: every view is shown again where it has changed, and nothing is asked while nobody looks.

const between = 1000;
const betweenFailures = 4000;

export class RequestError extends Error {}

export async function get(path, signal) {
  const response = await fetch(path, { signal });
  return read(response);
}

async function read(response) {
  const content = await response.json().catch(() => ({}));
  if (!response.ok)
    throw new RequestError(content.error ?? `The server responds with ${response.status}.`);
  return content;
}

export async function follow(onOverview, onState) {
  let tag = null;
  while (true) {
    let pause = between;
    try {
      const response = await fetch("/api/overview", { headers: tag === null ? {} : { "If-None-Match": tag } });
      if (response.status !== 304) {
        const overview = await read(response);
        tag = await onOverview(overview) ? response.headers.get("ETag") : null;
      }
      onState("live", "Live");
    } catch (error) {
      pause = betweenFailures;
      if (error instanceof RequestError)
        onState("failing", error.message);
      else
        onState("failing", "Not connected: zoetrope jobs serve has ended, or does not respond.");
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
