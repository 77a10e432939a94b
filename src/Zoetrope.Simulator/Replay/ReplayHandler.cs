using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// Plays a fixture back to an <see cref="HttpClient"/> without any network. A request is matched by its method, path, query and body: members of JSON and
/// parameters in any order, numbers by their value, and what was taken out of the recording matches everything. The same requests get the recorded responses
/// in their order; a GET that is sent more often gets the last one again, and nothing else is played twice. A body that broke off breaks off where it did, and
/// what had no response is a failure of the connection, also where its caller had canceled it.
/// </summary>
/// <remarks>
/// A request that was not recorded gets a 400 whose body says which recorded request is the nearest, and in what it differs. It is in
/// <see cref="Unmatched"/> too.
/// </remarks>
public sealed class ReplayHandler : HttpMessageHandler
{
    /// <summary>The header of the response to a request that was not recorded.</summary>
    internal const string UnmatchedHeader = "x-zoetrope-replay";

    private readonly ReplayFixture _fixture;
    private readonly long[] _prefixes;
    private readonly ReplayOptions _options;
    private readonly RequestMatcher _matcher;
    private readonly List<string> _unmatched = [];
    private readonly Lock _gate = new();

    /// <summary>Creates a handler.</summary>
    /// <param name="fixture">What is played back.</param>
    /// <param name="options">How; null for at once.</param>
    public ReplayHandler(ReplayFixture fixture, ReplayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        _fixture = fixture;
        _options = options ?? new();
        _prefixes = [.. fixture.Exchanges.Select(exchange => exchange.Body).OfType<FixtureBody.Digest>().Where(body => body.IsPart)
            .Select(body => body.Length).Distinct().Order()];
        _matcher = new(fixture.Exchanges, new(new(_options.SecretNames), []));
    }

    /// <summary>What is wrong with each request that was not recorded, oldest first.</summary>
    public IReadOnlyList<string> Unmatched
    {
        get
        {
            lock (_gate)
                return [.. _unmatched];
        }
    }

    /// <summary>How many recorded requests have not been sent yet.</summary>
    public int Left => _matcher.Left;

    /// <summary>Changes the texts of responses before they are sent.</summary>
    internal Func<string, string> Rewrite { get; init; } = text => text;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var start = _options.TimeProvider.GetTimestamp();
        var exchange = _matcher.Find(await ReadAsync(request, cancellationToken), out var problem);
        if (exchange is { Response.Body: FixtureBody.Digest { Length: var length } })
            problem = $"The response to {exchange.Method} {exchange.Url} had {length} bytes, which were too many to be recorded: raise MaxBodyBytes.";
        if (exchange is null || problem is not null)
            return Refuse(request, problem!);
        if (exchange.Response is not { } recorded)
        {
            await WaitAsync(exchange.Failure!.AfterMs, cancellationToken);
            throw PlayedContent.Fail(exchange.Failure);
        }
        await WaitAsync(recorded.AfterMs, cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)recorded.Status)
        {
            RequestMessage = request,
            Content = new PlayedContent(exchange, Rewrite, WaitAsync),
        };
        foreach (var (name, value) in recorded.Headers.Where(header => !PlayedContent.IsLength(header.Key)))
        {
            var text = Rewrite(value);
            if (!response.Headers.TryAddWithoutValidation(name, text))
                response.Content.Headers.TryAddWithoutValidation(name, text);
        }
        return response;

        Task WaitAsync(long afterMs, CancellationToken ct)
        {
            var left = TimeSpan.FromMilliseconds(afterMs) - _options.TimeProvider.GetElapsedTime(start);
            return _options.OriginalTiming && left > TimeSpan.Zero ? Task.Delay(left, _options.TimeProvider, ct) : Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests are played back when they are sent with SendAsync.");

    private async Task<SentRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var contentType = request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var values) == true ? values.ToString() : null;
        var captured = new CapturedBody(_fixture.MaxBodyBytes, () => 0, contentType, _prefixes);
        if (request.Content is { } content)
        {
            using var read = new CapturedContent(content, captured);
            await read.CopyToAsync(Stream.Null, cancellationToken);
        }
        captured.Complete();
        var sent = captured.Take();
        return new(request.Method.Method, request.RequestUri!.AbsoluteUri, BodyReader.ReadRequest(sent), BodyReader.IsForm(contentType))
        {
            Length = sent.Length,
            Sha256 = sent.Sha256,
            Prefixes = sent.Prefixes,
        };
    }

    private HttpResponseMessage Refuse(HttpRequestMessage request, string problem)
    {
        lock (_gate)
        {
            _unmatched.Add(problem);
            _options.Log?.WriteLine(problem);
        }
        // The word of fal, of Eachlabs and of most others for what is wrong.
        var body = new JsonObject { ["detail"] = problem, ["message"] = problem, ["error"] = problem };
        var response = new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(body)),
        };
        response.Content.Headers.ContentType = new("application/json");
        response.Headers.Add(UnmatchedHeader, "unmatched");
        return response;
    }
}
