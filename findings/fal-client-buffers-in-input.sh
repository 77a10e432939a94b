#!/usr/bin/env bash
# @fal-ai/client: a Blob in the input of a call is uploaded and replaced by its address, but the bytes that Node programs have are not:
# a Buffer is sent as an object with a list of numbers, a Uint8Array as an object with a member for each byte.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @fal-ai/client@1.10.1

cat > probe.mjs <<'JS'
import { createFalClient } from "@fal-ai/client";

async function send(kind, image) {
  let uploads = 0, input = "";
  const fal = createFalClient({
    credentials: "id:secret",
    fetch: async (url, init) => {
      const json = text => new Response(text, { headers: { "Content-Type": "application/json" } });
      if (String(url).includes("storage/upload/initiate")) {
        uploads++;
        return json('{"upload_url":"https://storage.example/1","file_url":"https://storage.example/file.png"}');
      }
      if (init.method === "PUT") return new Response();
      input = init.body;
      return json('{"request_id":"r"}');
    },
  });
  globalThis.fetch = async () => new Response();
  await fal.queue.submit("owner/app", { input: { image } });
  console.log(`${kind}: ${uploads} uploads, sent ${input}`);
}

await send("Blob", new Blob([new Uint8Array([137, 80])], { type: "image/png" }));
await send("Buffer", Buffer.from([137, 80]));
await send("Uint8Array", new Uint8Array([137, 80]));
JS

cat > expected <<'TEXT'
Blob: 1 uploads, sent {"image":"https://storage.example/file.png"}
Buffer: 0 uploads, sent {"image":{"type":"Buffer","data":[137,80]}}
Uint8Array: 0 uploads, sent {"image":{"0":137,"1":80}}
TEXT

echo "@fal-ai/client 1.10.1, node $(node --version)"
node probe.mjs 2>/dev/null | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
