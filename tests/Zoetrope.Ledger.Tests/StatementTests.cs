using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Json;
using Zoetrope.Ledger.Tests.Databases;

namespace Zoetrope.Ledger.Tests;

/// <summary>What is asked of the database: no more than is needed, however large a ledger is.</summary>
public sealed class StatementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
        await using var store = await OpenAsync();

        var plan = await store.PlanAsync(() => store.ListAsync(query, Token));

        var table = Assert.Single(plan, line => line.Contains(" jobs ", StringComparison.Ordinal) && !line.Contains("(id=?)", StringComparison.Ordinal));
        Assert.Matches($"INDEX {index}\\b", table);
        if (query.WithoutContent)
            Assert.DoesNotContain(plan, line => line.Contains("ORDER BY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_that_are_known_are_read_in_groups()
    {
        var store = await OpenAsync();
        await using var ledger = await JobLedger.OpenAsync(store, new LedgerOptions { Clients = [new FalClient("key")] }, Token);
        var intents = Enumerable.Range(0, 1200).Select(i => new JobIntent("fal", "some/model", RawJson.Parse($$"""{"prompt":"{{i}}"}""")) { Batch = "one" })
            .ToList();
        var first = await ledger.IntendAsync(intents, Token);
        IReadOnlyList<LedgerJob> again = [];

        var statements = await store.StatementsAsync(async () => again = await ledger.IntendAsync(intents, Token));

        Assert.Equal(first.Select(job => (job.Id, false)), again.Select(job => (job.Id, job.IsNew)));
        // One for each job tries to add it.
        var others = statements.Where(statement => !statement.StartsWith("INSERT INTO jobs", StringComparison.Ordinal)).ToList();
        Assert.InRange(others.Count, 3, 20);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TracedSqlite> OpenAsync()
    {
        var path = Path.Combine(_folder.Path, "jobs.db");
        await using (var store = new SqliteLedgerStore(path))
            await store.OpenAsync(Token);
        return new TracedSqlite(path);
    }
}
