namespace Zoetrope.Jobs.Workers;

/// <summary>A worker's right to its jobs, for a time that is extended while it lives.</summary>
/// <param name="length">The time from each extension.</param>
/// <param name="afterStop">How long the worker may wait for the store after it was stopped.</param>
internal sealed class WorkerLease(TimeSpan length, TimeSpan afterStop) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private long _extended = TimeProvider.System.GetTimestamp();
    private long _extendedAt = Now;
    private long? _stopped;

    /// <summary>The worker, by a name that is never used again.</summary>
    public string Owner { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Canceled when the lease is lost: nothing is begun any more.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>
    /// Whether there is surely time left to begin a submit. The time is measured from before the extension was requested, and goes on while the process is
    /// frozen; the clock of the day is asked, too, because the other may stand still while the machine sleeps.
    /// </summary>
    public bool IsSafe => !_lost.IsCancellationRequested
        && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _extended)) < length / 2
        && Math.Abs(Now - Volatile.Read(ref _extendedAt)) < length.TotalMilliseconds / 2;

    /// <summary>Whether the worker was stopped so long ago that it must not wait for the store any more.</summary>
    public bool IsAbandoned => _stopped is { } stopped && TimeProvider.System.GetElapsedTime(stopped) > afterStop;

    /// <summary>Notes that the worker is to stop.</summary>
    public void Stop() => _stopped = TimeProvider.System.GetTimestamp();

    /// <summary>Notes an extension.</summary>
    /// <param name="requested">The timestamp before it was requested.</param>
    public void Extended(long requested)
    {
        var ago = TimeProvider.System.GetElapsedTime(requested);
        Volatile.Write(ref _extendedAt, Now - (long)ago.TotalMilliseconds);
        Volatile.Write(ref _extended, requested);
    }

    /// <summary>Notes that others have the jobs now.</summary>
    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
