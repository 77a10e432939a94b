using System.Data.Common;
using System.Globalization;

namespace Zoetrope.Jobs.Storage;

/// <summary>A ledger in a relational database. What differs between databases is their dialect.</summary>
/// <param name="dialect">The dialect.</param>
/// <param name="patience">How long a transaction is tried again while the database is busy or cannot be reached.</param>
public abstract partial class SqlLedgerStore(SqlDialect dialect, TimeSpan patience) : LedgerStore
{
    private const int MostBytesOfAPage = 4 << 20;

    private const string EventColumns = "seq, job, version, at, kind, text";

    private readonly WriteQueue _writes = new(dialect, patience, session => EndAsync(session, dialect));

    /// <inheritdoc/>
    public override Task OpenAsync(CancellationToken cancellationToken = default) => dialect.IsReadOnly
        ? ReadAsync(session => SqlSchema.RequireAsync(session, dialect), cancellationToken)
        : _writes.RunAsync((session, _) => SqlSchema.ApplyAsync(session, dialect), cancellationToken);

    /// <inheritdoc/>
    public override async Task<LedgerJob?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        await ReadAsync(session => RowAsync(session, id, ""), cancellationToken).ConfigureAwait(false) is { Job: var job } ? job : null;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerJob>> FindByHandleAsync(JobHandle handle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return ReadAsync<IReadOnlyList<LedgerJob>>(
            async session => [.. (await RowsAsync(
                session, $"SELECT {SqlRow.Columns} FROM jobs WHERE remote = $1 AND provider = $2", SqlRow.Remote(handle), handle.Provider)
                .ConfigureAwait(false))
                .Select(row => row.Job)],
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerEvent>> EventsAsync(
        string? jobId, long after = 0, int limit = 1000, CancellationToken cancellationToken = default)
    {
        var which = jobId is null ? "CAST($1 AS TEXT) IS NULL" : "job = $1";
        var sql = $"SELECT {EventColumns} FROM events WHERE {which} AND seq > $2 ORDER BY seq LIMIT $3";
        return ReadAsync<IReadOnlyList<LedgerEvent>>(
            async session => await session.QueryAsync(sql, SqlRow.ReadEvent, jobId, after, (long)limit).ConfigureAwait(false), cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<long> LastEventAsync(CancellationToken cancellationToken = default) =>
        await ReadAsync(session => session.NumberAsync("SELECT MAX(seq) FROM events"), cancellationToken).ConfigureAwait(false) ?? 0;

    /// <inheritdoc/>
    public override Task<LedgerSummary> SummarizeAsync(string? batch, CancellationToken cancellationToken = default) => ReadAsync(
        async session =>
        {
            var which = batch is null ? "CAST($1 AS TEXT) IS NULL" : "batch = $1";
            var rows = await session.QueryAsync(
                $"SELECT state, COUNT(*), SUM(CASE WHEN reason IS NULL THEN 0 ELSE 1 END) FROM jobs WHERE {which} GROUP BY state",
                static reader => (State: (LedgerState)reader.GetInt64(0), Count: reader.GetInt64(1), WithReason: Convert.ToInt64(reader.GetValue(2), null)),
                batch).ConfigureAwait(false);
            var scopes = batch is null ? "scope LIKE 'provider:%' AND CAST($1 AS TEXT) IS NULL" : "scope = $1";
            var sums = await session.QueryAsync(
                $"SELECT COALESCE(SUM(spent), 0), COALESCE(SUM(reserved), 0) FROM spend WHERE {scopes}",
                static reader => (Spent: Convert.ToInt64(reader.GetValue(0), null), Reserved: Convert.ToInt64(reader.GetValue(1), null)),
                batch is null ? null : "batch:" + batch).ConfigureAwait(false);
            return new LedgerSummary(
                rows.ToDictionary(row => row.State, row => row.Count),
                rows.Where(row => row.State == LedgerState.Intended).Sum(row => row.WithReason),
                SqlRow.FromBillionths(sums[0].Spent),
                SqlRow.FromBillionths(sums[0].Reserved));
        },
        cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private static string Number(LedgerState state) => ((long)state).ToString(CultureInfo.InvariantCulture);

    private static Task<List<(LedgerJob Job, string? WrittenBy)>> RowsAsync(SqlSession session, string sql, params ReadOnlySpan<object?> values) =>
        session.QueryAsync(sql, SqlRow.Read, values);

    private static async Task<(LedgerJob Job, string? WrittenBy)?> RowAsync(SqlSession session, string id, string locked) =>
        await RowsAsync(session, $"SELECT {SqlRow.Columns} FROM jobs WHERE id = $1{locked}", id).ConfigureAwait(false) is [var row] ? row : null;

    /// <summary>Waits until this transaction is the only one that does something, and stays so until it ends.</summary>
    /// <param name="session">The session.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="what">
    /// <c>sending</c> to decide by limits and caps, <c>receipts</c> to give a handle that was found to one job, <c>history</c> to write the history and the
    /// sums.
    /// </param>
    private static async Task WaitForTurnAsync(SqlSession session, SqlDialect dialect, string what)
    {
        if (dialect.Lock.Length > 0)
            await session.NumberAsync($"SELECT value FROM ledger_meta WHERE name = $1{dialect.Lock}", what).ConfigureAwait(false);
    }

    private async Task<DateTimeOffset> NowAsync(SqlSession session) =>
        DateTimeOffset.FromUnixTimeMilliseconds((await session.NumberAsync($"SELECT {dialect.Now}").ConfigureAwait(false))!.Value);

    private async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken ct)
    {
        // Reads see what was committed, and wait for no writer.
        var start = TimeProvider.System.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(5); ; pause *= 2)
        {
            try
            {
                if (dialect.Blocks)
                    return await Task.Run(() => OnceAsync(read, ct), ct).ConfigureAwait(false);
                return await OnceAsync(read, ct).ConfigureAwait(false);
            }
            catch (DbException exception) when (!dialect.IsTransient(exception))
            {
                throw new LedgerException($"The ledger cannot be read: {exception.Message}", exception);
            }
            catch (Exception exception) when (dialect.IsTransient(exception))
            {
                if (TimeProvider.System.GetElapsedTime(start) > patience)
                {
                    throw new LedgerException($"The ledger cannot be read: {exception.Message} It was tried again for {patience}.", exception)
                    {
                        IsTransient = true,
                    };
                }
                await Task.Delay(pause < TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1), ct).ConfigureAwait(false);
            }
            catch (DbException exception)
            {
                throw new LedgerException($"The ledger cannot be read: {exception.Message}", exception);
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken ct)
    {
        var session = new SqlSession(await dialect.OpenAsync(ct).ConfigureAwait(false), dialect);
        await using var end = session.ConfigureAwait(false);
        return await read(session).ConfigureAwait(false);
    }
}
