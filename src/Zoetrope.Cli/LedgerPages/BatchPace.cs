namespace Zoetrope.Cli.LedgerPages;

/// <summary>How fast the jobs of a batch finish, as it was observed lately.</summary>
internal sealed class BatchPace
{
    // Long enough for jobs that take minutes, short enough to follow a change.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly List<(TimeSpan At, long Finished)> _seen = [];
    private long _last;

    /// <summary>Takes a look into account, and estimates the time that is left.</summary>
    /// <param name="at">When, from any fixed point on.</param>
    /// <param name="finished">The number of jobs that have finished.</param>
    /// <param name="rest">The number of those that will finish by themselves.</param>
    /// <returns>The time; null where none has finished since the first look, or nothing is left.</returns>
    public TimeSpan? Observe(TimeSpan at, long finished, long rest)
    {
        // A retry takes jobs back.
        if (_last > finished)
            _seen.Clear();
        if (_seen.Count == 0 || _last != finished)
            _seen.Add((at, finished));
        _last = finished;
        // The window begins with what was seen last before it. Where jobs take longer than it, the time between two of them is all that is known.
        var old = Math.Min(_seen.FindLastIndex(seen => at - seen.At > Window), _seen.Count - 2);
        if (old > 0)
            _seen.RemoveRange(0, old);
        var (since, before) = _seen[0];
        return finished > before && rest > 0 ? (at - since) / (finished - before) * rest : null;
    }
}
