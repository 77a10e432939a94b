using System.Data.Common;
using Zoetrope.Jobs;
using Zoetrope.Ledger.Tests.Databases;

namespace Zoetrope.Ledger.Tests;

/// <summary>Ledgers of an earlier version become those of this one, at once or not at all.</summary>
public abstract class MigrationTests : LedgerTest
{
    [Fact]
    public async Task A_ledger_of_the_first_version_is_migrated()
    {
        await CreateFirstAsync();
        await using (var ledger = await OpenAsync())
        {
            var job = Assert.Single(await AllAsync(ledger));
            Assert.Equal(("0001", LedgerState.Intended, "a"), (job.Id, job.State, job.Batch));

            await ledger.RunAsync(Token);

            Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(job.Id, Token))!.State);
        }
        await using var again = await OpenAsync();
        Assert.Single(await AllAsync(again));
    }

    [Fact]
    public async Task Any_number_of_workers_migrate_a_ledger_at_once()
    {
        await CreateFirstAsync();
        var stores = Enumerable.Range(0, 6).Select(_ => NewStore()).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(() => store.OpenAsync(Token), Token)));

        foreach (var store in stores)
        {
            Assert.Equal("0001", Assert.Single(await store.ListAsync(new(), Token)).Id);
            // A table that was added.
            Assert.Null(await store.FindUploadAsync("fal", "account", "hash", Token));
            await store.DisposeAsync();
        }
        await AssertMigratedAsync();
    }

    [Theory]
    // Each is in the way of one of the later statements, after some have succeeded.
    [InlineData("TABLE uploads", "CREATE TABLE uploads(name TEXT)")]
    [InlineData("TABLE notifications", "CREATE TABLE notifications(name TEXT)")]
    [InlineData("INDEX jobs_outputs_of_batch", "CREATE INDEX jobs_outputs_of_batch ON jobs(batch)")]
    public async Task A_migration_that_fails_in_the_middle_leaves_the_old_version_and_can_be_run_again(string obstacle, string statement)
    {
        await CreateFirstAsync();
        await ExecuteAsync(statement);
        await using (var store = NewStore())
        {
            var exception = await Assert.ThrowsAsync<LedgerException>(() => store.OpenAsync(Token));
            Assert.StartsWith("The ledger cannot be written: ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(obstacle.Split(' ')[1], exception.Message, StringComparison.Ordinal);
        }
        // Nothing of what had succeeded is left, and it is still the first version, for programs of that.
        Assert.Equal(1, await VersionAsync());
        foreach (var added in new[] { "SELECT position FROM subscribers", "SELECT failing FROM jobs", "SELECT identity FROM jobs" })
            await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(added));

        await ExecuteAsync("DROP " + obstacle);
        await using var ledger = await OpenAsync();
        await ledger.RunAsync(Token);

        Assert.Equal(LedgerState.Delivered, Assert.Single(await AllAsync(ledger)).State);
        await AssertMigratedAsync();
    }

    private Task CreateFirstAsync() => SchemaOfVersion1.CreateAsync(ExecuteAsync, isPostgres: this is IOnPostgres);

    private async Task AssertMigratedAsync()
    {
        await ExecuteAsync("UPDATE jobs SET failing = NULL, identity = NULL, account = NULL, expires = NULL");
        Assert.Equal(2, await VersionAsync());
    }

    private Task<long> VersionAsync() => NumberAsync("SELECT value FROM ledger_meta WHERE name = 'schema'");
}
