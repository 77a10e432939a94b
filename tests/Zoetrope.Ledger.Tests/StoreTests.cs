using Zoetrope.Costs;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Ledger.Tests;

/// <summary>What a store holds, and who may open it.</summary>
public abstract class StoreTests : LedgerTest
{
    [Fact]
    public async Task Any_number_of_workers_open_an_empty_ledger_at_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => NewStore()).ToList();

        await Task.WhenAll(stores.Select(store => store.OpenAsync(Token)));

        foreach (var store in stores)
        {
            Assert.Empty(await store.ListAsync(new(), Token));
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_ledger_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await using (var ledger = await OpenAsync())
            await ledger.IntendAsync(Intent("a"), Token);
        await ExecuteAsync("UPDATE ledger_meta SET value = 1000 WHERE name = 'schema'");

        var exception = await Assert.ThrowsAsync<LedgerException>(() => OpenAsync());

        Assert.Equal(
            "The ledger has version 1000 of its tables, and this program knows version 2: a newer one has written it. Update this program.", exception.Message);
        await ExecuteAsync("UPDATE ledger_meta SET value = 2 WHERE name = 'schema'");
        await using var again = await OpenAsync();
        Assert.Single(await AllAsync(again));
    }

    [Fact]
    public async Task A_receipt_after_a_webhook_adds_the_trace_and_the_address_that_only_it_has()
    {
        const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);
        var named = new JobHandle("fal", job.EndpointId, "id");
        var receipt = new JobHandle("fal", job.EndpointId, "id", "/at") { TraceParent = Trace };

        await AcceptAsync(named);
        var improved = await AcceptAsync(receipt);
        var again = await AcceptAsync(named);

        Assert.Equal(("/at", Trace), (improved.Handle!.Location, improved.Handle.TraceParent));
        Assert.Equal(improved.Handle.ToString(), again.Handle!.ToString());
        Assert.Equal(improved.Version, (await AcceptAsync(receipt)).Version);

        async Task<LedgerJob> AcceptAsync(JobHandle handle) =>
            (await ledger.Store.AcceptAsync(job.Id, 0, handle, null, TimeSpan.Zero, cancellationToken: Token))!;
    }

    [Fact]
    public async Task What_a_job_has_is_read_as_it_was_written()
    {
        await using var ledger = await OpenAsync();
        var label = "Straße 🎬 \"quoted\" 'single' \\ $1 ; --";
        var job = await ledger.IntendAsync(Intent("größer 🎬", "ein \\ 'Stapel'", label, 0.123456789m), Token);
        var handle = new JobHandle("fal", job.EndpointId, "id/with:odd@chars#") { IdempotencyKey = "k" };
        await ledger.Store.AcceptAsync(job.Id, 0, handle, null, TimeSpan.Zero, cancellationToken: Token);
        await ledger.Store.ChangeAsync(
            new(job.Id, 1, LedgerEventKind.Ended, LedgerState.Ended)
            {
                Result = Json.RawJson.Parse("""{"a":"\u0000\ud800","b":1.10}"""),
                Outputs = ["/tmp/ä b", "s3://x"],
                Billed = new CostAmount(0.000000001m, CostAmount.Usd),
                Reason = "because",
            },
            Token);

        var read = (await ledger.FindAsync(job.Id, Token))!;

        Assert.Equal(label, read.Label);
        Assert.Equal("ein \\ 'Stapel'", read.Batch);
        Assert.Equal(job.Input.ToString(), read.Input.ToString());
        Assert.Equal(0.123456789m, read.Ceiling);
        Assert.Equal(handle, read.Handle);
        Assert.Equal("""{"a":"\u0000\ud800","b":1.10}""", read.Result.ToString());
        Assert.Equal(["/tmp/ä b", "s3://x"], read.Outputs);
        Assert.Equal(0.000000001m, read.Billed!.Value.Value);
        Assert.Equal((2L, "because"), (read.Version, read.Reason));
        Assert.Equal(read.Id, Assert.Single(await ledger.Store.FindByHandleAsync(handle, Token)).Id);
        Assert.Equal(0.000000001m, (await ledger.SummarizeAsync("ein \\ 'Stapel'", Token)).Spent);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("half a pair \ud83c")]
    [InlineData("\udfac the other half")]
    public async Task A_message_with_characters_that_no_database_stores_is_stored_without_them(string message)
    {
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);

        var failed = await ledger.Store.ChangeAsync(new(job.Id, 0, LedgerEventKind.Failed, LedgerState.Failed) { Reason = message }, Token);

        Assert.Equal(LedgerState.Failed, failed!.State);
        Assert.Equal(message.Length, failed.Reason!.Length);
        Assert.Equal(failed.Reason, (await ledger.Store.EventsAsync(job.Id, cancellationToken: Token))[^1].Text);
    }

    [Fact]
    public async Task A_job_of_a_provider_is_found_by_an_id_of_any_length()
    {
        await using var ledger = await OpenAsync();
        var random = new Random(Seeded.Seed);
        var job = await ledger.IntendAsync(Intent("a"), Token);
        var handle = new JobHandle("fal", job.EndpointId, new string([.. Enumerable.Range(0, 20_000).Select(_ => (char)random.Next('!', '~'))]));

        await ledger.Store.AcceptAsync(job.Id, 0, handle, null, TimeSpan.Zero, cancellationToken: Token);

        Assert.Equal(handle, Assert.Single(await ledger.Store.FindByHandleAsync(handle, Token)).Handle);
        Assert.Empty(await ledger.Store.FindByHandleAsync(new("fal", job.EndpointId, handle.JobId + "x"), Token));
    }

    [Fact]
    public async Task The_name_of_a_batch_has_a_limit()
    {
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync(Intent("a", new string('é', 200), ceiling: 1m), Token);

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => ledger.IntendAsync(Intent("b", new string('b', 201)), Token));

        Assert.StartsWith("The name of a batch has at most 200 characters, and this one has 201.", exception.Message, StringComparison.Ordinal);
        Assert.Single(await AllAsync(ledger));
    }

    [Fact]
    public async Task A_worker_without_a_lease_takes_nothing()
    {
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);

        Assert.Null(await ledger.Store.ClaimOneAsync(job.Id, "frozen", Token));
        Assert.Null((await ledger.Store.AcceptAsync(job.Id, 0, new("fal", job.EndpointId, "x"), "frozen", TimeSpan.Zero, cancellationToken: Token))!.Owner);
        await ledger.Store.RenewAsync("alive", TimeSpan.FromMinutes(1), isNew: true, Token);
        Assert.NotNull(await ledger.Store.ClaimOneAsync(job.Id, "alive", Token));
        Assert.Null(await ledger.Store.ClaimOneAsync(job.Id, "alive", Token));
    }

    [Fact]
    public async Task What_the_database_refuses_is_an_error_of_the_ledger()
    {
        await using var ledger = await OpenAsync();
        await ExecuteAsync("DROP TABLE caps");

        Assert.StartsWith(
            "The ledger cannot be read: ", (await Assert.ThrowsAsync<LedgerException>(() => ledger.Store.SpendAsync(SpendScope.EachDay, Token))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The ledger cannot be written: ", (await Assert.ThrowsAsync<LedgerException>(() => ledger.SetCapAsync(SpendScope.EachDay, 1m, Token))).Message,
            StringComparison.Ordinal);
        Assert.NotNull(await ledger.IntendAsync(Intent("a"), Token));
    }

    [Fact]
    public async Task Many_jobs_recorded_at_once_are_each_there_once()
    {
        await using var ledger = await OpenAsync();
        var before = await ledger.IntendAsync([Intent("m7", "b"), Intent("m8", "b", ceiling: 2m)], Token);
        // Every third is there already, or comes twice; some have a label that no database takes as it is.
        var intents = Enumerable.Range(0, 1500)
            .Select(i => Intent($"m{(i % 3 == 0 ? i / 3 : i)}", "b", i % 100 == 1 ? "a\ud800\0" : i % 100 == 2 ? "" : null, i == 8 ? 3m : null)).ToList();

        var jobs = await ledger.IntendAsync(intents, Token);

        var stored = await AllAsync(ledger);
        Assert.Equal(intents.Select(intent => intent.Input.ToString()).Distinct().Count(), stored.Count);
        Assert.Equal(intents.Select(intent => intent.Input), jobs.Select(job => job.Input));
        Assert.Equal(jobs.Select(job => job.Id).Distinct().Order(StringComparer.Ordinal), stored.Select(job => job.Id));
        Assert.Equal(stored.Count - 2, jobs.Count(job => job.IsNew));
        Assert.Equal((before[0].Id, before[1].Id, 3m), (jobs[7].Id, jobs[8].Id, (await ledger.FindAsync(before[1].Id, Token))!.Ceiling));
        Assert.Equal(["a\ufffd\ufffd", "", null], new[] { 1, 2, 4 }.Select(i => stored.Single(one => one.Id == jobs[i].Id).Label));
        var history = await ledger.Store.EventsAsync(null, 0, 10_000, Token);
        Assert.Equal(stored.Select(job => (job.Id, LedgerEventKind.Intended)).Order(), history.Select(entry => (entry.JobId, entry.Kind)).Order());
        Assert.Equal(history[^1].Sequence, await ledger.Store.LastEventAsync(Token));
    }

    [Fact]
    public async Task Jobs_that_are_known_are_found_by_all_that_they_are_recognized_by()
    {
        await using var ledger = await OpenAsync();
        var intents = Enumerable.Range(0, 700).Select(i => Intent($"m{i}", "b", ceiling: 1m)).ToList();
        var first = await ledger.IntendAsync(intents, Token);

        // The same with another ceiling, twice; what is new; and the very rows, as of a run whose end was not seen.
        var again = await ledger.IntendAsync(
            [.. intents.Select(intent => intent with { Ceiling = 2m }), intents[3] with { Ceiling = 3m }, Intent("new", "b"), intents[3]], Token);
        var same = await ledger.Store.AddAsync(first, cancellationToken: Token);

        Assert.Equal(first.Select(job => job.Id), again.Take(700).Select(job => job.Id));
        Assert.Equal((first[3].Id, 3m), (again[700].Id, again[700].Ceiling));
        Assert.True(again[701].IsNew);
        Assert.Equal((first[3].Id, 1m), (again[702].Id, again[702].Ceiling));
        Assert.Equal((1m, 2m), ((await ledger.FindAsync(first[3].Id, Token))!.Ceiling, (await ledger.FindAsync(first[4].Id, Token))!.Ceiling));
        Assert.Equal(701, (await ledger.SummarizeAsync("b", Token)).Total);
        Assert.Equal(first.Select(job => (job.Id, true)), same.Select(job => (job.Id, job.IsNew)));
    }

    [Fact]
    public async Task Of_many_jobs_none_is_recorded_if_one_is_not_valid_and_the_first_of_these_is_reported()
    {
        await using var ledger = await OpenAsync();
        var intents = Enumerable.Range(0, 1000).Select(i => i is 300 or 900 ? new JobIntent($"nobody{i}", "m", Input("x")) : Intent($"v{i}")).ToList();

        var exception = await Assert.ThrowsAsync<LedgerException>(() => ledger.IntendAsync(intents, Token));

        Assert.Contains("nobody300", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await AllAsync(ledger));
        Assert.Equal(0, await ledger.Store.LastEventAsync(Token));
    }

    [Fact]
    public async Task Lists_read_no_more_than_they_need()
    {
        await using var ledger = await OpenAsync();
        var text = new string('x', 3 << 20);
        var jobs = await ledger.IntendAsync(
            [.. Enumerable.Range(0, 4).Select(i => new JobIntent("fal", "some/model", Json.RawJson.Parse($$"""{"prompt":"{{i}}{{text}}"}""")))], Token);
        await ledger.Store.AcceptAsync(jobs[0].Id, 0, new("fal", "some/model", "id"), null, TimeSpan.Zero, cancellationToken: Token);
        var ended = new LedgerChange(jobs[0].Id, 1, LedgerEventKind.Ended, LedgerState.Ended) { Result = Json.RawJson.Parse("[1]") };
        await ledger.Store.ChangeAsync(ended, Token);

        // What is longer than a page is one.
        Assert.Equal(jobs.Take(2).Select(job => job.Id), (await ledger.Store.ListAsync(new(), Token)).Select(job => job.Id));
        Assert.Equal(jobs.Select(job => job.Input), (await AllAsync(ledger)).Select(job => job.Input));
        var brief = await ledger.Store.ListAsync(new() { WithoutContent = true }, Token);
        Assert.Equal(4, brief.Count);
        Assert.All(brief, job => Assert.Equal((Json.RawJson.Null, null), (job.Input, job.Result)));
        var whole = (await ledger.FindAsync(jobs[0].Id, Token))!;
        Assert.Equal("[1]", whole.Result.ToString());
        Assert.Equal(whole with { Input = default, Result = null, Outputs = brief[0].Outputs }, brief[0] with { Input = default });
    }
}
