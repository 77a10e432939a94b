using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zoetrope.Simulator.Replay;

/// <summary>The body of a recorded response, which comes at once or at its recorded times.</summary>
internal sealed class PlayedContent : StreamContent
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the body.</summary>
    /// <param name="exchange">The exchange, which has a response.</param>
    /// <param name="rewrite">Changes texts before they are sent.</param>
    /// <param name="wait">Waits until so many milliseconds after the request.</param>
    public PlayedContent(FixtureExchange exchange, Func<string, string> rewrite, Func<long, CancellationToken, Task> wait)
        : this(Parts(exchange.Response!, rewrite), exchange.Failure, wait)
    {
    }

    private PlayedContent(List<(long AfterMs, byte[] Bytes)> parts, FixtureFailure? failure, Func<long, CancellationToken, Task> wait)
        : base(new PlayedStream(parts, failure, wait))
    {
        if (parts.Count <= 1 && failure is null)
            Headers.ContentLength = parts.Sum(part => part.Bytes.Length);
    }

    /// <summary>The exception of a recorded failure.</summary>
    public static HttpRequestException Fail(FixtureFailure failure) => new(Enum.Parse<HttpRequestError>(failure.Kind), failure.Message);

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
            return failure is null ? 0 : throw new HttpIOException(Enum.Parse<HttpRequestError>(failure.Kind), failure.Message);
        }
    }
}
