using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Workers that have some partitions of a ledger each.</summary>
public abstract class PartitionTests : LedgerTest
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("0", 35)]
    [InlineData("0197a3f0c2d17c3a9b1e5d2f4a6b8c0d", 63)]
    public void The_partition_of_a_job_never_changes(string id, int partition) => Assert.Equal(partition, LedgerPartitions.Of(id));

    [Fact]
    public void Jobs_are_spread_over_all_partitions()
    {
        var counts = Enumerable.Range(0, 64_000).Select(_ => Guid.CreateVersion7().ToString("N")).CountBy(LedgerPartitions.Of).ToList();

        Assert.Equal(LedgerPartitions.Count, counts.Count);
        // A thousand each, give or take seven standard deviations.
        Assert.All(counts, count => Assert.InRange(count.Value, 780, 1220));
    }

    [Fact]
    public void Partitions_are_added_and_removed()
    {
        var partitions = new LedgerPartitions(0, 63);
        partitions.Add(31);
        partitions.Add(31);
        partitions.Remove(0);
        partitions.Remove(5);

        Assert.Equal([31, 63], Enumerable.Range(0, LedgerPartitions.Count).Where(partitions.Contains));
        Assert.Throws<ArgumentOutOfRangeException>(() => partitions.Add(64));
        Assert.Throws<ArgumentOutOfRangeException>(() => partitions.Remove(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LedgerPartitions(1, 64));
    }

    [Fact]
    public async Task Only_jobs_of_the_partitions_are_claimed()
    {
        await using var ledger = await OpenAsync();
        var jobs = await ledger.IntendAsync([.. Enumerable.Range(0, 200).Select(i => Intent($"p{i}"))], Token);
        foreach (var owner in new[] { "none", "lower", "upper", "all" })
            await ledger.Store.RenewAsync(owner, Long, isNew: true, Token);

        var none = await ClaimAsync(ledger, "none", new LedgerPartitions());
        var lower = await ClaimAsync(ledger, "lower", new LedgerPartitions(Enumerable.Range(0, 20)));
        // The last partition is the sign of the number that is stored.
        var upper = await ClaimAsync(ledger, "upper", new LedgerPartitions(62, 63));
        var rest = await ClaimAsync(ledger, "all", null);

        Assert.Empty(none);
        Assert.Equal(Ids(jobs, partition => partition < 20), lower);
        Assert.Equal(Ids(jobs, partition => partition >= 62), upper);
        Assert.Equal(Ids(jobs, partition => partition is >= 20 and < 62), rest);
    }

    [Fact]
    public async Task A_worker_works_on_its_partitions_as_they_are_added()
    {
        await using var ledger = await OpenAsync();
        var jobs = await ledger.IntendAsync([.. Enumerable.Range(0, 100).Select(i => Intent($"p{i}"))], Token);
        var partitions = new LedgerPartitions(Enumerable.Range(0, 16));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = ledger.ServeAsync(partitions, stop.Token);

        await FinishedAsync(ledger, Ids(jobs, partition => partition < 16));
        var others = (await AllAsync(ledger)).Where(job => LedgerPartitions.Of(job.Id) >= 16);
        Assert.All(others, job => Assert.Equal((LedgerState.Intended, 0), (job.State, job.Attempts)));
        foreach (var partition in Enumerable.Range(16, 48))
            partitions.Add(partition);
        await FinishedAsync(ledger, Ids(jobs, _ => true));
        await stop.CancelAsync();
        await serving;

        Assert.Equal(100, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task Jobs_of_a_partition_that_is_removed_are_given_back_and_go_on_with_another_worker()
    {
        await using var slow = await MediaSimulator.StartAsync(new() { JobDuration = TimeSpan.FromSeconds(4), QueueTime = TimeSpan.Zero }, Token);
        using var fal = new Fal.FalClient(new Fal.FalClientOptions { BaseUrl = slow.BaseUrl, ApiKey = "k" });
        await using var one = await OpenAsync(Options(clients: fal));
        await using var other = await OpenAsync(Options(clients: fal));
        var jobs = await one.IntendAsync([.. Enumerable.Range(0, 60).Select(i => Intent($"p{i}"))], Token);
        var partitions = new LedgerPartitions(Enumerable.Range(0, 64));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = one.ServeAsync(partitions, stop.Token);
        while (slow.Counts.Accepted < 30)
            await Task.Delay(5, Token);

        // In the middle: some are sent, some wait, and others are free.
        foreach (var partition in Enumerable.Range(0, 32))
            partitions.Remove(partition);
        while ((await AllAsync(one)).Any(job => LedgerPartitions.Of(job.Id) < 32 && job.Owner is not null))
            await Task.Delay(10, Token);
        Assert.Contains(await AllAsync(one), job => job.Owner is not null);
        var taking = other.ServeAsync(new LedgerPartitions(Enumerable.Range(0, 32)), stop.Token);
        await FinishedAsync(one, Ids(jobs, _ => true));
        await stop.CancelAsync();
        await Task.WhenAll(serving, taking);

        Assert.All(await AllAsync(one), job => Assert.Equal((LedgerState.Delivered, 1), (job.State, job.Attempts)));
        Assert.Equal(60, slow.Counts.Accepted);
    }

    [Fact]
    public async Task Only_what_a_worker_has_is_given_back()
    {
        await using var ledger = await OpenAsync();
        var jobs = await ledger.IntendAsync([.. Enumerable.Range(0, 3).Select(i => Intent($"p{i}"))], Token);
        await ledger.Store.RenewAsync("a", Long, isNew: true, Token);
        await ledger.Store.RenewAsync("b", Long, isNew: true, Token);
        var waiting = (await ledger.Store.ClaimOneAsync(jobs[0].Id, "a", Token))!.Value;
        var sending = (await ledger.Store.ClaimOneAsync(jobs[1].Id, "a", Token))!.Value;
        await ledger.Store.MarkSentAsync(sending.Id, sending.Version, "a", null, Token);
        await ledger.Store.ClaimOneAsync(jobs[2].Id, "b", Token);

        await ledger.Store.GiveBackAsync("a", [.. jobs.Select(job => job.Id), "unknown"], Token);

        var owners = (await AllAsync(ledger)).ToDictionary(job => job.Id, job => job.Owner);
        Assert.Equal([null, null, "b"], jobs.Select(job => owners[job.Id]));
        // What came of the submit is not known to the worker any more, or it would not give the job back.
        Assert.Equal(LedgerState.InDoubt, (await ledger.FindAsync(sending.Id, Token))!.State);
        Assert.Contains(LedgerEventKind.InDoubt, await HistoryAsync(ledger, sending.Id));
        // A step that was decided on before changes nothing.
        Assert.Null(await ledger.Store.ChangeAsync(new(waiting.Id, waiting.Version, LedgerEventKind.Failed, LedgerState.Failed), Token));
    }

    private static HashSet<string> Ids(IEnumerable<LedgerJob> jobs, Func<int, bool> which) =>
        [.. jobs.Select(job => job.Id).Where(id => which(LedgerPartitions.Of(id)))];

    private static async Task<HashSet<string>> ClaimAsync(JobLedger ledger, string owner, LedgerPartitions? partitions)
    {
        var request = new ClaimRequest(owner, LedgerState.Intended, 500) { Providers = ["fal"], Partitions = partitions };
        return [.. (await ledger.Store.ClaimAsync(request, Token)).Select(job => job.Id)];
    }

    private static async Task FinishedAsync(JobLedger ledger, HashSet<string> ids)
    {
        while ((await AllAsync(ledger)).Any(job => ids.Contains(job.Id) && !job.IsFinished))
            await Task.Delay(20, Token);
    }
}
