using Microsoft.Data.Sqlite;
using Zoetrope.Clients;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Json;

namespace Zoetrope.Ledger.Tests;

/// <summary>A ledger that is only looked at is left as it is.</summary>
public sealed class ReadOnlyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.Path, "jobs.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_reads_what_others_write_meanwhile()
    {
        await using var writer = await WriterAsync();
        await using var reader = await ReaderAsync();

        await IntendAsync(writer, "a");
        Assert.Single(await reader.Store.ListAsync(new(), Token));
        await IntendAsync(writer, "b");
        Assert.Equal(2, (await reader.SummarizeAsync(cancellationToken: Token)).Total);
    }

    [Fact]
    public async Task It_changes_nothing()
    {
        await using (var writer = await WriterAsync())
            await IntendAsync(writer, "a");
        var before = await System.IO.File.ReadAllBytesAsync(File, Token);

        await using (var reader = await ReaderAsync())
        {
            var job = Assert.Single(await reader.Store.ListAsync(new(), Token));
            var refused = await Assert.ThrowsAsync<LedgerException>(() => reader.Store.RenewAsync("worker", TimeSpan.FromMinutes(1), isNew: true, Token));
            Assert.StartsWith("The ledger cannot be written: ", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<LedgerException>(() => reader.CancelAsync(job.Id, Token));
            await Assert.ThrowsAsync<LedgerException>(() => reader.SetCapAsync(Jobs.Storage.SpendScope.EachDay, 1m, Token));
        }

        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Token));
    }

    [Fact]
    public async Task It_creates_nothing()
    {
        await Assert.ThrowsAsync<LedgerException>(ReaderAsync);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));

        await System.IO.File.WriteAllBytesAsync(File, [], Token);
        var empty = await Assert.ThrowsAsync<LedgerException>(ReaderAsync);
        Assert.StartsWith("The ledger has version 0 of its tables, and this program reads version 2.", empty.Message, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(File).Length);
    }

    [Fact]
    public async Task It_migrates_nothing_and_refuses_what_is_newer()
    {
        await (await WriterAsync()).DisposeAsync();
        await SetVersionAsync(1);
        Assert.StartsWith("The ledger has version 1 ", (await Assert.ThrowsAsync<LedgerException>(ReaderAsync)).Message, StringComparison.Ordinal);
        await SetVersionAsync(1000);
        Assert.EndsWith("Update this program.", (await Assert.ThrowsAsync<LedgerException>(ReaderAsync)).Message, StringComparison.Ordinal);
        await SetVersionAsync(2);
        await (await ReaderAsync()).DisposeAsync();
    }

    [Fact]
    public async Task It_reads_where_nothing_can_be_written()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("A folder of Windows is not made read-only so.");
            return;
        }
        await using (var writer = await WriterAsync())
            await IntendAsync(writer, "a");
        System.IO.File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.SkipWhen(CanCreateFiles(), "This user can write to any folder.");
            await using var reader = await ReaderAsync();

            Assert.Single(await reader.Store.ListAsync(new(), Token));
            Assert.Equal([File], Directory.EnumerateFileSystemEntries(_folder.Path));
        }
        finally
        {
            System.IO.File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private bool CanCreateFiles()
    {
        try
        {
            var probe = Path.Combine(_folder.Path, "probe");
            System.IO.File.WriteAllText(probe, "");
            System.IO.File.Delete(probe);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task<JobLedger> WriterAsync() => await JobLedger.OpenAsync(new SqliteLedgerStore(File), new() { Clients = [Fal] }, Token);

    private async Task<JobLedger> ReaderAsync() => await JobLedger.OpenAsync(SqliteLedgerStore.ReadOnly(File), new() { Clients = [] }, Token);

    private static MediaClient Fal { get; } = new Fal.FalClient("any");

    private static Task<LedgerJob> IntendAsync(JobLedger ledger, string prompt) => ledger.IntendAsync(
        new JobIntent(KlingVideoO3ProImageToVideo.Endpoint, RawJson.Parse($$"""{"image_url":"https://example.com/a.png","prompt":"{{prompt}}"}""")), Token);

    private async Task SetVersionAsync(long version)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE ledger_meta SET value = {version} WHERE name = 'schema'";
        await command.ExecuteNonQueryAsync(Token);
    }
}
