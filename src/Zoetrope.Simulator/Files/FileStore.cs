using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Files;

/// <summary>The files of results. It serves real ones and rewrites results so that they describe them correctly.</summary>
internal sealed class FileStore
{
    private const string Folder = "files";

    private readonly ConcurrentDictionary<string, (MediaKind Kind, byte[] Content)> _files = new(StringComparer.Ordinal);

    /// <summary>Recognizes a request for a file; null when it is for something else.</summary>
    public Call? Match(IncomingRequest request) =>
        request.Segments is [Folder, ..] && request.Method is "GET" or "HEAD"
            ? Call.Sync("", SimulatorOperation.File, () => Serve(request), SimulatedResponse.Error)
            : null;

    /// <summary>The first file that a result names; null where it names none.</summary>
    public SimulatedResponse? Open(JsonNode? result) => result switch
    {
        JsonObject members => members.Select(member => Open(member.Value)).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(Open).FirstOrDefault(found => found is not null),
        _ when Url(result) is { } url && _files.TryGetValue(url.AbsolutePath, out var file) => new(200, file.Content, file.Kind.ContentType),
        _ => null,
    };

    /// <summary>Copies an example result with every media URL replaced by that of a file of this store.</summary>
    /// <param name="example">The example.</param>
    /// <param name="jobId">The job whose result it becomes.</param>
    /// <param name="baseUrl">Where this server is reached.</param>
    /// <param name="size">The size of pictures whose size the example does not state.</param>
    public JsonNode? Localize(JsonNode? example, string jobId, string baseUrl, (int Width, int Height) size) => example switch
    {
        JsonObject members => LocalizeObject(members, jobId, baseUrl, size),
        JsonArray items => new JsonArray([.. items.Select(item => Localize(item, jobId, baseUrl, size))]),
        JsonValue value when Url(value) is { } url => Add(url, null, jobId, baseUrl, size).Url,
        _ => example?.DeepClone(),
    };

    private JsonObject LocalizeObject(JsonObject members, string jobId, string baseUrl, (int Width, int Height) size)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in members)
            copy[name] = name == "url" && Url(value) is not null ? value!.DeepClone() : Localize(value, jobId, baseUrl, size);
        if (Url(copy["url"]) is not { } original)
            return copy;
        if (Side(copy["width"]) is { } width && Side(copy["height"]) is { } height)
            size = (width, height);
        var (url, fileName, kind, length) = Add(original, LooseJson.Text(copy["content_type"]), jobId, baseUrl, size);
        copy["url"] = url;
        Correct("content_type", kind.ContentType);
        Correct("file_size", length);
        if (LooseJson.Text(copy["file_name"]) is { } given)
            copy["file_name"] = Path.ChangeExtension(given, kind.Extension);
        else
            Correct("file_name", fileName);
        return copy;

        void Correct(string name, JsonNode value)
        {
            if (copy.ContainsKey(name))
                copy[name] = value;
        }
    }

    private (string Url, string FileName, MediaKind Kind, int Length) Add(
        Uri original, string? contentType, string jobId, string baseUrl, (int Width, int Height) size)
    {
        var name = Path.GetFileName(original.AbsolutePath);
        var kind = MediaKind.For(contentType, name);
        var content = kind.Content(size.Width, size.Height);
        var fileName = Path.ChangeExtension(name.Length == 0 ? "output" : name, kind.Extension);
        var path = $"/{Folder}/{jobId}/{fileName}";
        for (var number = 2; !_files.TryAdd(path, (kind, content)); number++)
            path = $"/{Folder}/{jobId}/{number}-{fileName}";
        return (baseUrl + path, fileName, kind, content.Length);
    }

    private SimulatedResponse Serve(IncomingRequest request) => _files.TryGetValue(request.Path, out var file)
        ? new SimulatedResponse(200, file.Content, file.Kind.ContentType)
        : SimulatedResponse.Error(404, "There is no such file.");

    private static int? Side(JsonNode? value) => LooseJson.Number(value) is >= 1 and <= MediaKind.LongestSide and var pixels ? (int)pixels : null;

    private static Uri? Url(JsonNode? node) =>
        LooseJson.Text(node) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
