using System.Net.Http.Headers;

namespace Zoetrope.Simulator.Replay;

/// <summary>A request and what came of it, with its secrets, in memory.</summary>
internal sealed class RawExchange
{
    private readonly TimeProvider _clock;
    private readonly long _start;

    public RawExchange(HttpRequestMessage request, RecordingOptions options)
    {
        _clock = options.TimeProvider;
        _start = _clock.GetTimestamp();
        Method = request.Method.Method;
        Url = request.RequestUri!.AbsoluteUri;
        Headers = Read(request.Headers, request.Content?.Headers);
        HasBody = request.Content is not null;
        Sent = new(options.MaxBodyBytes, Elapsed);
        Received = new(options.MaxBodyBytes, Elapsed);
    }

    public string Method { get; }

    public string Url { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public bool HasBody { get; }

    public CapturedBody Sent { get; }

    public CapturedBody Received { get; }

    public int? Status { get; private set; }

    public long AfterMs { get; private set; }

    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; private set; } = [];

    /// <summary>What went wrong before there was a response; null where nothing did.</summary>
    public Exception? Failure { get; private set; }

    public bool IsOver => Status is not null || Failure is not null;

    public void Respond(HttpResponseMessage response)
    {
        AfterMs = Elapsed();
        ResponseHeaders = Read(response.Headers, response.Content.Headers);
        Status = (int)response.StatusCode;
    }

    public void Fail(Exception exception)
    {
        AfterMs = Elapsed();
        Failure = exception;
    }

    private long Elapsed() => (long)_clock.GetElapsedTime(_start).TotalMilliseconds;

    private static List<KeyValuePair<string, string>> Read(params ReadOnlySpan<HttpHeaders?> all)
    {
        var read = new List<KeyValuePair<string, string>>();
        foreach (var headers in all)
        {
            if (headers is null)
                continue;
            foreach (var (name, values) in headers.NonValidated)
                read.Add(new(name, values.ToString()));
        }
        return read;
    }
}
