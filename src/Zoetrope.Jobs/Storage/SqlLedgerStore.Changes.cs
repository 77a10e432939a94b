namespace Zoetrope.Jobs.Storage;

/// <content>Changes of one job, each of which is fenced by its version.</content>
public abstract partial class SqlLedgerStore
{
    private const string LeaseEnded = "the worker ended, or lost its lease, while the job was sent";

    /// <inheritdoc/>
    public override Task<LedgerJob?> ChangeAsync(LedgerChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _writes.RunAsync((session, op) => ChangeAsync(session, change, op.Id), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<SendDecision> MarkSentAsync(
        string id, long version, string owner, ProviderLimits? limits, CancellationToken cancellationToken = default) =>
        _writes.RunAsync((session, op) => MarkSentAsync(session, id, version, owner, limits, op.Id), cancellationToken);

    /// <inheritdoc/>
    public override Task<SendDecision> MarkSentAgainAsync(
        string id, long version, string owner, ProviderLimits? limits, CancellationToken cancellationToken = default) =>
        _writes.RunAsync((session, op) => MarkSentAgainAsync(session, id, version, owner, limits, op.Id), cancellationToken);

    /// <inheritdoc/>
    public override Task<LedgerJob?> AcceptAsync(
        string id, int attempt, JobHandle handle, string? owner, TimeSpan due, bool isFound = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return _writes.RunAsync(
            async (session, op) => isFound && await IsTakenAsync(session, id, handle, op.Id).ConfigureAwait(false)
                ? null
                : await AcceptAsync(session, id, attempt, handle, owner, due, op.Id).ConfigureAwait(false),
            cancellationToken);
    }

    private async Task<bool> IsTakenAsync(SqlSession session, string id, JobHandle handle, string op)
    {
        if (await session.NumberAsync("SELECT 1 FROM jobs WHERE id = $1 AND op = $2", id, op).ConfigureAwait(false) is not null)
            return false;
        // One at a time: two jobs in doubt with the same input may have found the same handle.
        await WaitForTurnAsync(session, dialect, "receipts").ConfigureAwait(false);
        if ((await HandlesAsync(session, id).ConfigureAwait(false)).Contains(handle.JobId))
            return true;
        // It may be that of a job with the same input whose receipt is on its way.
        var sql = $"""
            SELECT 1 FROM jobs WHERE (remote = $1 AND provider = $2 AND id <> $3)
              OR (provider = $2 AND state IN ({SqlSchema.InFlight}) AND state = {(long)LedgerState.Sent} AND id <> $3
                AND hash = (SELECT hash FROM jobs WHERE id = $3)) LIMIT 1
            """;
        return await session.NumberAsync(sql, SqlRow.Remote(handle), handle.Provider, id).ConfigureAwait(false) is not null;
    }

    /// <summary>The provider's ids of the jobs that the history of a job has.</summary>
    private static async Task<HashSet<string>> HandlesAsync(SqlSession session, string id)
    {
        var texts = await session.QueryAsync(
            $"SELECT text FROM events WHERE job = $1 AND text IS NOT NULL AND kind IN ({(long)LedgerEventKind.Accepted}, "
                + $"{(long)LedgerEventKind.SecondReceipt}, {(long)LedgerEventKind.Retried})",
            static reader => reader.GetString(0),
            id).ConfigureAwait(false);
        return [.. texts.Concat(session.End.TextsOf(id)).Select(text => JobHandle.TryParse(text, out var handle) ? handle.JobId : text)];
    }

    // A webhook or a list names a job, and only the receipt says at which address it is polled, and in which trace it was submitted.
    private async Task<LedgerJob> ImproveAsync(SqlSession session, LedgerJob job, JobHandle handle, string op)
    {
        var known = job.Handle!;
        var better = new JobHandle(known.Provider, known.EndpointId, known.JobId, known.Location ?? handle.Location)
        {
            IdempotencyKey = known.IdempotencyKey ?? handle.IdempotencyKey,
            TraceParent = known.TraceParent ?? handle.TraceParent,
        }.ToString();
        if (better == known.ToString() || job.IsFinished)
            return job;
        var rows = await RowsAsync(
            session,
            $"UPDATE jobs SET version = version + 1, op = $2, handle = $3, woken = {dialect.Now} WHERE id = $1 RETURNING {SqlRow.Columns}",
            job.Id,
            op,
            better).ConfigureAwait(false);
        return rows[0].Job;
    }

    private async Task<LedgerJob?> ChangeAsync(SqlSession session, LedgerChange change, string op)
    {
        if (await RowAsync(session, change.Id, dialect.Lock).ConfigureAwait(false) is not { Job: var before, WrittenBy: var writtenBy })
            return null;
        if (writtenBy == op)
            return before;
        if (before.Version != change.Version)
            return null;
        var isFinished = change.State is LedgerState.Delivered or LedgerState.Failed or LedgerState.Canceled;
        var rows = await RowsAsync(
            session,
            $"""
            UPDATE jobs SET version = version + 1, op = $2, state = $3, due = {dialect.Now} + $4, reason = $5, woken = 0,
              owner = CASE WHEN $6 = 1 THEN NULL ELSE owner END,
              handle = CASE WHEN $7 = 1 THEN NULL ELSE handle END,
              remote = CASE WHEN $7 = 1 THEN NULL ELSE remote END,
              idempotency = CASE WHEN $7 = 1 AND idempotency IS NOT NULL THEN id || '-' || CAST(attempts AS TEXT) ELSE idempotency END,
              accepted = CASE WHEN $7 = 1 THEN NULL ELSE accepted END,
              result = CASE WHEN $7 = 1 THEN NULL ELSE COALESCE($8, result) END,
              outputs = CASE WHEN $7 = 1 THEN NULL ELSE COALESCE($9, outputs) END,
              cost = CASE WHEN $7 = 1 THEN NULL ELSE COALESCE($10, cost) END,
              cost_unit = CASE WHEN $7 = 1 THEN NULL ELSE COALESCE($11, cost_unit) END,
              earlier = $12, failing = $13, ceiling = COALESCE(ceiling, $14),
              ended = CASE WHEN $3 >= {(long)LedgerState.Ended} THEN COALESCE(ended, {dialect.Now}) ELSE NULL END,
              delivered = CASE WHEN $3 = {(long)LedgerState.Delivered} THEN {dialect.Now} ELSE NULL END
            WHERE id = $1 RETURNING {SqlRow.Columns}
            """,
            change.Id,
            op,
            (long)change.State,
            SqlRow.Milliseconds(change.DueIn),
            change.Reason,
            change.Release || isFinished ? 1L : 0L,
            change.Reset ? 1L : 0L,
            change.Result?.ToString(),
            SqlRow.Column(change.Outputs),
            SqlRow.Billionths(change.Billed?.Value),
            change.Billed?.Unit,
            SqlRow.Billionths(change.Reset ? before.Spent : before.EarlierCost),
            SqlRow.Milliseconds(change.FailingSince),
            SqlRow.Billionths(change.Ceiling)).ConfigureAwait(false);
        var after = rows[0].Job;
        session.End.Count(before, after, isReset: change.Reset);
        // A pause that goes on is one entry.
        if (change.Kind != LedgerEventKind.Paused || before.Reason != change.Reason)
            session.End.Record(after, await NowAsync(session).ConfigureAwait(false), change.Kind, change.Text ?? change.Reason);
        return after;
    }

    private async Task<SendDecision> MarkSentAsync(SqlSession session, string id, long version, string owner, ProviderLimits? limits, string op)
    {
        var hasLease = await HasLeaseAsync(session, owner).ConfigureAwait(false);
        if (await RowAsync(session, id, dialect.Lock).ConfigureAwait(false) is not { Job: var before, WrittenBy: var writtenBy })
            return SendDecision.Lost;
        if (writtenBy == op && before.State == LedgerState.Sent)
            return SendDecision.Granted(before);
        if (!hasLease || before.Version != version || before.Owner != owner || before.State != LedgerState.Intended)
            return SendDecision.Lost;
        var caps = await LockCapsAsync(session, limits).ConfigureAwait(false);
        // After the wait for others that decide, or more than so many could be sent in a minute.
        var now = await NowAsync(session).ConfigureAwait(false);
        if (UploadedFiles.ProblemOf(before, now) is { } problem)
            return SendDecision.Stale(problem);
        if (await RefusalAsync(session, before, limits, caps, now).ConfigureAwait(false) is { } refusal)
            return refusal;
        var rows = await RowsAsync(
            session,
            $"UPDATE jobs SET version = version + 1, op = $2, state = {(long)LedgerState.Sent}, sent = $3, attempts = attempts + 1, reason = NULL "
                + $"WHERE id = $1 RETURNING {SqlRow.Columns}",
            id,
            op,
            now.ToUnixTimeMilliseconds()).ConfigureAwait(false);
        var after = rows[0].Job;
        session.End.Count(before, after);
        session.End.Record(after, now, LedgerEventKind.Sent, null);
        return SendDecision.Granted(after);
    }

    private async Task<SendDecision> MarkSentAgainAsync(
        SqlSession session, string id, long version, string owner, ProviderLimits? limits, string op)
    {
        var hasLease = await HasLeaseAsync(session, owner).ConfigureAwait(false);
        if (await RowAsync(session, id, dialect.Lock).ConfigureAwait(false) is not { Job: var before, WrittenBy: var writtenBy })
            return SendDecision.Lost;
        if (writtenBy == op)
            return SendDecision.Granted(before);
        if (!hasLease || before.Version != version || before.Owner != owner || before.State != LedgerState.InDoubt || before.IdempotencyKey is null)
            return SendDecision.Lost;
        if (limits is not null)
            await WaitForTurnAsync(session, dialect, "sending").ConfigureAwait(false);
        var now = await NowAsync(session).ConfigureAwait(false);
        if (limits?.SubmitsPerMinute is { } most && await RateAsync(session, before.Provider, most, now).ConfigureAwait(false) is { } refusal)
            return refusal;
        var rows = await RowsAsync(session, $"UPDATE jobs SET version = version + 1, op = $2 WHERE id = $1 RETURNING {SqlRow.Columns}", id, op)
            .ConfigureAwait(false);
        session.End.Record(rows[0].Job, now, LedgerEventKind.SentAgain, null);
        return SendDecision.Granted(rows[0].Job);
    }

    private async Task<LedgerJob?> AcceptAsync(
        SqlSession session, string id, int attempt, JobHandle handle, string? owner, TimeSpan due, string op)
    {
        var hasLease = owner is not null && await HasLeaseAsync(session, owner).ConfigureAwait(false);
        if (await RowAsync(session, id, dialect.Lock).ConfigureAwait(false) is not { Job: var before, WrittenBy: var writtenBy })
            return null;
        if (writtenBy == op)
            return before;
        if (before.Handle?.JobId == handle.JobId)
            return await ImproveAsync(session, before, handle, op).ConfigureAwait(false);
        // A job of an attempt before a retry, of which a receipt or a webhook comes late.
        if ((await HandlesAsync(session, id).ConfigureAwait(false)).Contains(handle.JobId))
            return before;
        var now = await NowAsync(session).ConfigureAwait(false);
        if (before.Handle is not null || before.Attempts != attempt)
        {
            session.End.Record(before, now, LedgerEventKind.SecondReceipt, handle.ToString());
            return before;
        }
        // Who has the job keeps it; a job that nobody has goes to who has its receipt.
        var rows = await RowsAsync(
            session,
            $"""
            UPDATE jobs SET version = version + 1, op = $2, state = {(long)LedgerState.Accepted}, handle = $3, remote = $6,
              accepted = {dialect.Now}, reason = NULL, ended = NULL, due = {dialect.Now} + $4, owner = COALESCE(owner, $5)
            WHERE id = $1 RETURNING {SqlRow.Columns}
            """,
            id,
            op,
            handle.ToString(),
            SqlRow.Milliseconds(due),
            hasLease ? owner : null,
            SqlRow.Remote(handle)).ConfigureAwait(false);
        var after = rows[0].Job;
        session.End.Count(before, after);
        session.End.Record(after, now, LedgerEventKind.Accepted, handle.ToString());
        return after;
    }
}
