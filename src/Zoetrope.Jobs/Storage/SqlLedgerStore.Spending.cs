using System.Globalization;

namespace Zoetrope.Jobs.Storage;

/// <content>Limits of providers, and caps on what is spent.</content>
public abstract partial class SqlLedgerStore
{
    private const string SetCap = "INSERT INTO caps(scope, amount) VALUES($1, $2) ON CONFLICT(scope) DO UPDATE SET amount = excluded.amount";

    /// <inheritdoc/>
    public override Task SetCapAsync(SpendScope scope, decimal? amount, CancellationToken cancellationToken = default)
    {
        LedgerLimits.CheckAmount(amount, nameof(amount));
        return SetCapAsync();

        async Task SetCapAsync()
        {
            await _writes.RunAsync((session, _) => CapAsync(session, scope, amount), cancellationToken).ConfigureAwait(false);
            // In a transaction of its own: nobody that decides on a job waits for a cap while its row is waited for.
            await WakePausedAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task WakePausedAsync(CancellationToken cancellationToken = default) => _writes.RunAsync(
        (session, _) => session.ExecuteAsync(
            $"UPDATE jobs SET reason = NULL, due = {dialect.Now} WHERE owner IS NULL AND state = 0 AND reason IS NOT NULL"),
        cancellationToken);

    /// <inheritdoc/>
    public override Task<SpendReport> SpendAsync(SpendScope scope, CancellationToken cancellationToken = default) =>
        ReadAsync(session => ReportAsync(session, scope), cancellationToken);

    /// <inheritdoc/>
    public override Task PauseAsync(
        SpendScope scope, decimal? ceiling, string reason, TimeSpan dueIn, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var (which, value) = JobsOf(scope.Name, 3);
        var costs = ceiling is null ? "CAST($4 AS BIGINT) IS NULL AND ceiling IS NULL" : "ceiling >= $4";
        return _writes.RunAsync(
            (session, _) => session.ExecuteAsync(
                $"WITH free AS MATERIALIZED (SELECT id FROM jobs WHERE owner IS NULL AND state = 0 AND due <= {dialect.Now} AND {which} AND {costs}"
                    + $"{dialect.LockFree}) UPDATE jobs SET reason = $1, due = {dialect.Now} + $2 WHERE id IN (SELECT id FROM free)",
                reason,
                SqlRow.Milliseconds(dueIn),
                value,
                SqlRow.Billionths(ceiling)),
            cancellationToken);
    }

    /// <summary>A scope as who looks at it sees it: what is spent on each day is what is spent on this one, and a day has the cap of each day.</summary>
    private async Task<SpendReport> ReportAsync(SqlSession session, SpendScope scope)
    {
        if (scope != SpendScope.EachDay && !scope.IsDay)
            return await SpendAsync(session, scope).ConfigureAwait(false);
        var each = await SpendAsync(session, SpendScope.EachDay).ConfigureAwait(false);
        if (scope.IsDay)
        {
            var day = await SpendAsync(session, scope).ConfigureAwait(false);
            return day with { Cap = day.Cap ?? each.Cap };
        }
        var now = await NowAsync(session).ConfigureAwait(false);
        var today = await SpendAsync(session, SpendScope.Day(DateOnly.FromDateTime(now.UtcDateTime))).ConfigureAwait(false);
        return today with { Scope = scope, Cap = each.Cap };
    }

    private static async Task<SpendReport> SpendAsync(SqlSession session, SpendScope scope)
    {
        var sums = await session.QueryAsync(
            "SELECT spent, reserved FROM spend WHERE scope = $1", static reader => (reader.GetInt64(0), reader.GetInt64(1)), scope.Name).ConfigureAwait(false);
        var cap = await session.NumberAsync("SELECT amount FROM caps WHERE scope = $1", scope.Name).ConfigureAwait(false);
        var (spent, reserved) = sums is [var only] ? only : (0, 0);
        return new SpendReport(scope, SqlRow.FromBillionths(spent), SqlRow.FromBillionths(reserved), cap is { } amount ? SqlRow.FromBillionths(amount) : null);
    }

    private async Task<int> CapAsync(SqlSession session, SpendScope scope, decimal? amount)
    {
        // A worker that has not seen the cap has committed what it sends before others count by it.
        if (dialect.LockTable("caps") is { Length: > 0 } sql)
            await session.ExecuteAsync(sql).ConfigureAwait(false);
        return amount is null
            ? await session.ExecuteAsync("DELETE FROM caps WHERE scope = $1", scope.Name).ConfigureAwait(false)
            : await session.ExecuteAsync(SetCap, scope.Name, SqlRow.Billionths(amount)).ConfigureAwait(false);
    }

    /// <summary>Reads the caps, and where there are any, or limits, waits for others that decide: two would count the same room.</summary>
    private async Task<List<(string Scope, long Amount)>> LockCapsAsync(SqlSession session, ProviderLimits? limits)
    {
        var caps = await CapsAsync(session).ConfigureAwait(false);
        if (limits is not null || caps.Count > 0)
            await WaitForTurnAsync(session, dialect, "sending").ConfigureAwait(false);
        return caps;
    }

    private static Task<List<(string Scope, long Amount)>> CapsAsync(SqlSession session) =>
        session.QueryAsync("SELECT scope, amount FROM caps", static reader => (reader.GetString(0), reader.GetInt64(1)));

    /// <summary>Why a job may not be sent now; null where it may.</summary>
    private static async Task<SendDecision?> RefusalAsync(
        SqlSession session, LedgerJob job, ProviderLimits? limits, List<(string Scope, long Amount)> caps, DateTimeOffset now)
    {
        if (limits is not null && await LimitAsync(session, job.Provider, limits, now).ConfigureAwait(false) is { } limited)
            return limited;
        var today = SpendScope.Day(DateOnly.FromDateTime(now.UtcDateTime));
        foreach (var scope in (SpendScope[])[.. SpendScope.Of(job with { SentAt = now })])
        {
            var cap = caps.Find(cap => cap.Scope == scope.Name).Scope is null && scope == today
                ? caps.Find(cap => cap.Scope == SpendScope.EachDay.Name)
                : caps.Find(cap => cap.Scope == scope.Name);
            if (cap.Scope is null)
                continue;
            var report = await SpendAsync(session, scope).ConfigureAwait(false);
            // Others of this transaction count as well.
            var (spent, reserved) = session.End.Of(scope);
            report = report with { Spent = report.Spent + spent, Reserved = report.Reserved + reserved, Cap = SqlRow.FromBillionths(cap.Amount) };
            if (Exceeds(job, report) is { } reason)
                return job.Ceiling is null ? SendDecision.Unpriced(scope, reason) : SendDecision.AtCap(scope, reason);
        }
        return null;
    }

    /// <summary>What every transaction ends in: jobs that wait for what it has freed are considered again, and the sums and the history are written.</summary>
    private static async Task EndAsync(SqlSession session, SqlDialect dialect)
    {
        if (session.End.Freed() is { Count: > 0 } freed)
        {
            var caps = await CapsAsync(session).ConfigureAwait(false);
            foreach (var scope in freed)
            {
                var each = SpendScope.NamesDay(scope) ? SpendScope.EachDay.Name : scope;
                if (caps.Exists(cap => cap.Scope == scope || cap.Scope == each))
                    await ResumeAsync(session, dialect, scope).ConfigureAwait(false);
            }
        }
        if (session.End.IsEmpty)
            return;
        await WaitForTurnAsync(session, dialect, "history").ConfigureAwait(false);
        await session.End.WriteAsync(session).ConfigureAwait(false);
    }

    /// <summary>Some of the jobs that wait for a cap are considered again: a job has cost less than was set aside for it.</summary>
    private static async Task ResumeAsync(SqlSession session, SqlDialect dialect, string scope)
    {
        const int AtOnce = 20;
        var (which, value) = JobsOf(scope, 1);
        await session.ExecuteAsync(
            $"WITH free AS MATERIALIZED (SELECT id FROM jobs WHERE owner IS NULL AND state = 0 AND reason IS NOT NULL AND {which} "
                + $"ORDER BY due, id LIMIT $2{dialect.LockFree}) UPDATE jobs SET due = {dialect.Now} WHERE id IN (SELECT id FROM free)",
            value,
            (long)AtOnce).ConfigureAwait(false);
    }

    // A day is that of whatever is sent next, of any batch and provider.
    private static (string Condition, string? Value) JobsOf(string scope, int parameter) => scope.Split(':', 2) switch
    {
        ["batch", var batch] => ($"batch = ${parameter}", batch),
        ["provider", var provider] => ($"provider = ${parameter}", provider),
        _ => ($"CAST(${parameter} AS TEXT) IS NULL", null),
    };

    private static string? Exceeds(LedgerJob job, SpendReport report)
    {
        if (job.Ceiling is not { } ceiling)
            return $"{report.Scope} has a cap of {Dollars(report.Cap!.Value)}, and what this job costs is not known: give it a ceiling";
        return report.Spent + report.Reserved + ceiling > report.Cap
            ? $"{report.Scope} has a cap of {Dollars(report.Cap!.Value)}: {Dollars(report.Spent)} are spent, {Dollars(report.Reserved)} are set aside for jobs "
                + $"that go on, and this job may cost {Dollars(ceiling)}"
            : null;
    }

    private static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00####}");

    private static async Task<SendDecision?> LimitAsync(SqlSession session, string provider, ProviderLimits limits, DateTimeOffset now)
    {
        if (limits.InFlight is { } most)
        {
            var inFlight = await session.NumberAsync(
                $"SELECT COUNT(*) FROM jobs WHERE provider = $1 AND state IN ({SqlSchema.InFlight}) AND (state <> {(long)LedgerState.InDoubt} OR sent > $2)",
                provider,
                (now - ProviderLimits.DoubtCounts).ToUnixTimeMilliseconds()).ConfigureAwait(false);
            if (inFlight >= most)
                return SendDecision.Later(TimeSpan.FromSeconds(1), $"{provider} has {most} jobs in flight, its limit");
        }
        return limits.SubmitsPerMinute is { } perMinute ? await RateAsync(session, provider, perMinute, now).ConfigureAwait(false) : null;
    }

    private static async Task<SendDecision?> RateAsync(SqlSession session, string provider, int perMinute, DateTimeOffset now)
    {
        // The last so many of a minute: the oldest of them must be a minute old. The row of a job that was sent again has one time only.
        var times = await session.QueryAsync(
            $"""
            SELECT sent AS at FROM jobs WHERE provider = $1 AND sent > $2
            UNION ALL
            SELECT events.at FROM jobs JOIN events ON events.job = jobs.id
              WHERE jobs.provider = $1 AND jobs.sent > $2 AND jobs.attempts > 1
                AND events.kind = {(long)LedgerEventKind.Sent} AND events.at > $2 AND events.at < jobs.sent
            UNION ALL
            SELECT events.at FROM events JOIN jobs ON jobs.id = events.job
              WHERE events.kind = {(long)LedgerEventKind.SentAgain} AND events.at > $2 AND jobs.provider = $1
            ORDER BY at DESC LIMIT $3
            """,
            static reader => reader.GetInt64(0),
            provider,
            now.AddMinutes(-1).ToUnixTimeMilliseconds(),
            (long)perMinute).ConfigureAwait(false);
        // Those of this transaction are not in the history yet.
        times = [.. times.Concat(session.End.SentAgain(provider)).OrderDescending().Take(perMinute)];
        if (times.Count < perMinute)
            return null;
        var free = DateTimeOffset.FromUnixTimeMilliseconds(times[^1]).AddMinutes(1) - now;
        return SendDecision.Later(free > TimeSpan.FromMilliseconds(50) ? free : TimeSpan.FromMilliseconds(50), $"{provider} takes {perMinute} jobs a minute");
    }
}
