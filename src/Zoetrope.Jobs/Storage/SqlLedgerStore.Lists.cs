using System.Data.Common;

namespace Zoetrope.Jobs.Storage;

/// <content>Lists of jobs, and how far all of them are.</content>
public abstract partial class SqlLedgerStore
{
    // One statement, which sees one state of the ledger: jobs and sums of two would contradict each other.
    private const string Overview =
        """
        SELECT CAST(0 AS BIGINT), batch, provider, endpoint, state, COUNT(*), COUNT(reason), MIN(reason), MAX(id)
          FROM jobs GROUP BY batch, provider, endpoint, state
        UNION ALL SELECT 1, scope, NULL, NULL, NULL, spent, reserved, NULL, NULL FROM spend
        UNION ALL SELECT 2, scope, NULL, NULL, NULL, amount, NULL, NULL, NULL FROM caps
        """;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerJob>> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<object?> values = [(long)query.Limit];
        List<string> conditions = [];
        Require(query.After, query.NewestFirst ? "id < " : "id > ");
        // Few jobs are being sent or in doubt, however many the batch has: theirs is the index of those in flight.
        var areFew = query.States.Count > 0 && query.States.All(state => state is LedgerState.Sent or LedgerState.InDoubt);
        Require(query.Batch, areFew ? "batch || '' = " : "batch = ");
        Require(query.Provider, "provider = ");
        Require(query.EndpointId, "endpoint = ");
        Require(query.UniqueKey, "unique_key = ");
        if (query.States.Count > 0)
            conditions.Add($"state IN ({string.Join(',', query.States.Select(Number))})");
        // A partial index serves where its own condition is repeated.
        if (areFew || (query.States.Count > 0 && query.States.All(state => state == LedgerState.Accepted)))
            conditions.Add($"state IN ({SqlSchema.InFlight})");
        if (query.HasOutputs)
            conditions.Add("outputs <> '[]'");
        var order = query.NewestFirst ? "id DESC" : "id";
        var which = $"{(conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ")}ORDER BY {order} LIMIT $1";
        var sql = query.WithoutContent
            ? $"SELECT {SqlRow.ColumnsWithoutContent} FROM jobs {which}"
            // Inputs and results may be large: as many as fit, and one at least.
            : $"""
            WITH page AS (SELECT id, octet_length(input) + COALESCE(octet_length(result), 0) AS size FROM jobs {which}),
              sums AS (SELECT id, SUM(size) OVER (ORDER BY {order}) - size AS ahead FROM page)
            SELECT {SqlRow.Columns} FROM jobs WHERE id IN (SELECT id FROM sums WHERE ahead < {MostBytesOfAPage}) ORDER BY {order}
            """;
        return ReadAsync<IReadOnlyList<LedgerJob>>(
            async session => [.. (await RowsAsync(session, sql, values.ToArray()).ConfigureAwait(false)).Select(row => row.Job)], cancellationToken);

        void Require(string? value, string condition)
        {
            if (value is null)
                return;
            values.Add(value);
            conditions.Add($"{condition}${values.Count}");
        }
    }

    /// <inheritdoc/>
    public override async Task<LedgerJob?> FindWithoutContentAsync(string id, CancellationToken cancellationToken = default)
    {
        const string Sql = $"SELECT {SqlRow.ColumnsWithoutContent} FROM jobs WHERE id = $1";
        return await ReadAsync(session => RowsAsync(session, Sql, id), cancellationToken).ConfigureAwait(false) is [{ Job: var job }] ? job : null;
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerEvent>> LastEventsAsync(string jobId, int limit, CancellationToken cancellationToken = default)
    {
        const string Sql = $"SELECT {EventColumns} FROM events WHERE job = $1 ORDER BY seq DESC LIMIT $2";
        return ReadAsync<IReadOnlyList<LedgerEvent>>(
            async session => [.. (await session.QueryAsync(Sql, SqlRow.ReadEvent, jobId, (long)limit).ConfigureAwait(false)).AsEnumerable().Reverse()],
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<LedgerOverview> OverviewAsync(CancellationToken cancellationToken = default) => ReadAsync(
        async session =>
        {
            var now = await NowAsync(session).ConfigureAwait(false);
            var groups = new List<JobGroup>();
            var sums = new Dictionary<string, (long Spent, long Reserved)>();
            var caps = new Dictionary<string, long>();
            await session.QueryAsync(
                Overview,
                reader => reader.GetInt64(0) switch
                {
                    0 => Add(groups, ReadGroup(reader)),
                    1 => sums.TryAdd(reader.GetString(1), (reader.GetInt64(5), reader.GetInt64(6))),
                    _ => caps.TryAdd(reader.GetString(1), reader.GetInt64(5)),
                }).ConfigureAwait(false);
            return new LedgerOverview(now, groups, Spending(SpendScope.Day(DateOnly.FromDateTime(now.UtcDateTime)), sums, caps));
        },
        cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<JobGroup>> UnfinishedAsync(string? batch, CancellationToken cancellationToken = default)
    {
        var sql = $"""
            SELECT CAST(0 AS BIGINT), batch, provider, endpoint, state, COUNT(*), COUNT(reason), MIN(reason), MAX(id)
              FROM jobs WHERE state < {(long)LedgerState.Delivered} AND (CAST($1 AS TEXT) IS NULL OR batch = $1)
              GROUP BY batch, provider, endpoint, state ORDER BY 2, 3, 4, 5
            """;
        return ReadAsync<IReadOnlyList<JobGroup>>(
            async session => await session.QueryAsync(sql, ReadGroup, batch).ConfigureAwait(false), cancellationToken);
    }

    private static bool Add(List<JobGroup> groups, JobGroup group)
    {
        groups.Add(group);
        return true;
    }

    private static JobGroup ReadGroup(DbDataReader reader) => new(
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        (LedgerState)reader.GetInt64(4),
        reader.GetInt64(5),
        reader.GetInt64(6),
        reader.IsDBNull(7) ? null : reader.GetString(7),
        reader.GetString(8));

    private static List<SpendReport> Spending(SpendScope today, Dictionary<string, (long Spent, long Reserved)> sums, Dictionary<string, long> caps)
    {
        // What the cap of each day leaves is counted by the day: only today's is shown, and what is spent of it.
        if (caps.Remove(SpendScope.EachDay.Name, out var each))
            caps.TryAdd(today.Name, each);
        var spending = new List<SpendReport>();
        foreach (var scope in sums.Keys.Union(caps.Keys).Order(StringComparer.Ordinal))
        {
            if (SpendScope.NamesDay(scope) && scope != today.Name && !caps.ContainsKey(scope))
                continue;
            var sum = sums.GetValueOrDefault(scope);
            spending.Add(new SpendReport(
                SpendScope.Named(scope),
                SqlRow.FromBillionths(sum.Spent),
                SqlRow.FromBillionths(sum.Reserved),
                caps.TryGetValue(scope, out var cap) ? SqlRow.FromBillionths(cap) : null));
        }
        return spending;
    }
}
