using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zoetrope.Simulator.Replay;

/// <summary>The body of a recorded response, which comes at once or at its recorded times.</summary>
internal sealed class PlayedContent : StreamContent
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Creates the body.</summary>
    /// <param name="exchange">The exchange, which has a response.</param>
    /// <param name="rewrite">Changes texts before they are sent.</param>
    /// <param name="wait">Waits until so many milliseconds after the request.</param>
    public PlayedContent(FixtureExchange exchange, Func<string, string> rewrite, Func<long, CancellationToken, Task> wait)
        : this(exchange, Parts(exchange.Response!, rewrite), wait)
    {
    }

    private PlayedContent(FixtureExchange exchange, List<(long AfterMs, byte[] Bytes)> parts, Func<long, CancellationToken, Task> wait)
        : base(new PlayedStream(parts, exchange.Failure, wait))
    {
        var length = parts.Sum(part => (long)part.Bytes.Length);
        var hasNoBody = exchange.Method == "HEAD" || exchange.Response!.Status is 204 or 304;
        // What is not in the fixture is longer than what is.
        if ((hasNoBody || exchange.Failure is not null) && Recorded(exchange.Response!) is { } recorded && recorded > length)
            Headers.ContentLength = recorded;
        else if (exchange.Failure is null && parts.Count <= 1)
            Headers.ContentLength = length;
    }

    /// <summary>The exception of a recorded failure.</summary>
    public static HttpRequestException Fail(FixtureFailure failure) => new(failure.Error, failure.Message);

    private static long? Recorded(FixtureResponse response) =>
        long.TryParse(response.Headers.FirstOrDefault(header => IsLength(header.Key)).Value, CultureInfo.InvariantCulture, out var length) ? length : null;

    /// <summary>Whether a header is the length of the body, which is played back as the body is.</summary>
    public static bool IsLength(string header) => header.Equals(FixtureResponse.LengthHeader, StringComparison.OrdinalIgnoreCase);

    private static List<(long AfterMs, byte[] Bytes)> Parts(FixtureResponse response, Func<string, string> rewrite) => response.Body switch
    {
        null => [],
        FixtureBody.Json json => [(0, Encoding.UTF8.GetBytes(rewrite(json.Value?.ToJsonString(Compact) ?? "null")))],
        FixtureBody.Text text => [(0, Encoding.UTF8.GetBytes(rewrite(text.Value)))],
        FixtureBody.Bytes bytes => [(0, bytes.Value)],
        FixtureBody.Events events => [.. events.Items.Select(item => (item.AfterMs, Encoding.UTF8.GetBytes(rewrite(item.Text))))],
        var body => throw new NotSupportedException($"A response cannot be played back from {body.GetType().Name}."),
    };

    private sealed class PlayedStream(
        List<(long AfterMs, byte[] Bytes)> parts, FixtureFailure? failure, Func<long, CancellationToken, Task> wait) : PassingStream(null)
    {
        private int _part;
        private int _at;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (_part < parts.Count)
            {
                var (afterMs, bytes) = parts[_part];
                if (_at == 0)
                    await wait(afterMs, cancellationToken);
                if (_at < bytes.Length)
                {
                    var count = Math.Min(buffer.Length, bytes.Length - _at);
                    bytes.AsMemory(_at, count).CopyTo(buffer);
                    _at += count;
                    return count;
                }
                _part++;
                _at = 0;
            }
            if (failure is null)
                return 0;
            await wait(failure.AfterMs, cancellationToken);
            throw new HttpIOException(failure.Error, failure.Message);
        }
    }
}
