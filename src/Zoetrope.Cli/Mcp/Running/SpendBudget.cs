namespace Zoetrope.Cli.Mcp.Running;

/// <summary>
/// What the jobs of a server's run may cost together, in US dollars. What a job may cost at most is set aside before it is sent, so that jobs at the same time
/// do not count the same room.
/// </summary>
/// <param name="limit">The most; null for no limit.</param>
internal sealed class SpendBudget(decimal? limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _jobs = new(StringComparer.Ordinal);

    /// <summary>The most; null for no limit.</summary>
    public decimal? Limit => limit;

    /// <summary>What is neither spent nor set aside; null for no limit.</summary>
    public decimal? Left
    {
        get
        {
            lock (_lock)
                return limit is { } most ? Math.Max(0, most - _jobs.Values.Sum(job => job.Amount)) : null;
        }
    }

    /// <summary>The jobs whose cost is not known yet, and whether that is because they have no price.</summary>
    public IReadOnlyList<(string Job, bool IsUnpriced)> Open
    {
        get
        {
            lock (_lock)
                return [.. _jobs.Where(job => job.Value.IsOpen).Select(job => (job.Key, job.Value.IsUnpriced))];
        }
    }

    /// <summary>
    /// Sets an amount aside for a job that is about to be sent. Of a job without a price no amount holds the limit, so it needs some of it to be left, and no
    /// other one of them to be on its way.
    /// </summary>
    /// <param name="job">What the job is recognized by.</param>
    /// <param name="earlier">What its earlier attempts have cost.</param>
    /// <param name="ceiling">What this attempt may cost at most; null where that is not known.</param>
    /// <param name="cancel">Takes it back: the job was not accepted, and what counted before counts again.</param>
    /// <returns>Whether it is within the limit.</returns>
    public bool TryReserve(string job, decimal earlier, decimal? ceiling, out Action cancel)
    {
        lock (_lock)
        {
            var known = _jobs.TryGetValue(job, out var before) ? before : (Entry?)null;
            cancel = () => Restore(job, known);
            var others = _jobs.Where(other => other.Key != job).Select(other => other.Value).ToList();
            if (limit is { } most)
            {
                var spent = others.Sum(other => other.Amount) + earlier;
                if (ceiling is { } amount ? spent + amount > most : spent >= most || others.Exists(other => other is { IsOpen: true, IsUnpriced: true }))
                    return false;
            }
            _jobs[job] = new Entry(earlier + (ceiling ?? 0), IsOpen: true, ceiling is null);
            return true;
        }
    }

    /// <summary>Counts what a job of this run has cost in place of what was set aside.</summary>
    public void Settle(string job, decimal spent)
    {
        lock (_lock)
        {
            if (_jobs.ContainsKey(job))
                _jobs[job] = new Entry(spent, IsOpen: false, IsUnpriced: false);
        }
    }

    private void Restore(string job, Entry? before)
    {
        lock (_lock)
        {
            if (before is { } entry)
                _jobs[job] = entry;
            else
                _jobs.Remove(job);
        }
    }

    private readonly record struct Entry(decimal Amount, bool IsOpen, bool IsUnpriced);
}
