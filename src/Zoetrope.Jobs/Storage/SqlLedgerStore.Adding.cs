namespace Zoetrope.Jobs.Storage;

/// <content>New jobs, and jobs of another ledger.</content>
public abstract partial class SqlLedgerStore
{
    private const int AddedAtOnce = 500;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerJob>> AddAsync(
        IReadOnlyList<LedgerJob> jobs, LedgerEventKind kind = LedgerEventKind.Intended, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return _writes.RunAsync((session, op) => AddAsync(session, jobs, kind, op.Id), cancellationToken);
    }

    private async Task<IReadOnlyList<LedgerJob>> AddAsync(SqlSession session, IReadOnlyList<LedgerJob> given, LedgerEventKind kind, string op)
    {
        var now = await NowAsync(session).ConfigureAwait(false);
        var isNew = kind == LedgerEventKind.Intended;
        var insert = isNew ? SqlInsert.New : SqlInsert.Whole;
        var jobs = given.ToArray();
        var stored = new LedgerJob[jobs.Length];
        var known = new List<int>();
        // All of them before those that exist are changed, and in the order of what may be only once, or two that add the same jobs could wait for each other.
        // Where only one adds at a time, rows that are claimed together stay together.
        var storedKeys = await OtherKeysAsync(session, jobs).ConfigureAwait(false);
        known.AddRange(Enumerable.Range(0, jobs.Length).Where(i => (jobs[i].InputKey is { } key && storedKeys.ContainsKey(key))
            || jobs[i].OtherKeys.Any(other => storedKeys.GetValueOrDefault(other.Key) == other.Provider)));
        var left = Enumerable.Range(0, jobs.Length).Except(known).ToList();
        known.AddRange(ListedJobs.FindSame(jobs, left, storedKeys));
        IEnumerable<int> order = left.Except(known).ToList();
        if (dialect.Lock.Length > 0)
            order = order.OrderBy(i => jobs[i].UniqueKey, StringComparer.Ordinal);
        foreach (var positions in order.Chunk(AddedAtOnce))
        {
            var rows = Array.ConvertAll(positions, i => insert.ValuesOf(jobs[i], now, op));
            var added = await session.ExecuteManyAsync(insert.Sql, rows).ConfigureAwait(false);
            for (var row = 0; row < rows.Length; row++)
            {
                var job = jobs[positions[row]];
                if (added[row] == 0)
                {
                    known.Add(positions[row]);
                    continue;
                }
                session.End.Record(job, now, kind, null);
                // Nobody has been notified of it here.
                if (!isNew && job.State == LedgerState.InDoubt)
                    session.End.Record(job, now, LedgerEventKind.InDoubt, job.Reason);
                session.End.Count(null, job);
                stored[positions[row]] = job with { CreatedAt = isNew ? now : job.CreatedAt, DueAt = now, IsNew = true };
            }
        }
        foreach (var positions in known.Chunk(AddedAtOnce))
        {
            var rows = await KnownRows.ReadAsync(session, Array.ConvertAll(positions, i => jobs[i])).ConfigureAwait(false);
            foreach (var position in positions)
            {
                stored[position] = await KnownAsync(session, jobs[position], rows.Of(jobs[position]), kind, op).ConfigureAwait(false);
                // What comes twice finds what the first has changed.
                rows.Add(stored[position]);
            }
        }
        return stored;
    }

    /// <summary>
    /// The keys other than their own that jobs are in the ledger by, with the providers: those of what would be the same job, and, of jobs with an identity,
    /// those of their input itself: version 1 of the tables knew no other key, and what it has paid for is not paid for again.
    /// </summary>
    private static async Task<Dictionary<string, string>> OtherKeysAsync(SqlSession session, IReadOnlyList<LedgerJob> jobs)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var others = jobs.Where(job => job.InputKey != job.UniqueKey).Select(job => job.InputKey!)
            .Concat(jobs.SelectMany(job => job.OtherKeys).Select(other => other.Key));
        foreach (var keys in others.Distinct().Chunk(AddedAtOnce))
        {
            var names = string.Join(", ", keys.Select((_, i) => $"${1 + i}"));
            var rows = await session.QueryAsync(
                $"SELECT unique_key, provider FROM jobs WHERE unique_key IN ({names})",
                static reader => (Key: reader.GetString(0), Provider: reader.GetString(1)),
                [.. keys]).ConfigureAwait(false);
            foreach (var (key, provider) in rows)
                found[key] = provider;
        }
        return found;
    }

    /// <summary>What becomes of the job that is in the ledger in place of one that was not added.</summary>
    private async Task<LedgerJob> KnownAsync(SqlSession session, LedgerJob job, LedgerJob known, LedgerEventKind kind, string op)
    {
        // The commit of an earlier run of this work, whose end was not seen.
        if (kind == LedgerEventKind.Intended && known.Id == job.Id)
            return known with { IsNew = true };
        if (kind == LedgerEventKind.Imported && (known.Id != job.Id ? job.Attempts > 0 : known.Version < job.Version))
        {
            throw new LedgerException(
                $"The ledger has the job {known.Id} ({known.State}), and the lines have it further on, as {job.Id} ({job.State}): if both went on, it would be "
                    + "paid for twice. Nothing was imported: cancel the job of the ledger, or import into another ledger.");
        }
        if (kind != LedgerEventKind.Intended || known.State != LedgerState.Intended)
            return known;
        // One that is recognized whichever provider runs it: prices and files of this one are not its own.
        if (job.Provider != known.Provider)
            return known;
        // Another job that the batch cannot have as well: what it may cost, and its files, are not those of the known one.
        if (job.IsOnlyOfBatch && job.IdentityHash != known.IdentityHash)
            return known;
        // Files that were uploaded again: what the job refers to may be gone.
        if (job.UploadAccount is not null && job.InputHash != known.InputHash
            && await RenewAsync(session, known.Id, known.Version, job, op).ConfigureAwait(false) is { } renewed)
        {
            return renewed;
        }
        if (job.Ceiling is null || job.Ceiling == known.Ceiling)
            return known;
        // Nothing is set aside for it yet, and what decides whether it is sent reads the row: no version is needed.
        await session.ExecuteAsync("UPDATE jobs SET ceiling = $2 WHERE id = $1 AND state = 0", known.Id, SqlRow.Billionths(job.Ceiling)).ConfigureAwait(false);
        return known with { Ceiling = job.Ceiling };
    }
}
