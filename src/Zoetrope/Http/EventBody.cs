using Zoetrope.Errors;
using Zoetrope.Streams;

namespace Zoetrope.Http;

/// <summary>
/// A body of server-sent events. At its end, and where it breaks off, it finishes an event that is unfinished, so that the parser gives it up instead of
/// discarding it, and says so.
/// </summary>
/// <param name="inner">The body.</param>
/// <param name="limit">The number of bytes between two events after which no more are read.</param>
/// <param name="idle">A token that is canceled when the next event was waited for too long, or the caller canceled.</param>
/// <param name="caller">The caller's token.</param>
internal sealed class EventBody(Stream inner, long limit, CancellationToken idle, CancellationToken caller) : ForwardStream
{
    private long _since;
    private byte _last;
    private byte _beforeLast;
    private bool _isFinished;
    private volatile bool _isDisposed;

    /// <summary>Whether everything was received, so that what the parser finds now is unfinished.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why the body broke off; null where it did not. It is a cancellation where the next event did not come in time.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether an event is larger than the limit.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Begins to count the bytes of the next event.</summary>
    public void FoundEvent() => _since = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isFinished || buffer.IsEmpty)
            return 0;
        var read = 0;
        // What was read before may contain the end of the event.
        IsTooLarge |= _since > limit;
        if (!IsOver && !IsTooLarge)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                read = await inner.ReadAsync(buffer, idle).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or TransportException || IsIdle(exception))
            {
                Failure = exception;
            }
            // A concurrently disposed body reports its end, and the events would look complete.
            ObjectDisposedException.ThrowIf(_isDisposed, this);
        }
        return read > 0 ? Received(buffer.Span[..read]) : Finish(buffer.Span);
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private bool IsIdle(Exception exception) => exception is OperationCanceledException && !caller.IsCancellationRequested;

    private int Received(ReadOnlySpan<byte> bytes)
    {
        _beforeLast = bytes.Length > 1 ? bytes[^2] : _last;
        _last = bytes[^1];
        _since += bytes.Length;
        return bytes.Length;
    }

    // The end of the last line, and an empty line. An empty line that ends with a carriage return is one already: the parser waits for what follows it.
    private int Finish(Span<byte> buffer)
    {
        if (!IsOver && _last == '\r' && _beforeLast is (byte)'\r' or (byte)'\n')
        {
            buffer[0] = (byte)'\n';
            (_last, _beforeLast) = ((byte)'\n', (byte)'\n');
            return 1;
        }
        if (!IsOver)
        {
            IsOver = true;
            buffer[0] = (byte)'\n';
            return 1;
        }
        _isFinished = true;
        buffer[0] = (byte)'\n';
        return 1;
    }
}
