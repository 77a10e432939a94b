using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Ledger.Tests.Databases;

namespace Zoetrope.Ledger.Tests;

/// <summary>That lists which are asked for again and again go through no more jobs than they may show.</summary>
public sealed class ListPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, LedgerQuery> Queries() => new()
    {
        { "jobs_listed", new() { States = [LedgerState.InDoubt] } },
        { "jobs_listed", new() { States = [LedgerState.InDoubt], WithoutContent = true, NewestFirst = true } },
        { "jobs_listed", new() { States = [LedgerState.InDoubt], WithoutContent = true, Batch = "one", After = "a" } },
        { "jobs_listed", new() { States = [LedgerState.Sent], Provider = "fal", EndpointId = "a/b", WithoutContent = true } },
        { "jobs_listed", new() { States = [LedgerState.Accepted], WithoutContent = true, NewestFirst = true, After = "a" } },
        { "jobs_outputs", new() { HasOutputs = true, WithoutContent = true, NewestFirst = true } },
        { "jobs_outputs", new() { HasOutputs = true, WithoutContent = true, NewestFirst = true, After = "a" } },
        { "jobs_outputs_of_batch", new() { HasOutputs = true, WithoutContent = true, NewestFirst = true, Batch = "one", After = "a" } },
        { "sqlite_autoindex_jobs_1", new() { WithoutContent = true, NewestFirst = true } },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_list_is_read_in_its_order_from_an_index_of_what_it_may_show(string index, LedgerQuery query)
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(_folder.Path, "jobs.db");
        await using (var store = new SqliteLedgerStore(path))
            await store.OpenAsync(token);
        await using var traced = new TracedSqlite(path);

        var plan = await traced.PlanAsync(store => store.ListAsync(query, token));

        var table = Assert.Single(plan, line => line.Contains(" jobs ", StringComparison.Ordinal) && !line.Contains("(id=?)", StringComparison.Ordinal));
        Assert.Matches($"INDEX {index}\\b", table);
        if (query.WithoutContent)
            Assert.DoesNotContain(plan, line => line.Contains("ORDER BY", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
