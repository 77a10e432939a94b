using Zoetrope.Clients;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Jobs;
using Zoetrope.Media;

namespace Zoetrope.Faults.Tests;

/// <summary>The calls of Eachlabs' client.</summary>
internal static class EachlabsCalls
{
    public const string Receipt = $$"""{"status":"success","message":"Prediction created successfully","predictionID":"{{FalCalls.JobId}}"}""";
    public const string Running = $$"""{"id":"{{FalCalls.JobId}}","status":"processing"}""";
    public const string Completed = $$"""
        {"id":"{{FalCalls.JobId}}","status":"success","output":"{{FalCalls.Video}}","metrics":{"predict_time":1.5,"cost":0.25} }
        """;

    private const string Handle = $"eachlabs:kling-o3-pro-image-to-video:{FalCalls.JobId}";

    public static IReadOnlyDictionary<string, CannedResponse[]> Answers { get; } = new Dictionary<string, CannedResponse[]>
    {
        ["create"] = [OfJson(Receipt)],
        ["get"] = [OfJson(Running), OfJson(Completed)],
        ["cancel"] = [OfJson("""{"status":"success","message":"Prediction cancelled"}""")],
    };

    public static IEnumerable<Call> All { get; } =
    [
        Of("eachlabs.create", CallKind.Submit, "create", async place => (await Model(place).SubmitAsync(Request())).Handle.ToString(), Handle),
        Of("eachlabs.run", CallKind.Submit, "create", async place => VideoOf((await Model(place).RunAsync(Request())).Media), FalCalls.Video),
        Of("eachlabs.get", CallKind.Status, "get", async place => (await Resume(place).GetStatusAsync()).State.ToString(), "Running"),
        Of("eachlabs.wait", CallKind.Wait, "get", WaitAsync, FalCalls.Video) with { Times = 2 },
        Of("eachlabs.cancel", CallKind.Cancel, "cancel", CancelAsync, "Requested") with { IgnoresBody = true },
    ];

    public static string StepOf(ReceivedRequest request) => (request.Method, request.Target) switch
    {
        ("POST", "/v1/prediction/") => "create",
        ("GET", $"/v1/prediction/{FalCalls.JobId}") => "get",
        ("POST", $"/v1/prediction/{FalCalls.JobId}/cancel") => "cancel",
        _ => "unknown",
    };

    private static string VideoOf(IReadOnlyList<MediaFile> media) => media.Count > 0 ? media[0].Url : "no file";

    private static KlingO3ProImageToVideo.Request Request() => new() { ImageUrl = "https://example.com/a.png", Prompt = "She turns around" };

    private static Call Of(string name, CallKind kind, string step, Func<Place, Task<string>> run, string value) =>
        new(name, kind, step, StepOf, Answers, run, value) { Key = Keys.Eachlabs };

    private static ModelClient<KlingO3ProImageToVideo.Request, KlingO3ProImageToVideo.Result> Model(Place place) => place.Eachlabs().KlingO3ProImageToVideo;

    private static Job<KlingO3ProImageToVideo.Result> Resume(Place place) => Model(place).Resume(JobHandle.Parse(Handle));

    private static async Task<string> WaitAsync(Place place) => VideoOf((await Resume(place).WaitAsync(FalCalls.Patient())).Media);

    private static async Task<string> CancelAsync(Place place) => (await Resume(place).CancelAsync()).ToString();
}
