using System.Text.Json;
using System.Text.RegularExpressions;
using WireMock.Logging;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace Zoetrope.Protocol.Tests.Stubs;

/// <summary>
/// The stubs of a test class, at a WireMock server in this process. The faults of WireMock.Net are whole responses on the wire, so a raw socket is
/// in front of it that plays them; it is also where requests are counted, as they were sent.
/// </summary>
public abstract class StubServer : IAsyncDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start(new WireMockServerSettings { Logger = new WireMockNullLogger() });
    private readonly FaultProxy _proxy;

    protected StubServer() => _proxy = new FaultProxy(_server.Port);

    /// <summary>Where clients find it.</summary>
    public Uri BaseUrl => _proxy.Url;

    /// <summary>A stub for GET requests.</summary>
    /// <param name="path">The path; * matches anything.</param>
    public Stub Get(string path) => On("GET", path);

    /// <summary>A stub for PUT requests.</summary>
    public Stub Put(string path) => On("PUT", path);

    /// <summary>A stub for POST requests.</summary>
    /// <param name="path">The path; * matches anything.</param>
    /// <param name="model">The <c>model</c> in the body; null for any.</param>
    public Stub Post(string path, string? model = null) => On("POST", path, model);

    /// <summary>A stub for all requests to a path.</summary>
    public Stub Any(string path) => new(_server, path, Request.Create().WithPath(path).UsingAnyMethod());

    /// <summary>How many requests matched a pattern.</summary>
    public int Count(RequestPattern pattern) => _proxy.Requests.Count(pattern.Matches);

    /// <summary>The only request that matched a pattern.</summary>
    public RecordedRequest Single(RequestPattern pattern) => new(Assert.Single(_proxy.Requests, pattern.Matches));

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
        Assert.Null(_proxy.Mistake);
    }

    private Stub On(string method, string path, string? model = null)
    {
        var request = Request.Create().WithPath(path).UsingMethod(method);
        if (model is not null)
            request = request.WithBody(new JsonPartialMatcher(JsonSerializer.Serialize(new Dictionary<string, string> { ["model"] = model })));
        return new Stub(_server, $"{method} {path} {model}", request);
    }
}

/// <summary>A server with the stubs of one test class.</summary>
public sealed class StubServer<TStubs> : StubServer
    where TStubs : IStubs
{
    public StubServer() => TStubs.Add(this);
}

/// <summary>The stubs of a test class.</summary>
public interface IStubs
{
    static abstract void Add(StubServer stubs);
}

/// <summary>Which requests are meant.</summary>
/// <param name="Method">The method, or ANY.</param>
/// <param name="PathPattern">The path, as a regular expression.</param>
/// <param name="Model">The <c>model</c> in the body; null for any.</param>
public sealed record RequestPattern(string Method, string PathPattern, string? Model = null)
{
    internal bool Matches(ReceivedRequest request) =>
        (Method == "ANY" || Method == request.Method)
        && Regex.IsMatch(request.Target.Split('?')[0], $"^(?:{PathPattern})$")
        && (Model is null || Model == ModelOf(request));

    private static string? ModelOf(ReceivedRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("model").GetString();
    }
}

/// <summary>A request as it came.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(ReceivedRequest request)
    {
        Url = request.Target;
        Body = System.Text.Encoding.UTF8.GetString(request.Body);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in request.Head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(line[..colon], line[(colon + 1)..].Trim());
        }
        Headers = headers;
    }

    /// <summary>The path and the query.</summary>
    public string Url { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public string Body { get; }
}
