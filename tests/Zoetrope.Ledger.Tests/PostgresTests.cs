using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Postgres;
using Zoetrope.Jobs.Storage;
using Zoetrope.Json;
using Zoetrope.Ledger.Tests.Databases;

namespace Zoetrope.Ledger.Tests;

/// <summary>What only a server does to a ledger: it loses responses, hangs, is killed, and refuses.</summary>
public sealed class PostgresTests(OwnPostgres own) : IClassFixture<OwnPostgres>, IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string _ledger = "";

    public static TheoryData<string, bool> Losses
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var what in (string[])["add", "claim", "claim one", "mark", "accept", "end", "retry", "release", "begin", "renew", "cap", "pause", "wake"])
            {
                data.Add(what, true);
                data.Add(what, false);
            }
            return data;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        SharedPostgres.SkipIfMissing();
        _ledger = own.NewLedger();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_commit_whose_response_is_lost_is_made_once(string what, bool hasTakenEffect)
    {
        await using var store = await OpenAsync();
        await own.WatchAsync(_ledger);
        await store.RenewAsync("w", Long, isNew: true, Token);
        var job = (await store.AddAsync([NewJob("first")], cancellationToken: Token))[0];
        var claimed = what is "add" or "claim" or "claim one" or "pause" ? default : (await store.ClaimAsync(Request("w"), Token))[0];
        if (what is "accept" or "end" or "retry" or "release")
            job = (await store.MarkSentAsync(job.Id, claimed.Version, "w", null, Token)).Job!;
        if (what is "end" or "retry")
            job = (await store.AcceptAsync(job.Id, 1, HandleOf(job), "w", TimeSpan.Zero, cancellationToken: Token))!;
        if (what is "retry")
            job = (await store.ChangeAsync(new(job.Id, job.Version, LedgerEventKind.Failed, LedgerState.Failed), Token))!;
        await own.HangAsync(hasTakenEffect);
        await using var other = new PostgresLedgerStore(_ledger, Patience);

        var work = Task.Run(() => RunAsync(other, what, job, claimed), Token);
        await own.TerminateAsync(Token);
        var (isDone, version, kinds, reserved, spent) = await work;

        var after = (await store.FindAsync(job.Id, Token))!;
        Assert.True(isDone);
        Assert.Equal(version, after.Version);
        Assert.Equal(string.Join(",", kinds), string.Join(
            ",", (await store.EventsAsync(job.Id, cancellationToken: Token)).Select(entry => entry.Kind)));
        Assert.Equal((spent, reserved), await store.SpendAsync(SpendScope.Batch("faults"), Token) is var report ? (report.Spent, report.Reserved) : default);
    }

    [Fact]
    public async Task A_server_that_is_killed_while_it_commits_loses_nothing_and_makes_nothing_twice()
    {
        const int Kills = 4;
        const int Jobs = 240;
        var stores = new List<LedgerStore>();
        for (var i = 0; i < 3; i++)
            stores.Add(await OpenAsync());
        foreach (var (store, i) in stores.Select((store, i) => (store, i)))
            await store.RenewAsync($"w{i}", Long, isNew: true, Token);
        var ended = 0;

        var work = Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => Task.Run(() => TakeAsync(stores[i % 3], $"w{i % 3}", i), Token)));
        for (var kill = 1; kill <= Kills; kill++)
        {
            while (Volatile.Read(ref ended) < (kill - 1) * Jobs / Kills && !work.IsCompleted)
                await Task.Delay(1, Token);
            await Task.Delay(kill * 7, Token);
            own.Server.Kill();
            await own.Server.RestartAsync();
        }
        await work;

        Assert.Equal(Jobs, ended);
        var jobs = await stores[0].ListAsync(new() { Limit = 1000 }, Token);
        Assert.Equal(Jobs, jobs.Count);
        Assert.All(jobs, job => Assert.Equal((LedgerState.Ended, 4, 1), (job.State, job.Version, job.Attempts)));
        var history = await stores[1].EventsAsync(null, 0, 10_000, Token);
        Assert.All(history.GroupBy(entry => entry.JobId), entries => Assert.Equal(
            [LedgerEventKind.Intended, LedgerEventKind.Sent, LedgerEventKind.Accepted, LedgerEventKind.Ended], entries.Select(entry => entry.Kind)));
        var report = await stores[2].SpendAsync(SpendScope.Batch("faults"), Token);
        Assert.Equal((Jobs * 0.5m, 0m), (report.Spent, report.Reserved));
        foreach (var store in stores)
            await store.DisposeAsync();

        async Task TakeAsync(LedgerStore store, string owner, int i)
        {
            // Not all at once, so that each kill finds work on its way.
            await Task.Delay(i * 10, Token);
            var job = (await store.AddAsync([NewJob($"job {i}")], cancellationToken: Token))[0];
            var claimed = (await store.ClaimOneAsync(job.Id, owner, Token))!.Value;
            var sent = (await store.MarkSentAsync(job.Id, claimed.Version, owner, null, Token)).Job!;
            var accepted = (await store.AcceptAsync(job.Id, sent.Attempts, HandleOf(job), owner, TimeSpan.Zero, cancellationToken: Token))!;
            Assert.NotNull(await store.ChangeAsync(new(job.Id, accepted.Version, LedgerEventKind.Ended, LedgerState.Ended), Token));
            Interlocked.Increment(ref ended);
        }
    }

    [Fact]
    public async Task A_worker_that_is_frozen_within_a_transaction_does_not_hold_up_others()
    {
        await using var store = await OpenAsync();
        var job = (await store.AddAsync([NewJob("a")], cancellationToken: Token))[0];
        using var proxy = new HaltingProxy(own.Server.Port, "COMMIT\0");
        // Without prepared statements, whose texts are sent once.
        await using var source = NpgsqlDataSource.Create(PortOf(_ledger, proxy.Port) + ";SSL Mode=Disable");
        var frozen = new PostgresLedgerStore(source, TimeSpan.FromSeconds(1));
        Assert.NotNull(await frozen.FindAsync(job.Id, Token));
        proxy.IsOpen = false;
        var change = frozen.ChangeAsync(new(job.Id, 0, LedgerEventKind.Failed, LedgerState.Failed), Token);
        await proxy.Halted.Task.WaitAsync(Token);

        var mine = await store.ChangeAsync(new(job.Id, 0, LedgerEventKind.Canceled, LedgerState.Canceled), Token);

        Assert.Equal(LedgerState.Canceled, mine!.State);
        proxy.Dispose();
        await Assert.ThrowsAsync<LedgerException>(() => change);
        await frozen.DisposeAsync();
        Assert.Equal((LedgerState.Canceled, 1), (await store.FindAsync(job.Id, Token) is { } now ? (now.State, now.Version) : default));
    }

    [Theory]
    [InlineData("claim")]
    [InlineData("claim one")]
    [InlineData("mark")]
    [InlineData("accept")]
    public async Task A_lease_does_not_end_while_its_worker_commits_that_it_has_a_job(string what)
    {
        await using var store = await OpenAsync();
        await store.RenewAsync("w", Long, isNew: true, Token);
        var job = (await store.AddAsync([NewJob("a")], cancellationToken: Token))[0];
        var claimed = what is "mark" ? Assert.Single(await store.ClaimAsync(Request("w"), Token)) : default;
        using var proxy = new HaltingProxy(own.Server.Port, "COMMIT\0");
        await using var source = NpgsqlDataSource.Create(PortOf(_ledger, proxy.Port) + ";SSL Mode=Disable");
        await using var slow = new PostgresLedgerStore(source, Patience);
        Assert.NotNull(await slow.FindAsync(job.Id, Token));
        proxy.IsOpen = false;

        Task work = what switch
        {
            "claim" => slow.ClaimAsync(Request("w"), Token),
            "claim one" => slow.ClaimOneAsync(job.Id, "w", Token),
            "mark" => slow.MarkSentAsync(job.Id, claimed.Version, "w", null, Token),
            _ => slow.AcceptAsync(job.Id, 0, HandleOf(job), "w", TimeSpan.Zero, cancellationToken: Token),
        };
        await proxy.Halted.Task.WaitAsync(Token);
        var releasing = store.ReleaseAsync("w", Token);
        await Task.WhenAny(releasing, Task.Delay(300, Token));
        proxy.IsOpen = true;
        proxy.Resumed.SetResult();
        await work;

        // It has waited, or the job would be that of a worker whose lease nobody ends any more.
        Assert.Equal(1, await releasing);
        var after = (await store.FindAsync(job.Id, Token))!;
        Assert.Null(after.Owner);
        Assert.NotEqual(LedgerState.Sent, after.State);
    }

    [Fact]
    public async Task Tables_are_created_by_one_after_the_other()
    {
        await using var connection = new NpgsqlConnection(own.Server.Connection);
        await connection.OpenAsync(Token);
        var transaction = await connection.BeginTransactionAsync(Token);
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(20511)", connection, transaction))
            await command.ExecuteNonQueryAsync(Token);

        var opening = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OpenAsync()));
        while (await own.Server.ExecuteAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE usename = 'worker' AND wait_event = 'advisory'") is not 3L)
            await Task.Delay(10, Token);
        await transaction.DisposeAsync();

        foreach (var store in await opening)
        {
            Assert.Empty(await store.ListAsync(new(), Token));
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_that_does_not_respond_is_an_error_after_a_time()
    {
        using var silent = new HaltingProxy(0, "");
        await using var store = new PostgresLedgerStore(PortOf(_ledger, silent.Port) + ";Timeout=1", TimeSpan.FromSeconds(1));

        var both = await Task.WhenAll(
            Assert.ThrowsAsync<LedgerException>(() => store.OpenAsync(Token)), Assert.ThrowsAsync<LedgerException>(() => store.FindAsync("x", Token)));

        Assert.StartsWith("The ledger cannot be written: ", both[0].Message, StringComparison.Ordinal);
        Assert.EndsWith(" Nothing that was not committed is sent. It was tried again for 00:00:01.", both[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("The ledger cannot be read: ", both[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_hangs_is_ended_and_the_ledger_goes_on_afterwards()
    {
        await using var store = await OpenAsync();
        await using var hurried = new PostgresLedgerStore(_ledger + ";Command Timeout=1", TimeSpan.FromSeconds(1));
        await using (var connection = new NpgsqlConnection(_ledger))
        {
            await connection.OpenAsync(Token);
            await using var transaction = await connection.BeginTransactionAsync(Token);
            await using var command = new NpgsqlCommand("LOCK TABLE jobs", connection, transaction);
            await command.ExecuteNonQueryAsync(Token);

            await Assert.ThrowsAsync<LedgerException>(() => hurried.FindAsync("x", Token));
            await Assert.ThrowsAsync<LedgerException>(() => hurried.AddAsync([NewJob("a")], cancellationToken: Token));
        }

        Assert.Empty(await store.ListAsync(new(), Token));
        Assert.Single(await hurried.AddAsync([NewJob("a")], cancellationToken: Token));
    }

    [Fact]
    public async Task A_process_that_only_works_on_the_jobs_needs_no_right_to_create_tables()
    {
        var role = "clerk_" + Guid.NewGuid().ToString("N")[..8];
        var schema = _ledger[(_ledger.IndexOf("Search Path=", StringComparison.Ordinal) + 12)..];
        await (await OpenAsync()).DisposeAsync();
        await own.Server.ExecuteAsync(
            $"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {role}; "
            + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}");
        await using var store = new PostgresLedgerStore(_ledger.Replace("Username=worker", "Username=" + role, StringComparison.Ordinal), Patience);

        await store.OpenAsync(Token);
        await store.RenewAsync("w", Long, isNew: true, Token);
        await store.SetCapAsync(SpendScope.Batch("faults"), 1m, Token);
        await store.AddAsync([NewJob("a")], cancellationToken: Token);
        var claimed = Assert.Single(await store.ClaimAsync(Request("w"), Token));
        Assert.NotNull((await store.MarkSentAsync(claimed.Id, claimed.Version, "w", new(InFlight: 3), Token)).Job);
        Assert.Equal(1, await store.ReleaseAsync("w", Token));
    }

    [Theory]
    [InlineData("Database=missing", "database \"missing\" does not exist")]
    [InlineData("Username=nobody_known", "role \"nobody_known\" does not exist")]
    [InlineData("Search Path='\"odd name\"'", "None of the schemas in the search path '\"odd name\"' exists. Create one, or name one of letters")]
    public async Task What_is_wrong_with_the_connection_is_reported_at_once(string setting, string message)
    {
        await using var store = new PostgresLedgerStore($"{_ledger};{setting}", Patience);

        var exception = await Assert.ThrowsAsync<LedgerException>(() => store.OpenAsync(Token));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N")]
    [InlineData("E")]
    public async Task A_server_that_ends_while_a_connection_is_opened_is_tried_again(string kind)
    {
        // What it sends then is a message, where the driver has asked whether it encrypts.
        var text = "SWARNING\0VWARNING\0C57P02\0Mterminating connection\0\0"u8;
        byte[] words = [(byte)kind[0], 0, 0, 0, (byte)(text.Length + 4), .. text];
        using var server = new EndingServer(own.Server.Port, words, times: 2);
        await using var store = new PostgresLedgerStore(_ledger.Replace($"Port={own.Server.Port}", $"Port={server.Port}", StringComparison.Ordinal), Patience);

        await store.OpenAsync(Token);
        await store.RenewAsync("w", Long, isNew: true, Token);

        Assert.Equal(2, server.Ended);
    }

    [Fact]
    public async Task The_connections_of_the_application_stay_open()
    {
        await using var source = NpgsqlDataSource.Create(_ledger);
        await using (var store = new PostgresLedgerStore(source))
        {
            await store.OpenAsync(Token);
            await store.AddAsync([NewJob("a")], cancellationToken: Token);
        }

        await using var command = source.CreateCommand("SELECT COUNT(*) FROM jobs");
        Assert.Equal(1L, await command.ExecuteScalarAsync(Token));
        Assert.Throws<ArgumentException>(() => new PostgresLedgerStore("Hots=x"));
    }

    private static async Task<(bool IsDone, long Version, LedgerEventKind[] Kinds, decimal Reserved, decimal Spent)> RunAsync(
        LedgerStore store, string what, LedgerJob job, ClaimedJob claimed)
    {
        const LedgerEventKind New = LedgerEventKind.Intended;
        switch (what)
        {
            case "add":
                var added = await store.AddAsync([NewJob("second"), job, NewJob("third")], cancellationToken: Token);
                var all = await store.ListAsync(new(), Token);
                return (added[1].Id == job.Id && all.Count == 3 && added.All(one => all.Any(other => other.Id == one.Id)), 0, [New], 0, 0);
            case "claim":
                return ((await store.ClaimAsync(Request("w"), Token)) is [{ Version: 1 }], 1, [New], 0, 0);
            case "claim one":
                return (await store.ClaimOneAsync(job.Id, "w", Token) is { Version: 1 }, 1, [New], 0, 0);
            case "mark":
                var decision = await store.MarkSentAsync(job.Id, claimed.Version, "w", new(InFlight: 1), Token);
                return (decision.Job is { Attempts: 1, State: LedgerState.Sent }, 2, [New, LedgerEventKind.Sent], 0.5m, 0);
            case "accept":
                var accepted = await store.AcceptAsync(job.Id, 1, HandleOf(job), "w", TimeSpan.Zero, cancellationToken: Token);
                return (accepted is { State: LedgerState.Accepted, Owner: "w" }, 3, [New, LedgerEventKind.Sent, LedgerEventKind.Accepted], 0.5m, 0);
            case "end":
                var ended = await store.ChangeAsync(new(job.Id, job.Version, LedgerEventKind.Ended, LedgerState.Ended), Token);
                return (ended is { State: LedgerState.Ended }, 4, [New, LedgerEventKind.Sent, LedgerEventKind.Accepted, LedgerEventKind.Ended], 0, 0.5m);
            case "retry":
                var back = await store.ChangeAsync(
                    new(job.Id, job.Version, LedgerEventKind.Retried, LedgerState.Intended) { Reset = true, Release = true }, Token);
                return (
                    back is { State: LedgerState.Intended, EarlierCost: 0.5m }, 5,
                    [New, LedgerEventKind.Sent, LedgerEventKind.Accepted, LedgerEventKind.Failed, LedgerEventKind.Retried], 0, 0.5m);
            case "release":
                await store.ReleaseAsync("w", Token);
                return (
                    await store.FindAsync(job.Id, Token) is { State: LedgerState.InDoubt, Owner: null }, 3,
                    [New, LedgerEventKind.Sent, LedgerEventKind.InDoubt], 0.5m, 0);
            case "begin":
                return (await store.RenewAsync("v", Long, isNew: true, Token) && await store.RenewAsync("v", Long, isNew: false, Token), 1, [New], 0, 0);
            case "renew":
                return (await store.RenewAsync("w", Long, isNew: false, Token), 1, [New], 0, 0);
            case "cap":
                await store.SetCapAsync(SpendScope.Batch("faults"), 3m, Token);
                return ((await store.SpendAsync(SpendScope.Batch("faults"), Token)).Cap == 3m, 1, [New], 0, 0);
            case "pause":
                // What others still have locked is left out: here the transaction that was terminated.
                do
                    await store.PauseAsync(SpendScope.Batch("faults"), 0.5m, "wait", Long, Token);
                while ((await store.FindAsync(job.Id, Token))!.Reason != "wait");
                return (true, 0, [New], 0, 0);
            default:
                await store.WakeAsync(job.Id, Token);
                return (await store.WokenAsync("w", Token) is [_], 1, [New], 0, 0);
        }
    }

    private static string PortOf(string ledger, int port) => new NpgsqlConnectionStringBuilder(ledger) { Port = port }.ToString();

    private static ClaimRequest Request(string owner) => new(owner, LedgerState.Intended, 10) { Providers = ["fal"] };

    private static JobHandle HandleOf(LedgerJob job) => new("fal", job.EndpointId, "h" + job.Id);

    private static LedgerJob NewJob(string input) => new()
    {
        Id = Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture),
        Batch = "faults",
        Provider = "fal",
        EndpointId = "some/model",
        Input = RawJson.Parse($"\"{input}\""),
        InputHash = input,
        UniqueKey = input,
        Token = RandomNumberGenerator.GetHexString(32, lowercase: true),
        Ceiling = 0.5m,
    };

    private async Task<PostgresLedgerStore> OpenAsync()
    {
        var store = new PostgresLedgerStore(_ledger, Patience);
        await store.OpenAsync(Token);
        return store;
    }
}
