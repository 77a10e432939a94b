using System.Globalization;
using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Tests;

/// <summary>Serves the listings of both providers in pages, with an <c>ETag</c> for each page of fal's.</summary>
internal sealed class ListingServer : IAsyncDisposable
{
    private const int PageSize = 100;

    private readonly FakeServer _server;

    public ListingServer(int fal, int eachlabs = 3)
    {
        Fal = [.. Enumerable.Range(1, fal).Select(number => FalModel($"fal-ai/model-{number:0000}", $"Model {number}", "text-to-image"))];
        Eachlabs = [.. Enumerable.Range(1, eachlabs).Select(number => new JsonObject
        {
            ["slug"] = $"slug-{number:0000}", ["title"] = $"Slug {number}", ["output_type"] = "video", ["version"] = "0.0.1",
            ["request_schema"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["title"] = "not a title" } },
        })];
        _server = new FakeServer(RespondAsync);
    }

    public List<JsonObject> Fal { get; }

    public List<JsonObject> Eachlabs { get; }

    /// <summary>What fal's listing is instead, where that is set.</summary>
    public string? Instead { get; set; }

    /// <summary>The first lines of the requests, without the version of HTTP.</summary>
    public IReadOnlyList<string> Requests => [.. _server.Requests.Select(request => request.Split(' ')[1])];

    /// <summary>How many pages were still the same.</summary>
    public int NotModified { get; private set; }

    public string Url => _server.Url.ToString().TrimEnd('/');

    public static JsonObject FalModel(string id, string title, string category, double? seconds = null, string description = "Makes pictures.") => new()
    {
        ["endpoint_id"] = id,
        ["metadata"] = new JsonObject
        {
            ["display_name"] = title, ["category"] = category, ["description"] = description, ["status"] = "active", ["tags"] = new JsonArray("x"),
            ["duration_estimate"] = seconds,
        },
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task RespondAsync(FakeServer.Exchange exchange)
    {
        var target = new Uri(_server.Url, exchange.Request.Split(' ')[1]);
        if (target.AbsolutePath == "/v1/models")
        {
            var offset = int.Parse(target.Query.Split("offset=")[1], CultureInfo.InvariantCulture);
            return exchange.ReplyAsync(200, Array(Eachlabs.Skip(offset)).ToJsonString());
        }
        if (target.AbsolutePath != "/platform/v1/models")
            return exchange.ReplyAsync(404, "{}");
        if (Instead is { } body)
            return exchange.ReplyAsync(200, body);
        var page = target.Query.Contains("cursor=", StringComparison.Ordinal) ? int.Parse(target.Query.Split("cursor=")[1], CultureInfo.InvariantCulture) : 0;
        var hasMore = Fal.Count > (page + 1) * PageSize;
        var json = new JsonObject
        {
            ["models"] = Array(Fal.Skip(page * PageSize)),
            ["next_cursor"] = hasMore ? (page + 1).ToString(CultureInfo.InvariantCulture) : null,
            ["has_more"] = hasMore,
        }.ToJsonString();
        var tag = $"\"{json.Length}-{string.GetHashCode(json, StringComparison.Ordinal):x}\"";
        if (exchange.Request.Contains($"If-None-Match: {tag}", StringComparison.OrdinalIgnoreCase))
        {
            NotModified++;
            return exchange.ReplyAsync(304, "", $"ETag: {tag}");
        }
        return exchange.ReplyAsync(200, json, $"ETag: {tag}");
    }

    private static JsonArray Array(IEnumerable<JsonObject> models) => new([.. models.Take(PageSize).Select(model => model.DeepClone())]);
}
