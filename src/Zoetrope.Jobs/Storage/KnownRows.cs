namespace Zoetrope.Jobs.Storage;

/// <summary>The jobs of a ledger that were not added again, by what they are recognized by: a batch that is resumed has tens of thousands.</summary>
internal sealed class KnownRows
{
    private readonly Dictionary<string, LedgerJob> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerJob> _byKey = new(StringComparer.Ordinal);

    private KnownRows()
    {
    }

    /// <summary>Reads them with one query.</summary>
    public static async Task<KnownRows> ReadAsync(SqlSession session, IReadOnlyList<LedgerJob> jobs)
    {
        var ids = jobs.Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
        var keys = jobs.SelectMany(job => job.OtherKeys.Select(static other => other.Key).Append(job.UniqueKey).Append(job.InputKey))
            .OfType<string>().ToHashSet(StringComparer.Ordinal);
        // An index serves each half.
        var which = $"id IN ({Names(1, ids.Count)})" + (keys.Count == 0 ? "" : $" OR unique_key IN ({Names(1 + ids.Count, keys.Count)})");
        var found = await session.QueryAsync($"SELECT {SqlRow.Columns} FROM jobs WHERE {which}", SqlRow.Read, [.. ids, .. keys]).ConfigureAwait(false);
        var rows = new KnownRows();
        foreach (var (job, _) in found)
            rows.Add(job);
        return rows;
    }

    /// <summary>Adds one, or replaces it by what it is now.</summary>
    public void Add(LedgerJob job)
    {
        _byId[job.Id] = job;
        if (job.UniqueKey is { } key)
            _byKey[key] = job;
    }

    /// <summary>
    /// The job that is there in place of another: by its id, by its own key, by that of its input alone, or by one of what would be the same job.
    /// </summary>
    public LedgerJob Of(LedgerJob job) => _byId.GetValueOrDefault(job.Id) ?? ByKey(job.UniqueKey) ?? ByKey(job.InputKey) ?? ByOtherKey(job)
        ?? throw new LedgerException($"The job {job.Id} was removed meanwhile, or recorded at another provider: record it once more.");

    private LedgerJob? ByOtherKey(LedgerJob job) => job.OtherKeys
        .Select(other => ByKey(other.Key) is { } found && found.Provider == other.Provider ? found : null)
        .FirstOrDefault(found => found is not null);

    private LedgerJob? ByKey(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    private static string Names(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(i => FormattableString.Invariant($"${i}")));
}
