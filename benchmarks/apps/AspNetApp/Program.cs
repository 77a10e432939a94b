// A service that maps a webhook of fal and the proxy for its browser client, and calls both once: it submits through the proxy, as a browser does, and prints
// the video that the webhook delivers. Then it submits a job itself and resumes it by its handle, and prints what OpenTelemetry got of that. Its argument is
// the base URL of fal's stand-in; the key is in FAL_KEY.

using System.Diagnostics;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Zoetrope.AspNetCore;
using Zoetrope.Extensions.OpenTelemetry;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;

var fal = new Uri(args[0]);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
var spans = new List<Activity>();
var metrics = new List<Metric>();
builder.Services.AddOpenTelemetry()
    .WithTracing(tracing => tracing.AddZoetropeInstrumentation().AddInMemoryExporter(spans))
    .WithMetrics(metering => metering.AddZoetropeInstrumentation().AddInMemoryExporter(metrics));
await using var app = builder.Build();
app.Urls.Add("http://127.0.0.1:0");

var video = new TaskCompletionSource<string>();
app.MapFalWebhook<KlingVideoO3ProImageToVideo.Result>("/hooks/kling", delivery =>
{
    if (delivery.TryRead(out var result))
        video.TrySetResult(result.Video!.Url);
    return Task.CompletedTask;
}, new() { KeysUrl = new(fal, "/.well-known/jwks.json"), UserIds = ["simulator"] });
app.MapFalProxy("/api/fal/proxy", new() { BaseUrl = fal, AllowedEndpoints = ["fal-ai/kling-video/**"], AllowAnonymous = true });
await app.StartAsync();

using var browser = new HttpClient { BaseAddress = new(app.Urls.Single()) };
using var submit = new HttpRequestMessage(HttpMethod.Post, "/api/fal/proxy")
{
    Content = new StringContent("""{"image_url":"https://example.com/a.png","prompt":"The character walks forward"}""", Encoding.UTF8, "application/json"),
};
var webhook = Uri.EscapeDataString(app.Urls.Single() + "/hooks/kling");
submit.Headers.Add("x-fal-target-url", "https://queue.fal.run/fal-ai/kling-video/o3/pro/image-to-video?fal_webhook=" + webhook);
using var response = await browser.SendAsync(submit);
response.EnsureSuccessStatusCode();

Console.WriteLine(await video.Task.WaitAsync(TimeSpan.FromMinutes(1)));

using var client = new FalClient(new() { BaseUrl = fal });
var job = await client.KlingVideoO3ProImageToVideo.SubmitAsync(new() { ImageUrl = "https://example.com/a.png", Prompt = "The character walks forward" });
await client.Resume(JobHandle.Parse(job.Handle.ToString())).WaitAsync();
app.Services.GetRequiredService<MeterProvider>().ForceFlush();
foreach (var span in spans)
    Console.WriteLine($"{span.DisplayName}, {span.GetTagItem("gen_ai.output.type")}, links: {span.Links.Count()}");
foreach (var metric in metrics)
    Console.WriteLine(metric.Name);
await app.StopAsync();
