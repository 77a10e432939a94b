namespace Zoetrope.Jobs.Storage;

/// <summary>
/// What a transaction writes last: the history, and the sums of what is spent. Transactions do this one after the other, so that the entries of the history
/// become visible in the order of their numbers, and who follows it misses none; and so that those of two processes never wait for each other's sums.
/// </summary>
internal sealed class TransactionEnd
{
    private readonly SortedDictionary<string, (decimal Spent, decimal Reserved)> _sums = new(StringComparer.Ordinal);
    private readonly List<LedgerEvent> _events = [];
    private readonly List<(string Provider, long At)> _sentAgain = [];

    /// <summary>Adds an entry to the history of a job.</summary>
    public void Record(LedgerJob job, DateTimeOffset at, LedgerEventKind kind, string? text)
    {
        _events.Add(new LedgerEvent(0, job.Id, job.Version, at, kind, text));
        if (kind == LedgerEventKind.SentAgain)
            _sentAgain.Add((job.Provider, at.ToUnixTimeMilliseconds()));
    }

    /// <summary>When jobs of a provider were sent again, by the entries that are to be written.</summary>
    public IEnumerable<long> SentAgain(string provider) => _sentAgain.Where(one => one.Provider == provider).Select(one => one.At);

    /// <summary>The texts of the entries that are to be written to the history of a job.</summary>
    public IEnumerable<string> TextsOf(string id) => _events.Where(entry => entry.JobId == id && entry.Text is not null).Select(entry => entry.Text!);

    /// <summary>Takes note of what a change of a job changes in the sums.</summary>
    /// <param name="before">The job before it; null where it is new.</param>
    /// <param name="after">The job after it.</param>
    /// <param name="isReset">Whether the job begins anew.</param>
    public void Count(LedgerJob? before, LedgerJob after, bool isReset = false)
    {
        if (before is null && after is { Spent: 0, Reserved: 0 })
            return;
        if (before is not null)
            Add(before, -1, isReset);
        Add(after, 1, isReset);
    }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => _events.Count == 0 && _sums.Values.All(sum => sum == default);

    /// <summary>What this transaction has changed in a sum so far.</summary>
    public (decimal Spent, decimal Reserved) Of(SpendScope scope) => _sums.GetValueOrDefault(scope.Name);

    /// <summary>The scopes in which there is more room than before.</summary>
    public IReadOnlyList<string> Freed() => [.. _sums.Where(sum => sum.Value.Spent + sum.Value.Reserved < 0).Select(sum => sum.Key)];

    /// <summary>Forgets what an earlier transaction has written.</summary>
    public void Clear()
    {
        _sums.Clear();
        _events.Clear();
        _sentAgain.Clear();
    }

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(SqlSession session)
    {
        foreach (var (scope, (spent, reserved)) in _sums.Where(sum => sum.Value != default))
        {
            await session.ExecuteAsync(
                "INSERT INTO spend(scope, spent, reserved) VALUES($1, $2, $3) ON CONFLICT(scope) DO UPDATE SET spent = spend.spent + excluded.spent, "
                    + "reserved = spend.reserved + excluded.reserved",
                scope,
                SqlRow.Billionths(spent),
                SqlRow.Billionths(reserved)).ConfigureAwait(false);
        }
        await session.ExecuteManyAsync(
            "INSERT INTO events(job, version, at, kind, text) VALUES($1, $2, $3, $4, $5)", _events.ConvertAll(ValuesOf)).ConfigureAwait(false);
    }

    private static object?[] ValuesOf(LedgerEvent entry) =>
        [entry.JobId, entry.Version, entry.At.ToUnixTimeMilliseconds(), (long)entry.Kind, entry.Text];

    private void Add(LedgerJob job, int sign, bool isReset)
    {
        foreach (var scope in SpendScope.Of(job))
        {
            // A day keeps what was spent on it; a job that is sent again on another day costs again there.
            if (isReset && scope.IsDay)
                continue;
            var own = scope.IsDay ? job.Spent - job.EarlierCost : job.Spent;
            var (spent, reserved) = _sums.GetValueOrDefault(scope.Name);
            _sums[scope.Name] = (spent + (sign * own), reserved + (sign * job.Reserved));
        }
    }
}
