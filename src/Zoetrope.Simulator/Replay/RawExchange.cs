using System.Globalization;
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
        Sent = new(options.MaxBodyBytes, Elapsed, ContentType);
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

    /// <summary>The media type of the request.</summary>
    public string? ContentType => Find(Headers, "Content-Type");

    /// <summary>Whether the response has no body, whatever length its headers have.</summary>
    public bool HasNoBody => Method == "HEAD" || Status is < 200 or 204 or 304;

    /// <summary>Whether the response came with all of its body.</summary>
    public bool IsWhole => Status is not null && (HasNoBody || Received.IsWhole
        || (Received.Failure is null && ResponseHeader(FixtureResponse.LengthHeader) == Received.Take().Length.ToString(CultureInfo.InvariantCulture)));

    /// <summary>When it ended, in milliseconds from the request.</summary>
    public long EndedAfterMs => Received.EndedAfterMs ?? (Failure is null ? Elapsed() : AfterMs);

    /// <summary>Why an exchange is not whole that did not fail.</summary>
    public string WhyUnfinished => Status is null
        ? "The recording was saved before there was a response."
        : Received.EndedAfterMs is null ? "The recording was saved before the body had come to its end." : "The caller did not read the body to its end.";

    public string? ResponseHeader(string name) => Find(ResponseHeaders, name);

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

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name) =>
        headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

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
