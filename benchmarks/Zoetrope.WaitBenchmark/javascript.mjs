// The waits of fal's own client. Usage: node --expose-gc javascript.mjs SERVER WAITS
import { createFalClient } from "@fal-ai/client";

const interval = 5000;
const span = 20_000;
const [server, count] = [process.argv[2].replace(/\/$/, ""), Number(process.argv[3])];
const fal = createFalClient({
  credentials: "k",
  requestMiddleware: async (request) => ({ ...request, url: request.url.replace(/^https:\/\/queue\.fal\.run/, server) }),
});
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const wait = (requestId) => fal.queue.subscribeToStatus("fal-ai/kling-video", { requestId, mode: "polling", pollInterval: interval });
const memory = () => {
  globalThis.gc();
  const { heapUsed, heapTotal, rss } = process.memoryUsage();
  return [heapUsed, heapTotal, rss];
};

wait("first");
await pause(interval * 1.5);
const [heap, committed, resident] = memory();
const start = performance.now();
for (let i = 0; i < count; i++) {
  const ahead = (interval * i) / count - (performance.now() - start);
  if (ahead > 1)
    await pause(ahead);
  wait(`javascript-${i}`);
}
await pause(2 * interval);

await fetch(`${server}/counts/reset`);
const [cpu, clock] = [process.cpuUsage(), performance.now()];
await pause(span);
const used = process.cpuUsage(cpu);
const counts = await (await fetch(`${server}/counts`)).json();
const [heapNow, committedNow, residentNow] = memory();
console.log(JSON.stringify({
  Rate: counts.Polls / ((performance.now() - clock) / 1000),
  Processor: (used.user + used.system) / counts.Polls,
  Heap: (heapNow - heap) / count,
  Committed: (committedNow - committed) / count,
  Before: resident,
  Resident: (residentNow - resident) / count,
  LateMedian: counts.Median,
  LateMost: counts.Most,
}));
process.exit(0);
