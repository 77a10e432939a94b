namespace Zoetrope.Cli.Mcp.Running;

/// <summary>
/// What the jobs of a server's run may cost together, in US dollars. What a job may cost at most is set aside before it is sent, so that jobs at the same time
/// do not count the same room.
/// </summary>
/// <param name="limit">The most; null for no limit.</param>
internal sealed class SpendBudget(decimal? limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, decimal> _amounts = new(StringComparer.Ordinal);

    /// <summary>The most; null for no limit.</summary>
    public decimal? Limit => limit;

    /// <summary>What is neither spent nor set aside; null for no limit.</summary>
    public decimal? Left
    {
        get
        {
            lock (_lock)
                return limit is { } most ? Math.Max(0, most - _amounts.Values.Sum()) : null;
        }
    }

    /// <summary>Sets an amount aside for a job, once.</summary>
    /// <param name="job">What the job is recognized by.</param>
    /// <param name="amount">What it may cost.</param>
    /// <param name="isNew">Whether it was set aside by this call, and not by one before.</param>
    /// <returns>Whether it is within the limit.</returns>
    public bool TryReserve(string job, decimal amount, out bool isNew)
    {
        lock (_lock)
        {
            isNew = false;
            if (_amounts.ContainsKey(job))
                return true;
            if (limit is { } most && _amounts.Values.Sum() + amount > most)
                return false;
            _amounts[job] = amount;
            isNew = true;
            return true;
        }
    }

    /// <summary>Gives back what was set aside for a job that was not accepted.</summary>
    public void Release(string job)
    {
        lock (_lock)
            _amounts.Remove(job);
    }

    /// <summary>Counts what a job of this run has cost in place of what was set aside.</summary>
    public void Settle(string job, decimal spent)
    {
        lock (_lock)
        {
            if (_amounts.ContainsKey(job))
                _amounts[job] = spent;
        }
    }
}
