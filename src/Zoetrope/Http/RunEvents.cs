using System.Runtime.CompilerServices;
using Zoetrope.Jobs;

namespace Zoetrope.Http;

/// <summary>
/// The events of one billed run, which is sent when they are enumerated. They can be enumerated once: a second enumeration would be a second run, which is
/// paid for, too.
/// </summary>
/// <typeparam name="TStream">The response, which closes its connection when it is disposed.</typeparam>
/// <typeparam name="TEvent">The type of an event.</typeparam>
/// <param name="provider">The provider.</param>
/// <param name="endpointId">The id of the model.</param>
/// <param name="open">Sends the request, and returns its response once that begins.</param>
/// <param name="read">Reads the events of the response.</param>
/// <param name="requestId">The provider's id of the exchange.</param>
/// <param name="caller">The caller's token, besides that of the enumeration.</param>
public sealed class RunEvents<TStream, TEvent>(
    string provider, string endpointId, Func<CancellationToken, Task<TStream>> open, Func<TStream, CancellationToken, IAsyncEnumerable<TEvent>> read,
    Func<TStream, string?> requestId, CancellationToken caller) : IAsyncEnumerable<TEvent>
    where TStream : class, IDisposable
{
    private int _isTaken;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The events were enumerated before.</exception>
    public IAsyncEnumerator<TEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isTaken, 1) == 0
            ? EventsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException(
                "The events of this run were enumerated before. Enumerating them again would run the model again, and be billed again: call the method again "
                    + "for another run.");

    private async IAsyncEnumerable<TEvent> EventsAsync([EnumeratorCancellation] CancellationToken enumerator)
    {
        using var both = caller.CanBeCanceled && enumerator.CanBeCanceled && caller != enumerator
            ? CancellationTokenSource.CreateLinkedTokenSource(caller, enumerator)
            : null;
        var token = both?.Token ?? (caller.CanBeCanceled ? caller : enumerator);
        using var stream = await open(token).ConfigureAwait(false);
        // A caller that does not enumerate any further when it cancels still ends the connection at once.
        await using var cancellation = token.UnsafeRegister(static stream => ((IDisposable)stream!).Dispose(), stream).ConfigureAwait(false);
        var events = read(stream, token).GetAsyncEnumerator(token);
        await using var end = events.ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync().ConfigureAwait(false))
                    break;
            }
            catch (Exception exception) when (token.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException)
            {
                // The registration above may have closed the response before its first read.
                // The model has begun: who runs it again pays again.
                throw new SubmitCanceledException(provider, endpointId, token, requestId: requestId(stream));
            }
            yield return events.Current;
        }
    }
}
