using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Who has a job: a worker that ended or was frozen changes nothing any more, and what it knew is found out again.</summary>
public abstract class LeaseTests : LedgerTest
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_job_is_claimed_once()
    {
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync([.. Enumerable.Range(0, 50).Select(i => Intent($"p{i}"))], Token);
        await ledger.Store.RenewAsync("a", Long, isNew: true, Token);
        await ledger.Store.RenewAsync("b", Long, isNew: true, Token);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ledger.Store.ClaimAsync(Request(i % 2 == 0 ? "a" : "b"), Token)));

        Assert.Equal(50, claims.Sum(claim => claim.Count));
        Assert.Equal(50, claims.SelectMany(claim => claim).Select(job => job.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_worker_whose_lease_has_ended_may_not_send()
    {
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync(Intent("a"), Token);
        await ledger.Store.RenewAsync("frozen", Long, isNew: true, Token);
        var claimed = Assert.Single(await ledger.Store.ClaimAsync(Request("frozen"), Token));
        await ledger.Store.RenewAsync("frozen", Short, isNew: false, Token);
        await Task.Delay(20, Token);

        Assert.Same(SendDecision.Lost, await ledger.Store.MarkSentAsync(claimed.Id, claimed.Version, "frozen", null, Token));
        Assert.Empty(await ledger.Store.ClaimAsync(Request("frozen"), Token));
        Assert.Equal(1, await ledger.Store.ReleaseAsync(null, Token));
        Assert.False(await ledger.Store.RenewAsync("frozen", Long, isNew: false, Token));
        Assert.Same(SendDecision.Lost, await ledger.Store.MarkSentAsync(claimed.Id, claimed.Version, "frozen", null, Token));
        Assert.Null(await ledger.Store.ChangeAsync(new(claimed.Id, claimed.Version, LedgerEventKind.Failed, LedgerState.Failed), Token));

        await ledger.RunAsync(Token);
        Assert.Equal((LedgerState.Delivered, 1), (await ledger.FindAsync(claimed.Id, Token) is { } job ? (job.State, Simulator.Counts.Accepted) : default));
    }

    [Fact]
    public async Task What_was_being_sent_when_the_worker_ended_is_in_doubt_and_its_receipt_still_counts()
    {
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync(Intent("a", ceiling: 1m), Token);
        await ledger.Store.RenewAsync("killed", Long, isNew: true, Token);
        var claimed = Assert.Single(await ledger.Store.ClaimAsync(Request("killed"), Token));
        var sent = (await ledger.Store.MarkSentAsync(claimed.Id, claimed.Version, "killed", null, Token)).Job!;
        Assert.Equal((LedgerState.Sent, 1, 1m), (sent.State, sent.Attempts, sent.Reserved));
        await ledger.Store.RenewAsync("killed", Short, isNew: false, Token);
        await Task.Delay(20, Token);

        await ledger.RunAsync(Token);

        var doubt = (await ledger.FindAsync(claimed.Id, Token))!;
        Assert.Equal((LedgerState.InDoubt, 0), (doubt.State, Simulator.Submits));
        Assert.Contains("lost its lease", doubt.Reason, StringComparison.Ordinal);
        // It was only frozen, and had sent the job.
        var handle = (await Fal.SubmitAsync(doubt.EndpointId, doubt.Input, cancellationToken: Token)).Handle;
        Assert.Equal(LedgerState.Accepted, (await ledger.Store.AcceptAsync(doubt.Id, 1, handle, "killed", TimeSpan.Zero, cancellationToken: Token))!.State);
        await ledger.RunAsync(Token);
        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(claimed.Id, Token))!.State);
    }

    [Fact]
    public async Task Another_worker_goes_on_when_one_has_ended()
    {
        var lease = TimeSpan.FromSeconds(1);
        await using var dead = await OpenAsync(Options(lease: lease));
        await dead.IntendAsync([.. Enumerable.Range(0, 5).Select(i => Intent($"p{i}"))], Token);
        await dead.Store.RenewAsync("dead", lease, isNew: true, Token);
        Assert.Equal(5, (await dead.Store.ClaimAsync(Request("dead"), Token)).Count);
        await using var next = await OpenAsync(Options(lease: lease));

        await next.RunAsync(Token);

        Assert.Equal(5, (await next.SummarizeAsync(cancellationToken: Token))[LedgerState.Delivered]);
        Assert.Equal(5, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_worker_that_stops_leaves_its_jobs_free()
    {
        await using var slow = await MediaSimulator.StartAsync(new() { JobDuration = TimeSpan.FromMilliseconds(500), QueueTime = TimeSpan.Zero }, Token);
        using var fal = new Fal.FalClient(new Fal.FalClientOptions { BaseUrl = slow.BaseUrl, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: fal));
        await ledger.IntendAsync([.. Enumerable.Range(0, 10).Select(i => Intent($"p{i}"))], Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = ledger.RunAsync(stop.Token);
        while (slow.Counts.Accepted == 0)
            await Task.Delay(5, Token);

        await stop.CancelAsync();
        await running;

        var jobs = await AllAsync(ledger);
        Assert.All(jobs, job => Assert.Null(job.Owner));
        Assert.All(jobs, job => Assert.True(job.State is LedgerState.Intended or LedgerState.Accepted or LedgerState.Ended or LedgerState.Delivered));
        await ledger.RunAsync(Token);
        Assert.Equal((10, 10), ((int)(await ledger.SummarizeAsync(cancellationToken: Token))[LedgerState.Delivered], slow.Counts.Accepted));
    }

    [Fact]
    public async Task A_wake_reaches_the_worker_that_has_the_job()
    {
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync(Intent("a"), Token);
        await ledger.Store.RenewAsync("a", Long, isNew: true, Token);
        var claimed = Assert.Single(await ledger.Store.ClaimAsync(Request("a"), Token));

        await ledger.Store.WakeAsync(claimed.Id, Token);

        Assert.Equal([claimed.Id], await ledger.Store.WokenAsync("a", Token));
        Assert.Empty(await ledger.Store.WokenAsync("a", Token));
        Assert.Empty(await ledger.Store.WokenAsync("b", Token));
    }

    private static ClaimRequest Request(string owner) => new(owner, LedgerState.Intended, 10) { Providers = ["fal"] };
}
