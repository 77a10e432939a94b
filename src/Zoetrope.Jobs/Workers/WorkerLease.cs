namespace Zoetrope.Jobs.Workers;

/// <summary>A worker's right to its jobs, for a time that is extended while it lives.</summary>
/// <param name="length">The time from each extension.</param>
internal sealed class WorkerLease(TimeSpan length) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private long _extended = TimeProvider.System.GetTimestamp();

    /// <summary>The worker, by a name that is never used again.</summary>
    public string Owner { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Canceled when the lease is lost: nothing is begun any more.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>
    /// Whether there is surely time left to begin a submit. The time is measured from before the extension was requested, and goes on while the process is
    /// frozen.
    /// </summary>
    public bool IsSafe => !_lost.IsCancellationRequested && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _extended)) < length / 2;

    /// <summary>Notes an extension.</summary>
    /// <param name="requested">The timestamp before it was requested.</param>
    public void Extended(long requested) => Volatile.Write(ref _extended, requested);

    /// <summary>Notes that others have the jobs now.</summary>
    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();
}
