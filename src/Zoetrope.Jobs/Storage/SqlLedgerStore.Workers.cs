namespace Zoetrope.Jobs.Storage;

/// <content>
/// Which worker has which jobs. A lease is a time in the worker's row, never an open transaction: a process that hangs must not keep a lock, and a poll must
/// not cost a write.
/// </content>
public abstract partial class SqlLedgerStore
{
    private const string Claimed = "id, version, state, provider, handle";

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Providers.Count == 0 || request.Limit <= 0
            ? Task.FromResult<IReadOnlyList<ClaimedJob>>([])
            : _writes.RunAsync((session, op) => ClaimAsync(session, request, op), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ClaimedJob?> ClaimOneAsync(string id, string owner, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (session, op) =>
        {
            var hasLease = await HasLeaseAsync(session, owner).ConfigureAwait(false);
            if (await RowAsync(session, id, dialect.Lock).ConfigureAwait(false) is { Job: var job, WrittenBy: var writtenBy } && writtenBy == op.Id)
                return new ClaimedJob(job.Id, job.Version, job.State, job.Provider, job.Handle);
            if (!hasLease)
                return null;
            var rows = await session.QueryAsync(
                $"UPDATE jobs SET owner = $2, version = version + 1, op = $3 WHERE id = $1 AND owner IS NULL AND state < {(long)LedgerState.Delivered} "
                    + $"RETURNING {Claimed}",
                SqlRow.ReadClaimed,
                id,
                owner,
                op.Id).ConfigureAwait(false);
            return rows is [var claimed] ? claimed : (ClaimedJob?)null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public override Task<bool> RenewAsync(string owner, TimeSpan lease, bool isNew, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (session, _) =>
        {
            var sql = isNew
                ? $"INSERT INTO workers(id, lease) VALUES($1, {dialect.Now} + $2) ON CONFLICT(id) DO UPDATE SET lease = excluded.lease"
                : $"UPDATE workers SET lease = {dialect.Now} + $2 WHERE id = $1";
            return await session.ExecuteAsync(sql, owner, SqlRow.Milliseconds(lease)).ConfigureAwait(false) > 0;
        },
        cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReleaseAsync(string? owner, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (session, op) =>
        {
            // What others are doing for a worker whose lease has ended is left to them; for its own end a worker waits.
            var ended = await session.QueryAsync(
                $"SELECT id FROM workers WHERE lease <= {dialect.Now} AND id <> $1{dialect.LockFree}", static reader => reader.GetString(0), owner ?? "")
                .ConfigureAwait(false);
            if (owner is not null)
            {
                ended.AddRange(await session.QueryAsync(
                    $"SELECT id FROM workers WHERE id = $1{dialect.Lock}", static reader => reader.GetString(0), owner).ConfigureAwait(false));
            }
            var count = 0;
            foreach (var worker in ended)
                count += await ReleaseAsync(session, worker, op.Id).ConfigureAwait(false);
            return count;
        },
        cancellationToken);

    /// <inheritdoc/>
    public override async Task<bool> IsActiveAsync(string? batch, IReadOnlyList<string> providers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var which = batch is null ? "CAST($1 AS TEXT) IS NULL" : "batch = $1";
        var names = string.Join(", ", providers.Select((_, i) => $"${2 + i}"));
        var sql = $"""
            SELECT 1 FROM jobs WHERE {which} AND provider IN ({names}) AND state < {(long)LedgerState.Delivered}
              AND (owner IS NOT NULL OR due <= {dialect.Now} + CASE WHEN state = {(long)LedgerState.InDoubt} THEN 30000 ELSE 5000 END) LIMIT 1
            """;
        return await ReadAsync(session => session.NumberAsync(sql, [batch, .. providers]), cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    public override Task GiveBackAsync(string owner, IReadOnlyList<string> ids, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (session, op) =>
        {
            foreach (var id in ids)
            {
                if (await RowAsync(session, id, dialect.Lock).ConfigureAwait(false) is not { Job: var job } || job.Owner != owner)
                    continue;
                // No step of it runs: what came of a submit is not known to this worker any more.
                var isSent = job.State == LedgerState.Sent;
                await session.ExecuteAsync(
                    "UPDATE jobs SET owner = NULL, version = version + 1, op = $2, state = $3, reason = $4 WHERE id = $1",
                    id,
                    op.Id,
                    (long)(isSent ? LedgerState.InDoubt : job.State),
                    isSent ? LeaseEnded : job.Reason).ConfigureAwait(false);
                if (!isSent)
                    continue;
                var now = await NowAsync(session).ConfigureAwait(false);
                session.End.Record(job with { Version = job.Version + 1 }, now, LedgerEventKind.InDoubt, LeaseEnded);
            }
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public override Task WakeAsync(string id, CancellationToken cancellationToken = default) => _writes.RunAsync(
        (session, _) => session.ExecuteAsync($"UPDATE jobs SET due = {dialect.Now}, woken = {dialect.Now} WHERE id = $1", id), cancellationToken);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<string>> WokenAsync(string owner, CancellationToken cancellationToken = default)
    {
        var woken = await ReadAsync(
            session => session.QueryAsync("SELECT id FROM jobs WHERE owner = $1 AND woken > 0", static reader => reader.GetString(0), owner), cancellationToken)
            .ConfigureAwait(false);
        if (woken.Count > 0)
        {
            await _writes.RunAsync(
                async (session, _) =>
                {
                    foreach (var id in woken)
                        await session.ExecuteAsync("UPDATE jobs SET woken = 0 WHERE id = $1", id).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        return woken;
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(SqlSession session, ClaimRequest request, WriteOp op)
    {
        // First, because it waits for the end of an earlier run whose commit may still be on its way.
        var hasLease = await HasLeaseAsync(session, request.Owner).ConfigureAwait(false);
        var own = op.IsRepeat
            ? await session.QueryAsync($"SELECT {Claimed} FROM jobs WHERE owner = $1 AND op = $2", SqlRow.ReadClaimed, request.Owner, op.Id)
                .ConfigureAwait(false)
            : [];
        if (own.Count > 0)
            return own;
        if (!hasLease)
            return [];
        var providers = string.Join(", ", request.Providers.Select((_, i) => $"${7 + i}"));
        var batch = request.Batch is null ? "CAST($5 AS TEXT) IS NULL" : "batch = $5";
        var sql = $"""
            WITH free AS MATERIALIZED (
              SELECT id FROM jobs WHERE owner IS NULL AND state = $3 AND due <= {dialect.Now} AND {batch} AND provider IN ({providers})
                AND (($6 >> CAST(partition AS INTEGER)) & 1) = 1
              ORDER BY due, id LIMIT $4{dialect.LockFree})
            UPDATE jobs SET owner = $1, version = version + 1, op = $2 WHERE id IN (SELECT id FROM free)
            RETURNING {Claimed}
            """;
        var partitions = unchecked((long)(request.Partitions?.Bits ?? ulong.MaxValue));
        return await session.QueryAsync(
            sql, SqlRow.ReadClaimed, [request.Owner, op.Id, (long)request.State, (long)request.Limit, request.Batch, partitions, .. request.Providers])
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a worker's lease holds, which nobody ends before the transaction does: a worker that was frozen takes nothing that nobody would take from it
    /// again. It comes before the job in every transaction, as it does where leases are ended.
    /// </summary>
    private async Task<bool> HasLeaseAsync(SqlSession session, string owner) =>
        await session.NumberAsync($"SELECT lease FROM workers WHERE id = $1 AND lease > {dialect.Now}{dialect.Lock}", owner).ConfigureAwait(false) is not null;

    private async Task<int> ReleaseAsync(SqlSession session, string worker, string op)
    {
        var doubts = await RowsAsync(
            session,
            $"UPDATE jobs SET owner = NULL, version = version + 1, op = $2, state = {(long)LedgerState.InDoubt}, reason = '{LeaseEnded}', due = {dialect.Now} "
                + $"WHERE owner = $1 AND state = {(long)LedgerState.Sent} RETURNING {SqlRow.Columns}",
            worker,
            op).ConfigureAwait(false);
        var now = await NowAsync(session).ConfigureAwait(false);
        foreach (var (job, _) in doubts)
            session.End.Record(job, now, LedgerEventKind.InDoubt, LeaseEnded);
        var others = await session.ExecuteAsync("UPDATE jobs SET owner = NULL, version = version + 1, op = $2 WHERE owner = $1", worker, op)
            .ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM workers WHERE id = $1", worker).ConfigureAwait(false);
        return doubts.Count + others;
    }
}
