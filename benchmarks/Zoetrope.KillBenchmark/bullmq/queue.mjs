// BullMQ with its documented worker: queue.mjs add|count|ends|work REDIS-PORT ATTEMPTS MAX-STALLED PROVIDER OUTPUTS; `add` reads prompts, a line each.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Queue, Worker } from 'bullmq';

const [what, port, attempts, maxStalledCount, provider, outputs] = process.argv.slice(2);
// As "Going to production" advises: a worker waits for Redis, however long that takes.
const connection = { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null };
const endpoint = 'fal-ai/kling-video/o3/pro/image-to-video';
const headers = { Authorization: 'Key test-key', 'Content-Type': 'application/json' };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

if (what === 'work') {
  await mkdir(outputs, { recursive: true });
  const worker = new Worker('media', ({ data }) => run(data.prompt), {
    connection,
    concurrency: 10,
    // Thirty seconds by default: a run would take a day, and end the same.
    lockDuration: 2000,
    stalledInterval: 2000,
    maxStalledCount: Number(maxStalledCount),
  });
  worker.on('error', (error) => console.error(error.message));
  await worker.waitUntilReady();
  console.log('working');
} else {
  const queue = new Queue('media', { connection });
  if (what === 'add') {
    const prompts = (await text(process.stdin)).split('\n').filter((line) => line);
    const opts = Number(attempts) > 1 ? { attempts: Number(attempts), backoff: { type: 'exponential', delay: 1000 } } : {};
    for (let i = 0; i < prompts.length; i += 500)
      await queue.addBulk(prompts.slice(i, i + 500).map((prompt) => ({ name: 'video', data: { prompt }, opts })));
  } else if (what === 'count') {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized', 'paused');
    console.log(Object.values(counts).reduce((sum, count) => sum + count, 0));
  } else {
    for (const state of ['waiting', 'active', 'delayed', 'completed', 'failed'])
      for (const job of await queue.getJobs([state]))
        console.log(JSON.stringify({ prompt: job.data.prompt, state, reason: job.failedReason ?? null }));
  }
  await queue.close();
}

async function run(prompt) {
  const submitted = await fetch(provider + endpoint, {
    method: 'POST',
    headers,
    body: JSON.stringify({ image_url: 'https://example.com/a.png', prompt }),
    signal: AbortSignal.timeout(5000),
  });
  if (!submitted.ok) throw new Error(`The submit failed with ${submitted.status}`);
  const { request_id: id } = await submitted.json();
  const address = `${provider}fal-ai/kling-video/requests/${id}`;
  while ((await read(address + '/status', (response) => response.json())).status !== 'COMPLETED') await sleep(30);
  const { video } = await read(address, (response) => response.json());
  const file = await read(video.url, (response) => response.arrayBuffer());
  const path = `${outputs}/${prompt}.mp4`;
  await writeFile(path + '.part', Buffer.from(file));
  await rename(path + '.part', path);
}

// What costs nothing is repeated.
async function read(address, parse) {
  for (let left = 5; ; left--) {
    try {
      const response = await fetch(address, { headers, signal: AbortSignal.timeout(5000) });
      if (!response.ok) throw new Error(`${address} failed with ${response.status}`);
      return await parse(response);
    } catch (error) {
      if (left === 1) throw error;
      await sleep(200);
    }
  }
}
