#!/usr/bin/env bash
# @fal-ai/client: an upload in parts takes the number and the ETag of a part from the JSON of the response to it. A storage that
# responds as S3 does, with the ETag in a header and no body, gets a completion without any, and the upload succeeds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @fal-ai/client@1.10.1

cat > probe.mjs <<'JS'
import { createServer } from "node:http";
import { createFalClient } from "@fal-ai/client";

async function upload(inJson) {
  let parts = 0, completed = "";
  const server = createServer(async (request, response) => {
    const body = [];
    for await (const chunk of request) body.push(chunk);
    const base = `http://127.0.0.1:${server.address().port}`;
    if (request.url.includes("initiate-multipart")) {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ upload_url: `${base}/parts?token=1`, file_url: `${base}/file.bin` }));
    } else if (request.url.includes("/complete")) {
      completed = Buffer.concat(body).toString();
      response.setHeader("Content-Type", "application/json");
      response.end("{}");
    } else {
      const number = ++parts;
      response.setHeader("ETag", `"tag-${number}"`);
      if (inJson) {
        response.setHeader("Content-Type", "application/json");
        response.end(JSON.stringify({ partNumber: number, etag: `tag-${number}` }));
      } else response.end();
    }
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  const local = `http://127.0.0.1:${server.address().port}`;
  const fal = createFalClient({
    credentials: "id:secret",
    fetch: (url, init) => fetch(String(url).replace(/^https:\/\/rest\.[a-z.]+/, local), init),
  });
  const url = await fal.storage.upload(new Blob([new Uint8Array(90 * 1024 * 1024 + 1)], { type: "application/octet-stream" }));
  server.close();
  const first = JSON.parse(completed).parts.slice(0, 2);
  console.log(`${inJson ? "JSON and header" : "header alone"}: ${parts} parts, completed with ${JSON.stringify(first)} and more, upload() gave ${new URL(url).pathname}`);
}

await upload(true);
await upload(false);
JS

cat > expected <<'TEXT'
JSON and header: 10 parts, completed with [{"partNumber":1,"etag":"tag-1"},{"partNumber":2,"etag":"tag-2"}] and more, upload() gave /file.bin
header alone: 10 parts, completed with [{},{}] and more, upload() gave /file.bin
TEXT

echo "@fal-ai/client 1.10.1, node $(node --version)"
node probe.mjs 2>/dev/null | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
