namespace Zoetrope.Jobs.Storage;

/// <content>
/// Notifications are made of the history, whose entries become visible in their order: a subscriber has a position in it, and misses none, whichever process
/// wrote them, and whether or not that process knew of the subscriber.
/// </content>
public abstract partial class SqlLedgerStore
{
    private const int EntriesAtOnce = 500;

    private const string NotificationColumns = "subscriber, seq, job, kind, at, state, attempts, due, reason";

    /// <inheritdoc/>
    public override Task SubscribeAsync(string subscriber, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subscriber);
        return _writes.RunAsync(
            (session, _) => session.ExecuteAsync(
                "INSERT INTO subscribers(name, position) VALUES($1, (SELECT COALESCE(MAX(seq), 0) FROM events)) ON CONFLICT DO NOTHING", subscriber),
            cancellationToken);
    }

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
        string subscriber, int limit, TimeSpan hidden, CancellationToken cancellationToken = default)
    {
        return limit <= 0 ? Task.FromResult<IReadOnlyList<LedgerNotification>>([]) : ClaimAsync();

        async Task<IReadOnlyList<LedgerNotification>> ClaimAsync()
        {
            var due = $"subscriber = $1 AND state = 0 AND due <= {dialect.Now}";
            if (await ReadAsync(session => session.NumberAsync($"SELECT 1 FROM notifications WHERE {due} LIMIT 1", subscriber), cancellationToken)
                .ConfigureAwait(false) is null)
            {
                return [];
            }
            var sql = $"""
                WITH free AS MATERIALIZED (SELECT seq FROM notifications WHERE {due} ORDER BY due, seq LIMIT $2{dialect.LockFree})
                UPDATE notifications SET due = {dialect.Now} + $3, attempts = attempts + 1 WHERE subscriber = $1 AND seq IN (SELECT seq FROM free)
                RETURNING {NotificationColumns}
                """;
            return await _writes.RunAsync<IReadOnlyList<LedgerNotification>>(
                async (session, _) => await session.QueryAsync(sql, SqlRow.ReadNotification, subscriber, (long)limit, SqlRow.Milliseconds(hidden))
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
                        $"after {notification.Attempts} attempts: {reason}");
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
        var position = await session.NumberAsync($"SELECT position FROM subscribers WHERE name = $1{dialect.Lock}", subscriber).ConfigureAwait(false);
        if (position is null)
            return false;
        var entries = await session.QueryAsync(
            "SELECT seq, job, version, at, kind, text FROM events WHERE seq > $1 ORDER BY seq LIMIT $2", SqlRow.ReadEvent, position, (long)EntriesAtOnce)
            .ConfigureAwait(false);
        if (entries.Count == 0)
            return false;
        foreach (var entry in entries.Where(entry => IsNotified(entry.Kind)))
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

    private static bool IsNotified(LedgerEventKind kind) =>
        kind is LedgerEventKind.Delivered or LedgerEventKind.Failed or LedgerEventKind.Canceled or LedgerEventKind.InDoubt;
}
