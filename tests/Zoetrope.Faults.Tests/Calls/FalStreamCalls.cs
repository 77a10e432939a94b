using Zoetrope.Fal.Realtime;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>fal's streams, its status by events, its list of prices, and realtime connections.</summary>
internal static class FalStreamCalls
{
    private const string Id = "fal-ai/kling-video/o3/pro/image-to-video";

    // The status is polled after each minute in which the feed is silent: the job runs after the first, and has completed after the second.
    private static readonly TimeSpan _feedSilence = TimeSpan.FromMinutes(2);

    private static readonly CannedResponse _events = OfEvents($"data: {FalCalls.Result}\n\n");

    public static IReadOnlyDictionary<string, CannedResponse[]> Responses { get; } = new Dictionary<string, CannedResponse[]>(FalCalls.Responses)
    {
        ["stream"] = [_events],
        ["feed"] = [OfEvents($"data: {FalCalls.Running}\n\ndata: {FalCalls.Completed}\n\n")],
        ["price"] = [OfJson($$"""{"prices":[{"endpoint_id":"{{Id}}","unit_price":0.112,"unit":"seconds","currency":"USD"}]}""")],
        // No socket is opened: only what refuses it is played.
        ["realtime"] = [OfText("", 404)],
        ["realtime token"] = [OfJson("\"t-1\"")],
    };

    public static IEnumerable<Call> All { get; } =
    [
        Of("fal.stream", CallKind.Direct, "stream", StreamAsync, FalCalls.Video) with { TakesAnyJson = true, GivesRawBody = true, Takes = IsOfStream },
        Of("fal.stream as bytes", CallKind.Direct, "stream", ReadAsync, _events.Text) with { TakesAnything = true, GivesRawBody = true, Takes = IsOfStream },
        Of("fal.wait with the feed, faults at the feed", CallKind.Wait, "feed", FeedAsync, FalCalls.Video) with { Times = 2, Deadline = _feedSilence },
        Of("fal.wait with the feed, faults at the status", CallKind.Wait, "status", FeedAsync, FalCalls.Video) with { Times = 2 },
        Of("fal.price", CallKind.Safe, "price", PriceAsync, "0.112") with { TakesAnyJson = true },
        Of("fal.realtime", CallKind.Safe, "realtime", setup => ConnectAsync(setup, usesToken: false), "never") with
        {
            Takes = RefusesSocket,
            OpensSocket = true,
        },
        // Where one endpoint has no tokens, the other is asked.
        Of("fal.realtime, faults at the token", CallKind.Safe, "realtime token", setup => ConnectAsync(setup, usesToken: true), "never") with
        {
            Takes = RefusesSocket,
        },
    ];

    // What is wrong with JSON, or with its media type, is nothing to events.
    public static bool IsOfStream(Fault fault) => fault is { NeedsBody: false, Means: not (Meaning.OtherForm or Meaning.AnotherJob or Meaning.Odd) };

    private static bool RefusesSocket(Fault fault) => fault.Means is Meaning.Refused or Meaning.Elsewhere or Meaning.NoResponse or Meaning.Unusable;

    private static CannedResponse OfEvents(string body) => OfText(body) with { ContentType = "text/event-stream" };

    private static string StepOf(ReceivedRequest request) => (request.Method, request.Target.Split('?')[0]) switch
    {
        ("POST", $"/run/{Id}/stream") => "stream",
        ("GET", $"/fal-ai/kling-video/requests/{FalCalls.JobId}/status/stream") => "feed",
        ("GET", "/platform/v1/models/pricing") => "price",
        ("GET", $"/run/{Id}/realtime") => "realtime",
        ("POST", "/tokens/realtime" or "/tokens/") => "realtime token",
        _ => FalCalls.StepOf(request),
    };

    private static Call Of(string name, CallKind kind, string step, Func<CallSetup, Task<string>> run, string value) =>
        new(name, kind, step, StepOf, Responses, run, value);

    private static async Task<string> StreamAsync(CallSetup setup)
    {
        var last = RawJson.Null;
        await foreach (var part in setup.Fal().StreamAsync(Id, RawJson.Parse("{}"), cancellationToken: setup.Token))
            last = part;
        return FalCalls.VideoOf(last);
    }

    private static async Task<string> ReadAsync(CallSetup setup)
    {
        await using var stream = await setup.Fal().OpenStreamAsync(Id, RawJson.Parse("{}"), cancellationToken: setup.Token);
        using var reader = new StreamReader(stream.Body);
        return await reader.ReadToEndAsync(setup.Token);
    }

    private static async Task<string> FeedAsync(CallSetup setup)
    {
        var fal = setup.Fal();
        var wait = FalCalls.Patient();
        wait.StatusFeed = fal.StatusFeed;
        return FalCalls.VideoOf((await fal.Resume(new JobHandle("fal", Id, FalCalls.JobId)).WaitAsync(wait, setup.Token)).Raw);
    }

    private static async Task<string> PriceAsync(CallSetup setup) =>
        (await setup.Fal().Protocol.GetPriceAsync(Id, setup.Token))?.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing";

    private static async Task<string> ConnectAsync(CallSetup setup, bool usesToken)
    {
        var options = new FalRealtimeOptions { UseToken = usesToken, ConnectTimeout = CallSetup.Deadline };
        await using var connection = await setup.Fal().ConnectRealtimeAsync(Id, options, setup.Token);
        return "connected";
    }
}
