using System.Text;
using Zoetrope.Media;

namespace Zoetrope.Faults.Tests;

/// <summary>Downloads of what a result points to.</summary>
internal static class DownloadCalls
{
    /// <summary>What is at the path of the download before.</summary>
    public const string Old = "the user's own file";

    public const string Name = "video.mp4";

    // Begins as an MP4 file does, so that it is taken for one whatever its Content-Type says; the rest is text, as the bodies of all calls are.
    private static readonly string _content = "\0\0\0\u0018ftypmp42" + new string('v', 4000);

    public static IReadOnlyDictionary<string, CannedResponse[]> Responses { get; } = new Dictionary<string, CannedResponse[]>
    {
        ["file"] = [new CannedResponse(200, Encoding.UTF8.GetBytes(_content), "video/mp4")],
    };

    public static IEnumerable<Call> All { get; } =
    [
        new("SaveAsync", CallKind.Download, "file", StepOf, Responses, SaveAsync, _content) { TakesAnything = true },
        new("DownloadAsync", CallKind.Download, "file", StepOf, Responses, DownloadAsync, _content) { TakesAnything = true },
    ];

    private static string StepOf(ReceivedRequest request) => request.Method == "GET" ? "file" : "unknown";

    private static VideoFile Video(CallSetup setup) =>
        new() { Url = new Uri(setup.Service, "files/v.mp4").AbsoluteUri, FileSize = _content.Length, ContentType = "video/mp4" };

    private static async Task<string> SaveAsync(CallSetup setup)
    {
        await File.WriteAllTextAsync(setup.File(Name), Old);
        return await File.ReadAllTextAsync(await setup.Fal().SaveAsync(Video(setup), setup.File(Name)));
    }

    private static async Task<string> DownloadAsync(CallSetup setup)
    {
        var stream = new MemoryStream();
        await setup.Fal().DownloadAsync(Video(setup), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
