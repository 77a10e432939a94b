namespace Zoetrope.Fal;

/// <summary>The events of one run: a second enumeration would be a second run, which is paid for, too.</summary>
internal sealed class FalRunEvents<TEvent>(Func<CancellationToken, IAsyncEnumerable<TEvent>> run) : IAsyncEnumerable<TEvent>
{
    private int _isTaken;

    public IAsyncEnumerator<TEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isTaken, 1) == 0
            ? run(cancellationToken).GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException(
                "The events of this run were enumerated before. Enumerating them again would run the model again, and be billed again: call the method again "
                    + "for another run.");
}
