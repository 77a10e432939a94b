using System.Text;
using Zoetrope.Faults.Tests.Models;
using Zoetrope.Uploads;

namespace Zoetrope.Faults.Tests;

/// <summary>The calls of a generated client of a whole API: each method of HTTP, each kind of body, each kind of response.</summary>
internal static class OperationCalls
{
    private const string Clip = """{"id":"clip-7","title":"First"}""";
    private const string Content = "a,b\r\n1,2\r\n";

    private static readonly byte[] _file = Encoding.ASCII.GetBytes(new string('f', 300_000));

    public static IReadOnlyDictionary<string, CannedResponse[]> Responses { get; } = new Dictionary<string, CannedResponse[]>
    {
        ["clip"] = [OfJson(Clip)],
        ["clips"] = [OfJson($"[{Clip}]")],
        ["gone"] = [OfJson("""{"gone":true}""")],
        ["file"] = [new CannedResponse(200, Encoding.ASCII.GetBytes(Content), "video/mp4")],
        ["report"] = [new CannedResponse(200, Encoding.ASCII.GetBytes(Content), "text/csv")],
    };

    public static IEnumerable<Call> All { get; } =
    [
        Of("op.get", CallKind.Safe, "clip", async studio => IdOf(await studio.GetClipAsync("a")), "clip-7"),
        Of("op.get a list", CallKind.Safe, "clips", async studio => (await studio.ListClipsAsync()) is [var clip] ? IdOf(clip) : "not one", "clip-7"),
        Of("op.put", CallKind.Safe, "clip", async studio => IdOf(await studio.ReplaceClipAsync("a", new() { Id = "a" })), "clip-7"),
        Of("op.delete", CallKind.Safe, "gone", async studio => await DoneAsync(studio.DeleteClipAsync("a")), "done") with { IgnoresBody = true },
        Of("op.post", CallKind.Unsafe, "clip", async studio => IdOf(await studio.CreateClipAsync(new() { Id = "a" })), "clip-7"),
        Of(
            "op.post without a body",
            CallKind.Unsafe,
            "clip",
            async studio => await studio.RenderClipAsync("a") is { } clip ? IdOf(clip) : "nothing",
            "clip-7") with { MayBeNothing = true },
        Of(
            "op.post without a body or a response",
            CallKind.Unsafe,
            "gone",
            async studio => await DoneAsync(studio.PublishClipAsync("a")),
            "done") with { IgnoresBody = true },
        Of("op.patch a form", CallKind.Unsafe, "clip", async studio => IdOf(await studio.EditClipAsync("a", new() { Title = "Second" })), "clip-7"),
        Of(
            "op.post multipart",
            CallKind.Unsafe,
            "clip",
            async studio => IdOf(await studio.UploadClipAsync("a", new() { File = Upload(), Title = "First" })),
            "clip-7") with { MayRepeat = true },
        Of("op.put a file", CallKind.Safe, "clip", async studio => IdOf(await studio.SendClipAsync("a", Upload())), "clip-7"),
        Of("op.get text", CallKind.Safe, "report", async studio => await studio.GetReportAsync(), Content) with { TakesAnything = true },
        new(
            "op.stream",
            CallKind.Download,
            "file",
            StepOf("file"),
            Responses,
            StreamAsync,
            Content) { TakesAnything = true, GivesRawBody = true, Key = Keys.Studio },
    ];

    private static Call Of(string name, CallKind kind, string step, Func<StudioClient, Task<string?>> run, string value) =>
        new(name, kind, step, StepOf(step), Responses, async setup => (await run(setup.Studio()))!, value) { Key = Keys.Studio };

    private static Func<ReceivedRequest, string> StepOf(string step) =>
        request => request.Target.StartsWith("/clips", StringComparison.Ordinal) || request.Target == "/report" ? step : "unknown";

    private static UploadFile Upload() => UploadFile.FromBytes(_file, "first.mp4");

    // What a response lacks is reported where it is read, after the call.
    private static string? IdOf(Studio.Clip clip)
    {
        try
        {
            return clip.Id;
        }
        catch (InvalidOperationException exception) when (exception.Message.StartsWith("The result has no usable 'id'", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static async Task<string> DoneAsync(Task call)
    {
        await call;
        return "done";
    }

    private static async Task<string> StreamAsync(CallSetup setup)
    {
        await File.WriteAllTextAsync(setup.File(DownloadCalls.Name), DownloadCalls.Old);
        await using var response = await setup.Studio().DownloadClipAsync("a");
        return await File.ReadAllTextAsync(await response.SaveAsync(setup.File(DownloadCalls.Name)));
    }
}
