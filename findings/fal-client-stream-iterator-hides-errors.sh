#!/usr/bin/env bash
# @fal-ai/client: iterating over a stream ends as if it were complete when the service responds with an error or an event is not JSON; only
# done() rejects. Events with a falsy value (0, false, null, "") are not iterated over at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @fal-ai/client@1.10.1

cat > probe.mjs <<'JS'
import { createFalClient } from "@fal-ai/client";

async function read(kind, response) {
  const fal = createFalClient({ credentials: "id:secret", fetch: async () => response });
  const stream = await fal.stream("owner/app", { input: {} });
  let end = "done() resolves";
  const done = stream.done().catch(error => { end = `done() rejects with ${error.name}`; });
  const events = [];
  try {
    for await (const event of stream) events.push(event);
    events.push("end of the loop");
  } catch (error) {
    events.push(`thrown: ${error.name}`);
  }
  await done;
  console.log(`${kind}: ${JSON.stringify(events)}, ${end}`);
}

const events = (...data) => new Response(data.map(one => `data: ${one}\n\n`).join(""), { headers: { "Content-Type": "text/event-stream" } });
await read("three events", events('{"a":1}', '{"a":2}', '{"a":3}'));
await read("a status of 500", new Response('{"detail":"broken"}', { status: 500, headers: { "Content-Type": "application/json" } }));
await read("an event that is not JSON", events('{"a":1}', "[DONE]", '{"a":3}'));
await read("falsy events", events('{"a":1}', "0", "false", "null", '""', '{"a":6}'));
JS

cat > expected <<'TEXT'
three events: [{"a":1},{"a":2},{"a":3},"end of the loop"], done() resolves
a status of 500: ["end of the loop"], done() rejects with ApiError
an event that is not JSON: [{"a":1},{"a":3},"end of the loop"], done() rejects with SyntaxError
falsy events: [{"a":1},{"a":6},"end of the loop"], done() resolves
TEXT

echo "@fal-ai/client 1.10.1, node $(node --version)"
node probe.mjs 2>/dev/null | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
