using System.Collections.Concurrent;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Ledger.Tests;

/// <summary>Several stores on one ledger, as several processes have them.</summary>
public abstract class ManyStoresTests : LedgerTest
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly string[] Owners = ["a", "b", "c"];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_job_is_claimed_twice(int count)
    {
        const int Jobs = 2_000;
        await using var ledger = await OpenAsync();
        await AddAsync(ledger, Jobs);

        var claimed = new ConcurrentBag<(string Owner, ClaimedJob Job)>();
        await OnStoresAsync(count, async (store, owner) =>
        {
            while (await store.ClaimAsync(Request(owner, 37), Token) is { Count: > 0 } jobs)
            {
                foreach (var job in jobs)
                    claimed.Add((owner, job));
            }
        });

        Assert.Equal(Jobs, claimed.Count);
        Assert.Equal(Jobs, claimed.Select(claim => claim.Job.Id).Distinct().Count());
        var owners = claimed.ToDictionary(claim => claim.Job.Id, claim => claim.Owner);
        Assert.All(await AllAsync(ledger, new() { Limit = 500 }), job => Assert.Equal((owners[job.Id], 1), (job.Owner!, job.Version)));
    }

    [Theory]
    [InlineData("in flight", 11)]
    [InlineData("a minute", 7)]
    [InlineData("cap of the batch", 9)]
    [InlineData("cap of the provider", 10)]
    [InlineData("cap of each day", 5)]
    [InlineData("all", 5)]
    public async Task No_more_is_sent_than_allowed(string what, int allowed)
    {
        await using var ledger = await OpenAsync();
        await AddAsync(ledger, 120);
        if (what is "cap of the batch" or "all")
            await ledger.SetCapAsync(SpendScope.Batch("many"), 4.5m, Token);
        if (what is "cap of the provider" or "all")
            await ledger.SetCapAsync(SpendScope.Provider("fal"), 5m, Token);
        if (what is "cap of each day" or "all")
            await ledger.SetCapAsync(SpendScope.EachDay, 2.9m, Token);
        var limits = what switch
        {
            "in flight" => new ProviderLimits(InFlight: 11),
            "a minute" => new ProviderLimits(SubmitsPerMinute: 7),
            "all" => new ProviderLimits(SubmitsPerMinute: 8, InFlight: 9),
            _ => null,
        };

        var sent = new ConcurrentBag<LedgerJob>();
        await OnStoresAsync(3, async (store, owner) =>
        {
            var claimed = await store.ClaimAsync(Request(owner, 40), Token);
            Assert.NotEmpty(claimed);
            // One after the other and many at once: what is committed together counts as well.
            foreach (var group in claimed.Chunk(8))
            {
                foreach (var decision in await Task.WhenAll(group.Select(job => store.MarkSentAsync(job.Id, job.Version, owner, limits, Token))))
                {
                    if (decision.Job is { } job)
                        sent.Add(job);
                    else
                        Assert.NotNull(decision.Reason);
                }
            }
        });

        Assert.Equal(allowed, sent.Count);
        var summary = await ledger.SummarizeAsync("many", Token);
        Assert.Equal((allowed, allowed * 0.5m), (summary[LedgerState.Sent], summary.Reserved));
    }

    [Fact]
    public async Task A_cap_that_is_set_while_others_send_counts_what_they_send()
    {
        await using var ledger = await OpenAsync();
        await AddAsync(ledger, 300);
        await using var other = NewStore();

        var sent = 0;
        var setting = OnStoresAsync(3, async (store, owner) =>
        {
            foreach (var group in (await store.ClaimAsync(Request(owner, 100), Token)).Chunk(5))
            {
                foreach (var decision in await Task.WhenAll(group.Select(job => store.MarkSentAsync(job.Id, job.Version, owner, null, Token))))
                    Interlocked.Add(ref sent, decision.Job is null ? 0 : 1);
            }
        });
        while (Volatile.Read(ref sent) < 40)
            await Task.Delay(1, Token);
        await other.SetCapAsync(SpendScope.Batch("many"), 0m, Token);
        var before = (await other.SpendAsync(SpendScope.Batch("many"), Token)).Reserved;
        await setting;

        // From the moment of the cap on nothing was sent.
        Assert.Equal(before, (await other.SpendAsync(SpendScope.Batch("many"), Token)).Reserved);
        Assert.Equal(sent * 0.5m, before);
    }

    [Fact]
    public async Task Who_follows_the_history_misses_nothing()
    {
        await using var ledger = await OpenAsync();
        await AddAsync(ledger, 400);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var seen = new List<LedgerEvent>();
        var following = Task.Run(
            async () =>
            {
                for (var last = false; ;)
                {
                    var page = await ledger.Store.EventsAsync(null, seen.Count == 0 ? 0 : seen[^1].Sequence, 50, Token);
                    seen.AddRange(page);
                    if (page.Count == 0 && last)
                        return;
                    last = page.Count == 0 && done.IsCancellationRequested;
                }
            },
            Token);

        await OnStoresAsync(3, async (store, owner) =>
        {
            while (await store.ClaimAsync(Request(owner, 10), Token) is { Count: > 0 } jobs)
            {
                await Task.WhenAll(jobs.Select(async job =>
                {
                    var sent = (await store.MarkSentAsync(job.Id, job.Version, owner, null, Token)).Job!;
                    await store.AcceptAsync(job.Id, sent.Attempts, HandleOf(sent), owner, TimeSpan.Zero, cancellationToken: Token);
                }));
            }
        });
        await done.CancelAsync();
        await following;

        Assert.Equal(1200, seen.Count);
        Assert.Equal(1200, seen.Select(entry => entry.Sequence).Distinct().Count());
        Assert.All(seen.GroupBy(entry => entry.JobId), entries => Assert.Equal(
            [LedgerEventKind.Intended, LedgerEventKind.Sent, LedgerEventKind.Accepted], entries.Select(entry => entry.Kind)));
    }

    [Fact]
    public async Task The_same_inputs_that_several_record_at_once_are_recorded_once()
    {
        await using var ledger = await OpenAsync();
        var ids = new ConcurrentBag<string>();

        await OnStoresAsync(3, async (store, owner) =>
        {
            await using var own = await JobLedger.OpenAsync(NewStore(), Options(), Token);
            // In orders that wait for each other.
            var intents = Enumerable.Range(0, 150).Select(i => Intent($"same-{i}", "many", ceiling: 0.5m));
            foreach (var job in await own.IntendAsync([.. owner == "b" ? intents.Reverse() : intents], Token))
                ids.Add(job.Id);
        });

        Assert.Equal(150, ids.Distinct().Count());
        Assert.Equal(150, (await AllAsync(ledger)).Count);
    }

    [Fact]
    public async Task A_worker_whose_lease_is_ended_by_others_keeps_no_job()
    {
        await using var ledger = await OpenAsync();
        await AddAsync(ledger, 300);

        await OnStoresAsync(3, async (store, owner) =>
        {
            for (var i = 0; i < 40; i++)
            {
                if (owner == "c")
                {
                    await store.ReleaseAsync(i % 2 == 0 ? "a" : "b", Token);
                    continue;
                }
                await store.RenewAsync(owner, Long, isNew: true, Token);
                foreach (var job in await store.ClaimAsync(Request(owner, 5), Token))
                {
                    if ((await store.MarkSentAsync(job.Id, job.Version, owner, null, Token)).Job is { } sent && i % 3 == 0)
                        await store.AcceptAsync(job.Id, sent.Attempts, HandleOf(sent), owner, TimeSpan.Zero, cancellationToken: Token);
                }
            }
        });
        await ledger.Store.ReleaseAsync("a", Token);
        await ledger.Store.ReleaseAsync("b", Token);

        var jobs = await AllAsync(ledger);
        Assert.All(jobs, job => Assert.True(job.Owner is null && job.State is LedgerState.Intended or LedgerState.InDoubt or LedgerState.Accepted, $"{job}"));
        Assert.Contains(jobs, job => job.State == LedgerState.InDoubt);
    }

    private static ClaimRequest Request(string owner, int limit) => new(owner, LedgerState.Intended, limit) { Providers = ["fal"] };

    private static JobHandle HandleOf(LedgerJob job) => new("fal", job.EndpointId, "h" + job.Id);

    private static Task AddAsync(JobLedger ledger, int count) =>
        ledger.IntendAsync([.. Enumerable.Range(0, count).Select(i => Intent($"many-{i}", "many", ceiling: 0.5m))], Token);

    private Task OnStoresAsync(int count, Func<LedgerStore, string, Task> work) => Task.WhenAll(Owners.Take(count).Select(owner => Task.Run(
        async () =>
        {
            await using var store = NewStore();
            await store.RenewAsync(owner, Long, isNew: true, Token);
            await work(store, owner);
        },
        Token)));
}
