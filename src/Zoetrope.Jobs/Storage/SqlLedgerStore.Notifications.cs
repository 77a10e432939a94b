namespace Zoetrope.Jobs.Storage;

/// <content>
/// Notifications are made of the history, whose entries become visible in their order: a subscriber has a position in it, and misses none, whichever process
/// wrote them, and whether or not that process knew of the subscriber.
/// </content>
public abstract partial class SqlLedgerStore
{
    private const int EntriesAtOnce = 500;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string NotificationColumns = "subscriber, seq, job, kind, at, state, attempts, due, reason";

    /// <inheritdoc/>
    public override Task SubscribeAsync(string subscriber, string? batch = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subscriber);
        return _writes.RunAsync(
            async (session, _) =>
            {
                var added = await session.ExecuteAsync(
                    "INSERT INTO subscribers(name, position, batch) VALUES($1, (SELECT COALESCE(MAX(seq), 0) FROM events), $2) ON CONFLICT DO NOTHING",
                    subscriber,
                    batch).ConfigureAwait(false);
                if (added == 0 && await BatchOfAsync(session, subscriber).ConfigureAwait(false) is var other && other != batch)
                {
                    throw new LedgerException(
                        $"The subscriber '{subscriber}' is notified of {(other is null ? "all batches" : $"the batch '{other}'")}, and not of "
                            + $"{(batch is null ? "all" : $"'{batch}'")}: a notification of another batch needs another name.");
                }
                // Those that were abandoned are in the history of their jobs.
                return await session.ExecuteAsync(
                    $"DELETE FROM notifications WHERE subscriber = $1 AND state <> {(long)NotificationState.Pending} AND due < {dialect.Now} - $2",
                    subscriber,
                    SqlRow.Milliseconds(Kept)).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<long> PendingNotificationsAsync(string subscriber, CancellationToken cancellationToken = default) => ReadAsync(
        async session => await session.NumberAsync(
            $"SELECT COUNT(*) FROM notifications WHERE subscriber = $1 AND state = {(long)NotificationState.Pending}", subscriber).ConfigureAwait(false) ?? 0,
        cancellationToken);

    /// <inheritdoc/>
    public override async Task<bool> EnqueueNotificationsAsync(string subscriber, CancellationToken cancellationToken = default)
    {
        // Nothing is written, and nobody waited for, where nothing has happened.
        const string Next = "SELECT seq FROM events WHERE seq > (SELECT position FROM subscribers WHERE name = $1) ORDER BY seq LIMIT 1";
        if (await ReadAsync(session => session.NumberAsync(Next, subscriber), cancellationToken).ConfigureAwait(false) is null)
            return false;
        return await _writes.RunAsync((session, _) => EnqueueAsync(session, subscriber), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerNotification>> ClaimNotificationsAsync(
        string subscriber, int limit, TimeSpan hidden, TimeSpan again = default, CancellationToken cancellationToken = default)
    {
        return limit <= 0 ? Task.FromResult<IReadOnlyList<LedgerNotification>>([]) : ClaimAsync();

        async Task<IReadOnlyList<LedgerNotification>> ClaimAsync()
        {
            var due = $"subscriber = $1 AND state = 0 AND due <= {dialect.Now} AND (attempts = 0 OR due <= {dialect.Now} - $2)";
            var wait = SqlRow.Milliseconds(again);
            if (await ReadAsync(session => session.NumberAsync($"SELECT 1 FROM notifications WHERE {due} LIMIT 1", subscriber, wait), cancellationToken)
                .ConfigureAwait(false) is null)
            {
                return [];
            }
            var sql = $"""
                WITH free AS MATERIALIZED (SELECT seq FROM notifications WHERE {due} ORDER BY due, seq LIMIT $3{dialect.LockFree})
                UPDATE notifications SET due = {dialect.Now} + $4, attempts = attempts + 1 WHERE subscriber = $1 AND seq IN (SELECT seq FROM free)
                RETURNING {NotificationColumns}
                """;
            return await _writes.RunAsync<IReadOnlyList<LedgerNotification>>(
                async (session, _) => await session.QueryAsync(sql, SqlRow.ReadNotification, subscriber, wait, (long)limit, SqlRow.Milliseconds(hidden))
                    .ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task<bool> EndNotificationAsync(
        LedgerNotification notification, NotificationState state, string? reason, TimeSpan dueIn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notification);
        return _writes.RunAsync(
            async (session, _) =>
            {
                // The job comes before the notification, as everywhere.
                var job = state == NotificationState.Abandoned ? await RowAsync(session, notification.JobId, "").ConfigureAwait(false) : null;
                var changed = await session.ExecuteAsync(
                    $"UPDATE notifications SET state = $4, reason = $5, due = {dialect.Now} + $6 "
                        + "WHERE subscriber = $1 AND seq = $2 AND attempts = $3 AND state = 0",
                    notification.Subscriber,
                    notification.Sequence,
                    (long)notification.Attempts,
                    (long)state,
                    reason,
                    SqlRow.Milliseconds(dueIn)).ConfigureAwait(false);
                if (changed > 0 && job is { Job: var about })
                {
                    session.End.Record(
                        about,
                        await NowAsync(session).ConfigureAwait(false),
                        LedgerEventKind.NotificationAbandoned,
                        $"after {(notification.Attempts == 1 ? "1 attempt" : $"{notification.Attempts} attempts")}: {reason}");
                }
                return changed > 0;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerNotification>> NotificationsAsync(
        string? jobId, long after = 0, int limit = 1000, CancellationToken cancellationToken = default)
    {
        var which = jobId is null ? "CAST($1 AS TEXT) IS NULL" : "job = $1";
        var sql = $"SELECT {NotificationColumns} FROM notifications WHERE {which} AND seq > $2 ORDER BY seq, subscriber LIMIT $3";
        return ReadAsync<IReadOnlyList<LedgerNotification>>(
            async session => await session.QueryAsync(sql, SqlRow.ReadNotification, jobId, after, (long)limit).ConfigureAwait(false), cancellationToken);
    }

    private async Task<bool> EnqueueAsync(SqlSession session, string subscriber)
    {
        // Processes that waited for each other's subscribers, in any order, could do so for ever: what another adds now is found by the next look.
        var position = await session.NumberAsync($"SELECT position FROM subscribers WHERE name = $1{dialect.LockFree}", subscriber).ConfigureAwait(false);
        if (position is null)
            return true;
        var entries = await session.QueryAsync(
            $"SELECT {EventColumns} FROM events WHERE seq > $1 ORDER BY seq LIMIT $2", SqlRow.ReadEvent, position, (long)EntriesAtOnce)
            .ConfigureAwait(false);
        if (entries.Count == 0)
            return false;
        var jobs = await JobsOfAsync(session, subscriber, position.Value, entries[^1].Sequence).ConfigureAwait(false);
        foreach (var entry in entries.Where(entry => IsNotified(entry.Kind) && jobs?.Contains(entry.JobId) != false))
        {
            await session.ExecuteAsync(
                $"INSERT INTO notifications({NotificationColumns}) VALUES($1, $2, $3, $4, $5, 0, 0, {dialect.Now}, NULL) ON CONFLICT DO NOTHING",
                subscriber,
                entry.Sequence,
                entry.JobId,
                (long)entry.Kind,
                entry.At.ToUnixTimeMilliseconds()).ConfigureAwait(false);
        }
        await session.ExecuteAsync("UPDATE subscribers SET position = $2 WHERE name = $1", subscriber, entries[^1].Sequence).ConfigureAwait(false);
        return entries.Count == EntriesAtOnce;
    }

    /// <summary>The jobs of entries of the history that are of the subscriber's batch; null where it has none.</summary>
    private static async Task<HashSet<string>?> JobsOfAsync(SqlSession session, string subscriber, long after, long last)
    {
        const string Jobs = "SELECT events.job FROM events JOIN jobs ON jobs.id = events.job WHERE seq > $1 AND seq <= $2 AND batch = $3";
        return await BatchOfAsync(session, subscriber).ConfigureAwait(false) is { } batch
            ? [.. await session.QueryAsync(Jobs, static reader => reader.GetString(0), after, last, batch).ConfigureAwait(false)]
            : null;
    }

    private static async Task<string?> BatchOfAsync(SqlSession session, string subscriber)
    {
        var rows = await session.QueryAsync(
            "SELECT batch FROM subscribers WHERE name = $1", static reader => reader.IsDBNull(0) ? null : reader.GetString(0), subscriber)
            .ConfigureAwait(false);
        return rows is [var batch] ? batch : null;
    }

    private static bool IsNotified(LedgerEventKind kind) =>
        kind is LedgerEventKind.Delivered or LedgerEventKind.Failed or LedgerEventKind.Canceled or LedgerEventKind.InDoubt;
}
