using System.Net;
using System.Text;

namespace Zoetrope.LedgerBenchmark;

/// <summary>A provider in this process that says of each job that it goes on, until it has ended.</summary>
internal sealed class WaitsProvider : HttpMessageHandler
{
    private static readonly byte[] Result = """{"video":{"url":"https://v3.fal.media/files/a/b.mp4"}}"""u8.ToArray();

    private readonly HashSet<string> _seen = [];
    private IReadOnlyDictionary<string, DateTimeOffset> _ends = new Dictionary<string, DateTimeOffset>();
    private int _polls;

    /// <summary>The number of polls.</summary>
    public int Polls => Volatile.Read(ref _polls);

    /// <summary>The number of jobs that were polled.</summary>
    public int Polled
    {
        get
        {
            lock (_seen)
                return _seen.Count;
        }
    }

    /// <summary>Ends jobs at a time each.</summary>
    public void End(IReadOnlyDictionary<string, DateTimeOffset> ends) => Volatile.Write(ref _ends, ends);

    /// <summary>The address of the status of a job.</summary>
    public Uri StatusOf(string id) => new($"https://queue.fal.run/fal-ai/kling-video/requests/{id}/status");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var segments = request.RequestUri!.Segments;
        if (segments[^1] != "status")
            return Task.FromResult(Response(request, HttpStatusCode.OK, Result));
        Interlocked.Increment(ref _polls);
        var id = segments[^2].TrimEnd('/');
        lock (_seen)
            _seen.Add(id);
        var hasEnded = Volatile.Read(ref _ends).TryGetValue(id, out var end) && end <= DateTimeOffset.UtcNow;
        var body = Encoding.UTF8.GetBytes($$"""{"status":"{{(hasEnded ? "COMPLETED" : "IN_PROGRESS")}}","request_id":"{{id}}"}""");
        return Task.FromResult(Response(request, hasEnded ? HttpStatusCode.OK : HttpStatusCode.Accepted, body));
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, HttpStatusCode status, byte[] body) => new(status)
    {
        RequestMessage = request,
        Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
    };
}
