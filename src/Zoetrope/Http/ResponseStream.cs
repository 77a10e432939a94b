using Zoetrope.Errors;
using Zoetrope.Streams;
using Zoetrope.Time;

namespace Zoetrope.Http;

/// <summary>
/// The body of a streamed response: it has a minimum speed, a deadline and a limit, and failures are <see cref="TransportException"/>s.
/// </summary>
internal sealed class ResponseStream(
    Stream inner, TransportResponse head, string subject, TransferPace pace, long limit, TimeProvider time, CancellationToken disposal) : ForwardStream
{
    private long _total;
    private volatile bool _isDisposed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (pace.Left <= TimeSpan.Zero)
            throw head.Fail($"{subject} {pace.Problem()}.", TransportFailure.TimedOut);
        using var deadline = new Deadline(pace.Left, time, cancellationToken, disposal);
        var start = time.GetTimestamp();
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (OperationCanceledException exception) when (deadline.IsStopped)
        {
            throw head.Fail($"{subject} was not read to its end: the client was disposed.", TransportFailure.Broken, exception);
        }
        catch (OperationCanceledException exception)
        {
            throw head.Fail($"{subject} {pace.Problem()}.", TransportFailure.TimedOut, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw head.Fail($"{subject} broke off: {exception.Message}", TransportFailure.Broken, exception);
        }
        // A concurrently disposed stream reports its end, and what was read would look complete.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        pace.Received(buffer.Span[..read], time.GetElapsedTime(start));
        _total += read;
        if (_total <= limit)
            return read;
        throw head.Fail(
            $"{subject} sent more than {limit} bytes, the maximum that this client accepts "
                + $"({nameof(ClientOptions.MaxDownloadBytes)}).", TransportFailure.TooLarge);
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
