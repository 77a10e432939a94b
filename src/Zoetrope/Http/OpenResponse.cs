using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Zoetrope.Errors;
using Zoetrope.Http.Compression;
using Zoetrope.Time;

namespace Zoetrope.Http;

/// <summary>
/// A response whose headers were received and whose body is read while it arrives. Dispose it: a body that was not read to its end closes its connection.
/// </summary>
public sealed class OpenResponse : IDisposable
{
    private readonly HttpResponseMessage _message;
    private readonly TransportResponse _head;
    private readonly Stream _body;
    private readonly string _subject;
    private readonly long _limit;
    private readonly TimeProvider _time;
    private readonly CancellationToken _disposal;
    private Stream? _opened;
    private volatile bool _isDisposed;

    private OpenResponse(HttpResponseMessage message, TransportResponse head, Stream body, string subject, ClientOptions options, CancellationToken disposal)
    {
        _message = message;
        _head = head;
        _subject = subject;
        _limit = Math.Min(options.MaxResponseBytes, ReceivedBody.Largest);
        _time = options.TimeProvider;
        _disposal = disposal;
        _body = ContentCoding.Open(body, message.Content.Headers, long.MaxValue);
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode => _head.StatusCode;

    /// <summary>The media type of the body, such as <c>text/event-stream</c>; null where it is not declared.</summary>
    public string? ContentType => _head.ContentType;

    internal static async Task<OpenResponse> OfAsync(
        TransportResponse head, string subject, ClientOptions options, CancellationToken disposal, CancellationToken ct)
    {
        var message = head.Message!;
        try
        {
            return new OpenResponse(message, head, await message.Content.ReadAsStreamAsync(ct).ConfigureAwait(false), subject, options, disposal);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Returns a header's value (the first, where there are several); null where the header is missing.</summary>
    public string? Header(string name) => _head.Header(name);

    /// <summary>Returns the head of this response with a body, such as one event, for readers of complete responses.</summary>
    /// <param name="body">The body.</param>
    public TransportResponse With(ReadOnlyMemory<byte> body) => _head.With(body);

    /// <summary>
    /// Opens the body as a stream of bytes. The body is read once, as bytes or as events. Reads throw a <see cref="TransportException"/> when it fails.
    /// </summary>
    /// <param name="idle">The longest time to wait for the next bytes.</param>
    /// <exception cref="InvalidOperationException">The body was opened before.</exception>
    public Stream OpenBody(TimeSpan idle) => Open(
        new ResponseStream(
            _body, _head, _subject, new TransferPace(idle, bytesPerSecond: 0, Timeout.InfiniteTimeSpan, isText: false, _time), long.MaxValue, _time,
            _disposal));

    /// <summary>Reads the body into memory.</summary>
    /// <param name="idle">The longest time to wait for the next bytes.</param>
    /// <param name="cancellationToken">A token to cancel the operation, which closes the connection.</param>
    /// <exception cref="TransportException">The body breaks off, is too slow, or is larger than the client's limit; it has what was received.</exception>
    public async Task<TransportResponse> ReadToEndAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        var body = OpenBody(idle);
        var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                var room = _limit - received.Length;
                received.Write(buffer, 0, (int)Math.Min(read, room));
                if (read > room)
                    throw TooLarge(default);
            }
        }
        catch (TransportException exception)
        {
            _head.AttachPart(exception, received.ToArray());
            throw;
        }
        return With(_head.WithoutKey(received.GetBuffer().AsMemory(0, (int)received.Length)));
    }

    /// <summary>
    /// Reads the body as server-sent events, each as it arrives. The stream ends with its body, or with the event <c>[DONE]</c> of OpenAI-compatible services.
    /// Comments and events without data, which keep a connection open, are skipped.
    /// </summary>
    /// <remarks>
    /// An event is finished by an empty line. One that is not, at the end of the stream, is not an event by the rules of server-sent events; as it may be what
    /// was paid for, the stream then ends with a <see cref="TransportException"/> that has it in <see cref="TransportException.Body"/>.
    /// </remarks>
    /// <param name="parse">Reads an event from its type and its data; an exception that is not a <see cref="ZoetropeException"/> means that it cannot.</param>
    /// <param name="idle">The longest time to wait for the next event; comments and events without data do not restart it.</param>
    /// <param name="cancellationToken">A token to end the stream, which closes the connection.</param>
    /// <exception cref="TransportException">
    /// The stream breaks off, waits too long, or has an event that cannot be read or is too large; it has what was received of the event.
    /// </exception>
    /// <exception cref="InvalidOperationException">The body was opened before.</exception>
    public async IAsyncEnumerable<T> ReadEventsAsync<T>(
        SseItemParser<T> parse, TimeSpan idle, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parse);
        using var deadline = new Deadline(Timeout.InfiniteTimeSpan, _time, cancellationToken, _disposal);
        var body = new EventBody(_body, _limit, deadline.Token, cancellationToken);
        Open(body);
        var events = SseParser.Create(
            body,
            (type, data) => ReceivedEvent<T>.Of(type, _head.Redactor is { } redactor ? redactor.RedactText(data) : data, parse, body.IsOver))
            .EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var end = events.ConfigureAwait(false);
        var left = idle;
        for (var count = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isEvent;
            try
            {
                var next = events.MoveNextAsync();
                if (next.IsCompleted)
                {
                    isEvent = await next.ConfigureAwait(false);
                }
                else
                {
                    // A timer for each wait, not for each event. The caller's own work does not count.
                    var start = _time.GetTimestamp();
                    deadline.Restart(left);
                    isEvent = await next.ConfigureAwait(false);
                    deadline.Restart(Timeout.InfiniteTimeSpan);
                    left -= _time.GetElapsedTime(start);
                }
            }
            catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not ZoetropeException)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            if (!isEvent && (body.IsTooLarge || body.Failure is not null))
                throw BrokenOff(body, count, idle, default);
            if (!isEvent)
                yield break;
            body.FoundEvent();
            var received = events.Current.Data;
            if (received.Kind == EventKind.Done)
            {
                IsDone = true;
                yield break;
            }
            if (received.Kind == EventKind.Nothing)
                continue;
            if (received.Kind == EventKind.Unfinished)
                throw BrokenOff(body, count, idle, received.Data);
            if (received.Kind == EventKind.Unreadable)
                throw Unreadable(received.Problem!, count, received.Data);
            count++;
            left = idle;
            yield return received.Value;
        }
    }

    /// <summary>Whether the event <c>[DONE]</c> has ended the stream, which some services promise.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Creates an exception about this response: without the key, with the id of the exchange and what was received.</summary>
    /// <param name="problem">What is wrong, after the name of the response.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="received">What was received, such as an event.</param>
    /// <param name="cause">The exception that was thrown.</param>
    public TransportException Fail(string problem, TransportFailure failure, ReadOnlyMemory<byte> received = default, Exception? cause = null)
    {
        var response = With(received);
        response.IsPart = failure is TransportFailure.Broken or TransportFailure.TimedOut or TransportFailure.TooLarge;
        return response.Fail($"{_subject} {problem}", failure, cause);
    }

    /// <summary>Closes the response. A read that is under way fails.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        // Before what it reads, whose end it would take for that of the body.
        _opened?.Dispose();
        _body.Dispose();
        _message.Dispose();
    }

    private Stream Open(Stream stream)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Interlocked.CompareExchange(ref _opened, stream, null) is null
            ? stream
            : throw new InvalidOperationException("The response was read before: its body arrives once.");
    }

    private TransportException BrokenOff(EventBody body, int count, TimeSpan idle, byte[]? received) => body switch
    {
        { IsTooLarge: true } => TooLarge(received),
        { Failure: OperationCanceledException disposal } when _disposal.IsCancellationRequested =>
            Fail($"was not read to its end, after {count} events: the client was disposed.", TransportFailure.Broken, received, disposal),
        { Failure: OperationCanceledException silence } =>
            Fail($"sent no event for {idle.ToString()}, after {count} events.", TransportFailure.TimedOut, received, silence),
        { Failure: { } failure } => Fail($"broke off after {count} events: {failure.Message}", TransportFailure.Broken, received, failure),
        _ => Fail($"ended in an event that no empty line finished, after {count} events.", TransportFailure.Broken, received),
    };

    private Exception Unreadable(Exception cause, int count, byte[]? data) =>
        cause as ZoetropeException
        ?? Fail($"sent an event that cannot be read, after {count} events: {cause.Message}", TransportFailure.Malformed, data, cause);

    private TransportException TooLarge(byte[]? received) => Fail(
        $"sent more than {_limit} bytes, the maximum that is read at once ({nameof(ClientOptions.MaxResponseBytes)}).", TransportFailure.TooLarge, received);
}
