using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Jobs;
using Zoetrope.Media;
using Zoetrope.Uploads;

namespace Zoetrope.Faults.Tests;

/// <summary>The calls of Eachlabs' client.</summary>
internal static class EachlabsCalls
{
    public const string Receipt = $$"""{"status":"success","message":"Prediction created successfully","predictionID":"{{FalCalls.JobId}}"}""";
    public const string Running = $$"""{"id":"{{FalCalls.JobId}}","status":"processing"}""";
    public const string Completed = $$"""
        {"id":"{{FalCalls.JobId}}","status":"success","output":"{{FalCalls.Video}}","metrics":{"predict_time":1.5,"cost":0.25} }
        """;

    private const string Presigned = """
        {"id":"file-1","presigned_url":"http://origin.of.the.service/put","public_url":"http://origin.of.the.service/f.png"}
        """;

    private const string Handle = $"eachlabs:kling-o3-pro-image-to-video:{FalCalls.JobId}";

    public static IReadOnlyDictionary<string, CannedResponse[]> Responses { get; } = new Dictionary<string, CannedResponse[]>
    {
        ["create"] = [OfJson(Receipt)],
        ["get"] = [OfJson(Running), OfJson(Completed)],
        ["presign"] = [OfJson(Presigned)],
        ["put"] = [OfText("")],
        ["file"] = [OfText("", 404)],
        ["cancel"] = [OfJson("""{"status":"success","message":"Prediction cancelled"}""")],
    };

    public static IEnumerable<Call> All { get; } =
    [
        Of("eachlabs.create", CallKind.Submit, "create", async setup => (await Model(setup).SubmitAsync(Request())).Handle.ToString(), Handle),
        Of("eachlabs.run", CallKind.Submit, "create", async setup => VideoOf((await Model(setup).RunAsync(Request())).Media), FalCalls.Video),
        Of("eachlabs.get", CallKind.Status, "get", async setup => (await Resume(setup).GetStatusAsync()).State.ToString(), "Running"),
        Of("eachlabs.wait", CallKind.Wait, "get", WaitAsync, FalCalls.Video) with { Times = 2 },
        Of("eachlabs.cancel", CallKind.Cancel, "cancel", CancelAsync, "Requested") with { IgnoresBody = true },
    ];

    /// <summary>Uploads, which no wait or route has to do with.</summary>
    public static IEnumerable<Call> Uploads { get; } =
    [
        Of("eachlabs.upload, faults at presign", CallKind.Upload, "presign", UploadAsync, "/f.png") with { KeylessSteps = ["put", "file"], HasOrigin = true },
        Of("eachlabs.upload, faults at the content", CallKind.Upload, "put", UploadAsync, "/f.png") with
        {
            IgnoresBody = true,
            KeylessSteps = ["put", "file"],
            HasOrigin = true,
        },
    ];

    public static string StepOf(ReceivedRequest request) => (request.Method, request.Target) switch
    {
        ("POST", "/v1/prediction/") => "create",
        ("GET", $"/v1/prediction/{FalCalls.JobId}") => "get",
        ("POST", $"/v1/prediction/{FalCalls.JobId}/cancel") => "cancel",
        ("POST", "/v1/upload/presign") => "presign",
        ("PUT", "/put") => "put",
        ("HEAD", "/f.png") => "file",
        _ => "unknown",
    };

    private static string VideoOf(IReadOnlyList<MediaFile> media) => media.Count > 0 ? media[0].Url : "no file";

    private static KlingO3ProImageToVideo.Request Request() => new() { ImageUrl = "https://example.com/a.png", Prompt = "She turns around" };

    private static Call Of(string name, CallKind kind, string step, Func<CallSetup, Task<string>> run, string value) =>
        new(name, kind, step, StepOf, Responses, run, value) { Provider = "eachlabs", Key = Keys.Eachlabs };

    private static ModelClient<KlingO3ProImageToVideo.Request, KlingO3ProImageToVideo.Result> Model(CallSetup setup) => setup.Eachlabs().KlingO3ProImageToVideo;

    private static Job<KlingO3ProImageToVideo.Result> Resume(CallSetup setup) => Model(setup).Resume(JobHandle.Parse(Handle));

    private static async Task<string> UploadAsync(CallSetup setup)
    {
        var options = new EachlabsUploadOptions { StallTimeout = CallSetup.Deadline };
        return new Uri(await setup.Eachlabs().Files.UploadAsync(UploadFile.FromBytes(new byte[3000], "f.png"), options, setup.Token)).AbsolutePath;
    }

    private static async Task<string> WaitAsync(CallSetup setup) => VideoOf((await Resume(setup).WaitAsync(FalCalls.Patient())).Media);

    private static async Task<string> CancelAsync(CallSetup setup) => (await Resume(setup).CancelAsync()).ToString();
}
