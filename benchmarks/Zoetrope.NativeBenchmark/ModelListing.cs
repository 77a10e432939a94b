using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Zoetrope.NativeBenchmark;

/// <summary>Serves 1,290 models as fal and Eachlabs list theirs, in pages.</summary>
internal sealed class ModelListing : IDisposable
{
    public const int Count = 1290;

    private const int PageSize = 100;
    private const int AtEachlabs = 290;

    private static readonly string[] _categories = ["image-to-video", "text-to-video", "text-to-image", "image-to-image", "text-to-speech", "video-to-video"];

    private readonly HttpListener _listener = new();

    public ModelListing()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "application/json";
                await using var body = new StreamWriter(context.Response.OutputStream);
                await body.WriteAsync(PageOf(context.Request).ToJsonString());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private static JsonNode PageOf(HttpListenerRequest request)
    {
        var start = int.Parse(request.QueryString["cursor"] ?? request.QueryString["offset"] ?? "0", CultureInfo.InvariantCulture);
        if (!request.Url!.AbsolutePath.StartsWith("/platform/", StringComparison.Ordinal))
            return Models(start, AtEachlabs, EachlabsModel);
        var end = start + PageSize;
        var hasMore = end < Count - AtEachlabs;
        return new JsonObject
        {
            ["models"] = Models(start, Count - AtEachlabs, FalModel),
            ["next_cursor"] = hasMore ? end.ToString(CultureInfo.InvariantCulture) : null,
            ["has_more"] = hasMore,
        };
    }

    private static JsonArray Models(int start, int count, Func<int, JsonNode> model) =>
        new([.. Enumerable.Range(start, Math.Clamp(count - start, 0, PageSize)).Select(model)]);

    private static JsonObject FalModel(int number) => new()
    {
        ["endpoint_id"] = $"fal-ai/family-{number / 20}/v{number % 20}/{CategoryOf(number)}",
        ["metadata"] = new JsonObject
        {
            ["display_name"] = $"Family {number / 20} version {number % 20}",
            ["category"] = CategoryOf(number),
            ["description"] = "Makes what is described in words, from nothing or from a picture, in several sizes and lengths, with sound where it is asked for.",
            ["status"] = "active",
            ["tags"] = new JsonArray("motion", "sound"),
            ["duration_estimate"] = number % 7 == 0 ? null : number % 90,
            ["thumbnail_url"] = $"https://example.com/thumbnails/{number}.jpg",
        },
    };

    private static JsonObject EachlabsModel(int number) => new()
    {
        ["slug"] = $"family-{number / 20}-v{number % 20}-{CategoryOf(number)}",
        ["title"] = $"Family {number / 20} version {number % 20}",
        ["output_type"] = "video",
        ["version"] = "0.0.1",
        ["request_schema"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["prompt"] = new JsonObject() } },
    };

    private static string CategoryOf(int number) => _categories[number % _categories.Length];
}
