using Zoetrope.Clients;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Faults.Tests;

/// <summary>The calls of fal's client.</summary>
internal static class FalCalls
{
    public const string JobId = "job-3f1c9a52";
    public const string Video = "https://files.example/v.mp4";

    public const string Receipt = $$"""{"request_id":"{{JobId}}","status":"IN_QUEUE","queue_position":0}""";
    public const string Running = """{"status":"IN_PROGRESS","logs":null}""";
    public const string Completed = """{"status":"COMPLETED","metrics":{"inference_time":1.5}}""";
    public const string Result = $$"""{"video":{"url":"{{Video}}","content_type":"video/mp4","file_size":1000} }""";

    private const string Id = "fal-ai/kling-video/o3/pro/image-to-video";
    private const string Handle = $"fal:{Id}:{JobId}";

    public static IReadOnlyDictionary<string, CannedResponse[]> Responses { get; } = new Dictionary<string, CannedResponse[]>
    {
        ["submit"] = [OfJson(Receipt)],
        ["status"] = [OfJson(Running), OfJson(Completed)],
        ["result"] = [OfJson(Result)],
        ["cancel"] = [OfJson("""{"status":"CANCELLATION_REQUESTED"}""", 202)],
        ["run"] = [OfJson(Result)],
    };

    public static IEnumerable<Call> All { get; } =
    [
        Of("fal.direct", CallKind.Direct, "run", async setup => VideoOf((await setup.Fal().RunDirectAsync(Endpoint, Request())).Raw), Video),
        Of("fal.direct raw", CallKind.Direct, "run", RunRawAsync, Video) with { TakesAnyJson = true },
        Of("fal.submit", CallKind.Submit, "submit", async setup => (await Model(setup).SubmitAsync(Request())).Handle.ToString(), Handle),
        Of("fal.submit raw", CallKind.Submit, "submit", async setup => (await setup.Fal().SubmitAsync(Id, Input())).Handle.ToString(), Handle),
        Of("fal.run", CallKind.Submit, "submit", async setup => (await Model(setup).RunAsync(Request())).Value.Video.Url, Video),
        Of("fal.status", CallKind.Status, "status", async setup => (await Resume(setup).GetStatusAsync()).State.ToString(), "Running"),
        Of("fal.wait, faults at the status", CallKind.Wait, "status", WaitAsync, Video) with { Times = 2 },
        Of("fal.wait, faults at the result", CallKind.Result, "result", WaitAsync, Video) with { Times = 2, Before = "status" },
        Of("fal.wait raw, faults at the result", CallKind.Result, "result", WaitRawAsync, Video) with { Times = 2, Before = "status", TakesAnyJson = true },
        Of("fal.watch", CallKind.Wait, "status", WatchAsync, "Running Completed") with { Times = 2 },
        Of("fal.cancel", CallKind.Cancel, "cancel", async setup => (await Resume(setup).CancelAsync()).ToString(), "Requested") with { IgnoresBody = true },
    ];

    /// <summary>How long waits of the matrix wait: longer than any two faults take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>How they wait.</summary>
    public static WaitOptions Patient() => new() { Timeout = Patience };

    public static string StepOf(ReceivedRequest request) => (request.Method, request.Target.Split('?')[0]) switch
    {
        ("POST", $"/{Id}") => "submit",
        ("POST", $"/run/{Id}") => "run",
        ("GET", $"/fal-ai/kling-video/requests/{JobId}/status") => "status",
        ("GET", $"/fal-ai/kling-video/requests/{JobId}") => "result",
        ("PUT", $"/fal-ai/kling-video/requests/{JobId}/cancel") => "cancel",
        _ => "unknown",
    };

    public static string VideoOf(RawJson json) => json.ToString() is var text && text.Contains(Video, StringComparison.Ordinal) ? Video : text;

    private static KlingVideoO3ProImageToVideo.Request Request() => new() { ImageUrl = "https://example.com/a.png", Prompt = "She turns around" };

    private static RawJson Input() => RawJson.Parse("""{"image_url":"https://example.com/a.png","prompt":"She turns around"}""");

    private static ModelEndpoint<KlingVideoO3ProImageToVideo.Request, KlingVideoO3ProImageToVideo.Result> Endpoint => KlingVideoO3ProImageToVideo.Endpoint;

    private static Call Of(string name, CallKind kind, string step, Func<CallSetup, Task<string>> run, string value) =>
        new(name, kind, step, StepOf, Responses, run, value);

    private static ModelClient<KlingVideoO3ProImageToVideo.Request, KlingVideoO3ProImageToVideo.Result> Model(CallSetup setup) =>
        setup.Fal().KlingVideoO3ProImageToVideo;

    private static Job<KlingVideoO3ProImageToVideo.Result> Resume(CallSetup setup) => Model(setup).Resume(JobHandle.Parse(Handle));

    private static async Task<string> RunRawAsync(CallSetup setup) => VideoOf((await setup.Fal().RunDirectAsync(Id, Input())).Value);

    private static async Task<string> WaitAsync(CallSetup setup) => VideoOf((await Resume(setup).WaitAsync(Patient())).Raw);

    private static async Task<string> WaitRawAsync(CallSetup setup) => VideoOf((await setup.Fal().Resume(JobHandle.Parse(Handle)).WaitAsync(Patient())).Value);

    private static async Task<string> WatchAsync(CallSetup setup)
    {
        var states = new List<JobState>();
        await foreach (var status in Resume(setup).WatchAsync(Patient()))
        {
            if (states.Count == 0 || states[^1] != status.State)
                states.Add(status.State);
        }
        return string.Join(' ', states);
    }
}
