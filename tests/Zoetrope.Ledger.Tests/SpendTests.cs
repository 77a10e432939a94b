using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Caps on what is spent, and limits of providers.</summary>
public abstract class SpendTests : LedgerTest
{
    private const string Model = "fal-ai/kling-video/o3/pro/image-to-video";

    public static TheoryData<string> Scopes => ["batch", "provider", "today", "each day"];

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task At_a_cap_the_jobs_wait_and_say_why(string kind)
    {
        var scope = ScopeOf(kind);
        await using var ledger = await OpenAsync();
        await ledger.SetCapAsync(scope, 2.5m, Token);
        await ledger.IntendAsync([.. Enumerable.Range(0, 6).Select(i => Intent($"c{i}", "capped", ceiling: 1m))], Token);

        await ledger.RunAsync(Token);

        var summary = await ledger.SummarizeAsync("capped", Token);
        Assert.Equal((2, 4, 2m, 0m), (summary[LedgerState.Delivered], summary.Paused, summary.Spent, summary.Reserved));
        Assert.Equal(2, Simulator.Counts.Accepted);
        var waiting = await AllAsync(ledger, new() { States = [LedgerState.Intended] });
        Assert.All(waiting, job => Assert.Contains("has a cap of $2.50: ", job.Reason, StringComparison.Ordinal));
        Assert.Equal(new SpendReport(scope, 2m, 0m, 2.5m), await ledger.Store.SpendAsync(scope, Token));
        if (kind == "each day")
            Assert.Equal(new SpendReport(ScopeOf("today"), 2m, 0m, 2.5m), await ledger.Store.SpendAsync(ScopeOf("today"), Token));

        await ledger.SetCapAsync(scope, 4m, Token);
        await ledger.RunAsync(Token);
        Assert.Equal(4, Simulator.Counts.Accepted);
        await ledger.SetCapAsync(scope, null, Token);
        await ledger.RunAsync(Token);
        Assert.Equal(6, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_job_that_was_not_sent_takes_over_a_ceiling()
    {
        await using var ledger = await OpenAsync();
        await ledger.SetCapAsync(SpendScope.Batch("b"), 2m, Token);
        var job = await ledger.IntendAsync(Unpriced(), Token);
        await ledger.RunAsync(Token);
        Assert.Equal((0, null), (Simulator.Submits, (await ledger.FindAsync(job.Id, Token))!.Ceiling));

        var again = await ledger.IntendAsync(Unpriced() with { Ceiling = 1.5m }, Token);
        Assert.Equal((job.Id, 1.5m), (again.Id, again.Ceiling));
        await ledger.SetCapAsync(SpendScope.Batch("b"), 2m, Token);
        await ledger.RunAsync(Token);
        await ledger.IntendAsync(Unpriced() with { Ceiling = 0.5m }, Token);

        var sent = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, 1.5m, 1), (sent.State, sent.Ceiling, Simulator.Submits));
    }

    [Fact]
    public async Task What_is_set_aside_for_jobs_that_go_on_counts()
    {
        await using var slow = await MediaSimulator.StartAsync(new() { JobDuration = TimeSpan.FromMinutes(5) }, Token);
        using var fal = new Fal.FalClient(new Fal.FalClientOptions { BaseUrl = slow.BaseUrl, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: fal));
        await ledger.SetCapAsync(SpendScope.Batch("b"), 2m, Token);
        await ledger.IntendAsync([.. Enumerable.Range(0, 5).Select(i => Intent($"c{i}", "b", ceiling: 1m))], Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = ledger.ServeAsync(done.Token);
        while ((await ledger.SummarizeAsync("b", Token)) is not { Paused: > 0 } now || now[LedgerState.Accepted] < 2)
            await Task.Delay(10, Token);
        await done.CancelAsync();
        await running;

        var summary = await ledger.SummarizeAsync("b", Token);
        Assert.Equal((2, 2m, 0m), (slow.Counts.Accepted, summary.Reserved, summary.Spent));
    }

    [Fact]
    public async Task A_job_whose_cost_is_not_known_waits_under_a_cap()
    {
        await using var ledger = await OpenAsync();
        await ledger.SetCapAsync(SpendScope.Batch("b"), 100m, Token);
        var job = await ledger.IntendAsync(Unpriced(), Token);

        var rest = await ledger.RunAsync(Token);

        const string Reason = "batch:b has a cap of $100.00, and what this job costs is not known: give it a ceiling (this process does not know its model)";
        Assert.Equal(0, Simulator.Submits);
        Assert.Equal(Reason, (await ledger.FindAsync(job.Id, Token))!.Reason);
        Assert.Equal((1, $"1 Intended: fal:{Model} of the batch 'b': {Reason}"), (rest.Count, rest.ToString()));
    }

    [Fact]
    public async Task A_job_whose_price_is_published_runs_under_a_cap()
    {
        await using var ledger = await OpenAsync();
        await ledger.SetCapAsync(SpendScope.EachDay, 1.2m, Token);
        // The first is of a model that cannot be priced, and keeps nobody else waiting.
        var unpriced = new JobIntent("fal", "another/model", Input("a")) { Batch = "b" };
        await ledger.IntendAsync([unpriced, .. Enumerable.Range(0, 4).Select(i => Intent($"p{i}", "priced"))], Token);

        var rest = await ledger.RunAsync(Token);

        // Five seconds at 10 cents.
        var jobs = await AllAsync(ledger, new() { Batch = "priced" });
        Assert.All(jobs, job => Assert.Equal(0.5m, job.Ceiling));
        Assert.Equal((2, 2), (jobs.Count(job => job.State == LedgerState.Delivered), Simulator.Counts.Accepted));
        Assert.Equal(
            [LedgerEventKind.Intended, LedgerEventKind.Priced, LedgerEventKind.Sent],
            (await HistoryAsync(ledger, jobs.First(job => job.State == LedgerState.Delivered).Id)).Take(3));
        Assert.Contains("this job may cost $0.50", jobs.First(job => job.State == LedgerState.Intended).Reason, StringComparison.Ordinal);
        Assert.Equal([("b", 1), ("priced", 2)], rest.Groups.Select(group => (group.Batch, group.Count)));
    }

    [Fact]
    public async Task A_price_that_cannot_be_fetched_leaves_the_job_for_later()
    {
        using var nowhere = new Fal.FalClient(new Fal.FalClientOptions { BaseUrl = FakeServer.Nowhere(), ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: nowhere));
        await ledger.SetCapAsync(SpendScope.EachDay, 20m, Token);
        await ledger.IntendAsync(Intent("a"), Token);

        var rest = await ledger.RunAsync(Token);

        Assert.Contains("give it a ceiling (the price of ", Assert.Single(rest.Groups).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cost_that_the_provider_reports_takes_the_place_of_the_ceiling()
    {
        using var eachlabs = new Eachlabs.EachlabsClient(new Eachlabs.EachlabsClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: eachlabs));
        var job = await ledger.IntendAsync(
            new JobIntent("eachlabs", "kling-o3-pro-image-to-video", Input("a")) { Batch = "b", Ceiling = 50m }, Token);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal(LedgerState.Delivered, job.State);
        var billed = Assert.NotNull(job.Billed);
        Assert.True(billed.Value is > 0 and < 50);
        Assert.Equal(billed.Value, (await ledger.SummarizeAsync("b", Token)).Spent);
    }

    [Fact]
    public async Task Jobs_that_cost_less_than_their_ceilings_leave_room_for_others()
    {
        using var eachlabs = new Eachlabs.EachlabsClient(new Eachlabs.EachlabsClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: eachlabs));
        await ledger.SetCapAsync(SpendScope.Batch("b"), 50m, Token);
        var intents = Enumerable.Range(0, 9)
            .Select(i => new JobIntent("eachlabs", "kling-o3-pro-image-to-video", Input($"r{i}")) { Batch = "b", Ceiling = 20m });
        await ledger.IntendAsync([.. intents], Token);

        await ledger.RunAsync(Token);

        var summary = await ledger.SummarizeAsync("b", Token);
        Assert.Equal((9, 0), (summary[LedgerState.Delivered], summary.Paused));
        Assert.InRange(summary.Spent, 0.01m, 50m);
    }

    [Fact]
    public async Task Limits_hold_over_all_workers_of_a_ledger()
    {
        await using var slow = await MediaSimulator.StartAsync(new() { JobDuration = TimeSpan.FromMilliseconds(300), QueueTime = TimeSpan.Zero }, Token);
        using var fal = new Fal.FalClient(new Fal.FalClientOptions { BaseUrl = slow.BaseUrl, ApiKey = "k" });
        var options = Options(clients: fal);
        options.Limits["fal"] = new(InFlight: 3);
        await using var one = await OpenAsync(options);
        await using var two = await OpenAsync(options);
        await one.IntendAsync([.. Enumerable.Range(0, 12).Select(i => Intent($"l{i}"))], Token);

        var most = 0L;
        var running = Task.WhenAll(one.RunAsync(Token), two.RunAsync(Token));
        while (!running.IsCompleted)
        {
            var now = await one.SummarizeAsync(cancellationToken: Token);
            most = Math.Max(most, now[LedgerState.Sent] + now[LedgerState.Accepted]);
            await Task.Delay(5, Token);
        }
        await running;

        Assert.Equal(12, slow.Counts.Accepted);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_limit_a_minute_leaves_the_rest_for_later()
    {
        var options = Options();
        options.Limits["fal"] = new(SubmitsPerMinute: 2);
        await using var ledger = await OpenAsync(options);
        await ledger.IntendAsync([.. Enumerable.Range(0, 4).Select(i => Intent($"m{i}"))], Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = ledger.RunAsync(done.Token);
        while ((await ledger.SummarizeAsync(cancellationToken: Token))[LedgerState.Delivered] < 2)
            await Task.Delay(20, Token);
        // Longer than a worker takes to claim others.
        await Task.Delay(1000, Token);
        await done.CancelAsync();
        await running;

        Assert.Equal(2, Simulator.Submits);
        var summary = await ledger.SummarizeAsync(cancellationToken: Token);
        Assert.Equal((2, 2), (summary[LedgerState.Delivered], summary[LedgerState.Intended]));
    }

    [Fact]
    public async Task A_job_that_is_sent_again_counts_again_in_a_limit_a_minute()
    {
        var limits = new ProviderLimits(SubmitsPerMinute: 3);
        await using var ledger = await OpenAsync();
        var jobs = await ledger.IntendAsync([Intent("refused"), Intent("other")], Token);
        await ledger.Store.RenewAsync("w", TimeSpan.FromMinutes(1), isNew: true, Token);
        for (var i = 0; i < 2; i++)
        {
            var claimed = (await ledger.Store.ClaimOneAsync(jobs[0].Id, "w", Token))!.Value;
            var sent = (await ledger.Store.MarkSentAsync(claimed.Id, claimed.Version, "w", limits, Token)).Job!;
            var refused = new LedgerChange(sent.Id, sent.Version, LedgerEventKind.NotAccepted, LedgerState.Intended) { Reason = "429", Release = true };
            Assert.NotNull(await ledger.Store.ChangeAsync(refused, Token));
            // Times are those of the database in milliseconds, and no provider responds as fast as nothing.
            await Task.Delay(5, Token);
        }
        var third = (await ledger.Store.ClaimOneAsync(jobs[1].Id, "w", Token))!.Value;
        Assert.NotNull((await ledger.Store.MarkSentAsync(third.Id, third.Version, "w", limits, Token)).Job);

        var again = (await ledger.Store.ClaimOneAsync(jobs[0].Id, "w", Token))!.Value;
        var decision = await ledger.Store.MarkSentAsync(again.Id, again.Version, "w", limits, Token);

        Assert.Equal((null, "fal takes 3 jobs a minute"), (decision.Job, decision.Reason));
        Assert.InRange(decision.RetryAfter, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Assert.NotNull((await ledger.Store.MarkSentAsync(again.Id, again.Version, "w", new(SubmitsPerMinute: 4), Token)).Job);
    }

    private static SpendScope ScopeOf(string kind) => kind switch
    {
        "batch" => SpendScope.Batch("capped"),
        "provider" => SpendScope.Provider("fal"),
        "today" => SpendScope.Day(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)),
        _ => SpendScope.EachDay,
    };

    // Without its model, nothing prices it.
    private static JobIntent Unpriced() => new("fal", Model, Input("a")) { Batch = "b" };
}
