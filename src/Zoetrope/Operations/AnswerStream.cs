using Zoetrope.Protocol;

namespace Zoetrope.Operations;

/// <summary>
/// The body of a streamed answer: each read has a deadline, the whole has a limit, and what goes wrong is a <see cref="TransportException"/>.
/// </summary>
internal sealed class AnswerStream(Stream inner, TransportResponse head, string place, TimeSpan timeout, long limit, TimeProvider time) : ForwardStream
{
    private long _total;
    private volatile bool _isDisposed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var deadline = new Deadline(timeout, time, cancellationToken);
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw head.Fail($"{place} sent nothing for {timeout}.", TransportFailure.TimedOut, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw head.Fail($"{place} broke off: {exception.Message}", TransportFailure.Broken, exception);
        }
        // A stream that was disposed meanwhile says that it is at its end, and what was read would look complete.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _total += read;
        return _total <= limit ? read : throw head.Fail($"{place} sent more than {limit} bytes, the most that this client takes.", TransportFailure.TooLarge);
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
