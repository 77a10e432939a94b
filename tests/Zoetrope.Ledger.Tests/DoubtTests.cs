using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Jobs of which it is not known whether they were accepted: never sent again by themselves, and always shown.</summary>
public abstract class DoubtTests : LedgerTest
{
    [Theory]
    [InlineData(FaultKind.Reset, true)]
    [InlineData(FaultKind.Reset, false)]
    [InlineData(FaultKind.Status, true)]
    [InlineData(FaultKind.Status, false)]
    [InlineData(FaultKind.Hang, true)]
    public async Task A_submit_without_a_response_is_in_doubt_and_never_sent_again(FaultKind fault, bool isAccepted)
    {
        Simulator.AddFault(new()
        {
            Kind = fault, Operation = SimulatorOperation.Submit, Times = 1, CarryOut = isAccepted, StatusCode = fault == FaultKind.Status ? 502 : null,
        });
        var timeout = fault == FaultKind.Hang ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(1);
        using var fal = new FalClient(new FalClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "k", SubmitTimeout = timeout });
        await using var ledger = await OpenAsync(Options(clients: fal));
        var job = await ledger.IntendAsync(Intent("a", "b", ceiling: 2m), Token);

        await ledger.RunAsync(Token);
        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.InDoubt, 1, 2m), (job.State, job.Attempts, job.Reserved));
        Assert.NotEmpty(job.Reason!);
        Assert.Equal(1, Simulator.Submits);
        Assert.Equal(isAccepted ? 1 : 0, Simulator.Counts.Accepted);
        Assert.Contains(LedgerEventKind.InDoubt, await HistoryAsync(ledger, job.Id));
        var exception = await Assert.ThrowsAsync<LedgerException>(() => ledger.CancelAsync(job.Id, Token));
        Assert.Contains("resolve the doubt first", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LedgerException>(() => ledger.RetryAsync(job.Id, Token));
    }

    [Fact]
    public async Task A_person_ends_a_doubt_with_the_handle()
    {
        await using var ledger = await OpenAsync();
        var job = await InDoubtAsync(ledger, isAccepted: true);
        var other = await ledger.IntendAsync(Intent("other"), Token);
        await ledger.RunAsync(Token);
        var handle = (await ledger.FindAsync(other.Id, Token))!.Handle!;

        Assert.Contains(
            $"is that of the job {other.Id}", (await Assert.ThrowsAsync<ArgumentException>(() => ledger.ResolveAcceptedAsync(job.Id, handle, Token))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => ledger.ResolveAcceptedAsync(job.Id, new JobHandle("fal", "other/model", "x"), Token));
        await Assert.ThrowsAsync<LedgerException>(() => ledger.ResolveAcceptedAsync(other.Id, handle, Token));
        var accepted = await ledger.ResolveAcceptedAsync(job.Id, await AcceptedAsync(job), Token);
        await ledger.RunAsync(Token);

        Assert.Equal(LedgerState.Accepted, accepted.State);
        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(job.Id, Token))!.State);
        // The job in doubt, the other one, and the one whose handle the person found.
        Assert.Equal(3, Simulator.Submits);
    }

    [Fact]
    public async Task A_person_ends_a_doubt_because_nothing_was_accepted()
    {
        await using var ledger = await OpenAsync();
        var job = await InDoubtAsync(ledger, isAccepted: false);

        await ledger.ResolveNotAcceptedAsync(job.Id, Token);
        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, 2), (job.State, job.Attempts));
        Assert.Equal(1, Simulator.Counts.Accepted);
        await Assert.ThrowsAsync<LedgerException>(() => ledger.ResolveNotAcceptedAsync(job.Id, Token));
    }

    [Fact]
    public async Task A_late_receipt_ends_a_doubt_and_a_second_one_is_never_lost()
    {
        await using var ledger = await OpenAsync();
        var store = ledger.Store;
        var job = await InDoubtAsync(ledger, isAccepted: false);
        var first = new JobHandle("fal", job.EndpointId, "first");

        var accepted = await store.AcceptAsync(job.Id, 1, first, null, TimeSpan.FromHours(1), cancellationToken: Token);
        var again = await store.AcceptAsync(job.Id, 1, first, null, TimeSpan.FromHours(1), cancellationToken: Token);
        var second = await store.AcceptAsync(job.Id, 1, new JobHandle("fal", job.EndpointId, "second"), null, TimeSpan.Zero, cancellationToken: Token);

        Assert.Equal((LedgerState.Accepted, first), (accepted!.State, accepted.Handle));
        Assert.Equal(accepted.Version, again!.Version);
        Assert.Equal(first, second!.Handle);
        var entries = new List<LedgerEvent>();
        await foreach (var entry in ledger.EventsAsync(job.Id, cancellationToken: Token))
            entries.Add(entry);
        Assert.Equal("fal:" + job.EndpointId + ":second", Assert.Single(entries, entry => entry.Kind == LedgerEventKind.SecondReceipt).Text);
    }

    [Fact]
    public async Task A_receipt_of_an_earlier_attempt_does_not_become_that_of_a_later_one()
    {
        await using var ledger = await OpenAsync();
        var job = await InDoubtAsync(ledger, isAccepted: false);
        await ledger.ResolveNotAcceptedAsync(job.Id, Token);
        await ledger.RunAsync(Token);
        var done = (await ledger.FindAsync(job.Id, Token))!;

        await ledger.Store.AcceptAsync(job.Id, 1, new JobHandle("fal", job.EndpointId, "early"), null, TimeSpan.Zero, cancellationToken: Token);

        Assert.Equal((LedgerState.Delivered, done.Handle), await ledger.FindAsync(job.Id, Token) is { } now ? (now.State, now.Handle) : default);
        Assert.Contains(LedgerEventKind.SecondReceipt, await HistoryAsync(ledger, job.Id));
    }

    [Fact]
    public async Task A_refusal_is_a_failure_that_costs_nothing()
    {
        Simulator.AddFault(
            new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 422, Times = 1, Body = """{"detail":"No."}""" });
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a", "b", ceiling: 1m), Token);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Failed, 0m, 0m), (job.State, job.Spent, job.Reserved));
        Assert.Contains("No.", job.Reason, StringComparison.Ordinal);
        Assert.Equal((0m, 0m), await ledger.SummarizeAsync("b", Token) is var sum ? (sum.Spent, sum.Reserved) : default);
    }

    [Fact]
    public async Task A_rejection_for_now_is_tried_again()
    {
        Simulator.AddFault(new()
        {
            Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 429, Times = 4,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "0" },
        });
        await using var ledger = await OpenAsync();
        var job = await ledger.IntendAsync(Intent("a"), Token);

        await ledger.RunAsync(Token);

        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(job.Id, Token))!.State);
        Assert.Equal(1, Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_refused_key_pauses_the_jobs_and_fails_none()
    {
        Simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 401, Times = 100, Body = "{}" });
        await using var ledger = await OpenAsync();
        await ledger.IntendAsync([.. Enumerable.Range(0, 200).Select(i => Intent($"a{i}", ceiling: i % 2 == 0 ? 1m : null))], Token);

        await ledger.RunAsync(Token);

        Assert.All(await AllAsync(ledger), job => Assert.True(job.State == LedgerState.Intended && job.Reason!.Contains("401", StringComparison.Ordinal)));
        Assert.Equal(200, (await ledger.SummarizeAsync(cancellationToken: Token)).Paused);
        // Those that were claimed together, and no more.
        Assert.InRange(Simulator.Submits, 1, 100);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_has_no_doubts()
    {
        using var nobody = new FalClient(new FalClientOptions { BaseUrl = new Uri("http://127.0.0.1:1"), ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: nobody));
        var job = await ledger.IntendAsync(Intent("a"), Token);
        using var tried = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = ledger.RunAsync(tried.Token);
        while ((await ledger.FindAsync(job.Id, Token))!.Attempts == 0)
            await Task.Delay(20, Token);
        await tried.CancelAsync();
        await running;

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Intended, null), (job.State, job.Owner));
    }

    private async Task<LedgerJob> InDoubtAsync(JobLedger ledger, bool isAccepted)
    {
        Simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, Times = 1, CarryOut = isAccepted });
        var job = await ledger.IntendAsync(Intent("doubt"), Token);
        await ledger.RunAsync(Token);
        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal(LedgerState.InDoubt, job.State);
        return job;
    }

    // The provider's own list of requests, as a person reads it: the job of the prompt.
    private async Task<JobHandle> AcceptedAsync(LedgerJob job)
    {
        var submitted = await Fal.SubmitAsync(job.EndpointId, job.Input, cancellationToken: Token);
        return submitted.Handle;
    }
}
