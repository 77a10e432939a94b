namespace Zoetrope.Jobs.Storage;

/// <content>Lists of jobs, and how far all of them are.</content>
public abstract partial class SqlLedgerStore
{
    /// <inheritdoc/>
    public override Task<IReadOnlyList<LedgerJob>> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<object?> values = [(long)query.Limit];
        List<string> conditions = [];
        Require(query.After, query.NewestFirst ? "id < " : "id > ");
        Require(query.Batch, "batch = ");
        Require(query.Provider, "provider = ");
        Require(query.EndpointId, "endpoint = ");
        if (query.States.Count > 0)
            conditions.Add($"state IN ({string.Join(',', query.States.Select(Number))})");
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
    public override Task<LedgerOverview> OverviewAsync(CancellationToken cancellationToken = default) => ReadAsync(
        async session =>
        {
            var now = await NowAsync(session).ConfigureAwait(false);
            var groups = await session.QueryAsync(
                "SELECT batch, provider, endpoint, state, COUNT(*), COUNT(reason), MIN(reason), MAX(id) FROM jobs GROUP BY batch, provider, endpoint, state",
                static reader => new JobGroup(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    (LedgerState)reader.GetInt64(3),
                    reader.GetInt64(4),
                    reader.GetInt64(5),
                    reader.IsDBNull(6) ? null : reader.GetString(6),
                    reader.GetString(7))).ConfigureAwait(false);
            var caps = (await CapsAsync(session).ConfigureAwait(false)).ToDictionary(cap => cap.Scope, cap => SqlRow.FromBillionths(cap.Amount));
            var sums = (await session.QueryAsync(
                "SELECT scope, spent, reserved FROM spend",
                static reader => (Scope: reader.GetString(0), Spent: reader.GetInt64(1), Reserved: reader.GetInt64(2))).ConfigureAwait(false))
                .ToDictionary(sum => sum.Scope);
            var today = SpendScope.Day(DateOnly.FromDateTime(now.UtcDateTime)).Name;
            var spending = new List<SpendReport>();
            foreach (var scope in sums.Keys.Union(caps.Keys).Order(StringComparer.Ordinal))
            {
                if (SpendScope.NamesDay(scope) && scope != today && !caps.ContainsKey(scope))
                    continue;
                var sum = sums.GetValueOrDefault(scope);
                spending.Add(new SpendReport(
                    SpendScope.Named(scope),
                    SqlRow.FromBillionths(sum.Spent),
                    SqlRow.FromBillionths(sum.Reserved),
                    caps.TryGetValue(scope, out var cap) ? cap : null));
            }
            return new LedgerOverview(now, groups, spending);
        },
        cancellationToken);
}
