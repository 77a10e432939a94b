using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>When files that cannot be stored are tried again, and when no more.</summary>
public abstract class DeliveryEndTests : DeliveryTest
{
    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task An_address_that_has_expired_is_a_reason_and_not_requested_for_ever(int status)
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (_, connection, _) => files.SendAsync(connection, $"{status} No", []);
        // The provider gives no new address.
        Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 401, Method = "GET", Times = 100 });
        await using (var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs))))
        {
            var job = await EndedAsync(ledger, files);
            job = await ledger.AdvanceAsync(job.Id, Token);
            Assert.Equal(LedgerState.Ended, job.State);
            Assert.Contains($"responded with {status}", job.Reason, StringComparison.Ordinal);
        }
        var requests = files.Heads.Count;

        await using var later = await OpenAsync(new LedgerOptions
        {
            Clients = [Fal], Outputs = new FolderOutputStore(Outputs), DeliveryTimeout = TimeSpan.FromMilliseconds(1),
        });
        await later.RunAsync(Token);

        var ended = Assert.Single(await AllAsync(later, new() { States = [LedgerState.Delivered] }));
        Assert.Equal((LedgerState.Delivered, 0), (ended.State, ended.Outputs.Count));
        Assert.StartsWith("abandoned after 0 days: file 1 of 1 cannot be downloaded", ended.Reason, StringComparison.Ordinal);
        await later.RunAsync(Token);
        Assert.Equal(requests + 1, files.Heads.Count);
    }

    [Fact]
    public async Task Addresses_that_have_expired_while_nobody_worked_are_renewed_however_long_that_was()
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (_, connection, _) => files.SendAsync(connection, "403 No", []);
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var first = await Fal.SubmitAsync(Zoetrope.Fal.Models.KlingVideoO3ProImageToVideo.Endpoint, Input("a"), cancellationToken: Token);
        await first.WaitAsync(cancellationToken: Token);
        var job = await EndedAsync(ledger, files, handle: first.Handle, age: TimeSpan.FromDays(8));

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, null), (job.State, job.Reason));
        Assert.True(new FileInfo(Assert.Single(job.Outputs)).Length > 0);
        Assert.Single(files.Heads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_failure_after_a_long_pause_is_no_end(bool hasFailedBefore)
    {
        await using var files = new FileServer(Video(Size));
        files.Respond = (number, connection, _) => number == 1 ? files.SendAsync(connection, "503 No", []) : null;
        await using var ledger = await OpenAsync(Options(new FolderOutputStore(Outputs)));
        var job = await EndedAsync(ledger, files, age: TimeSpan.FromDays(9));
        if (hasFailedBefore)
        {
            var then = TimeProvider.System.GetUtcNow().AddDays(-8).ToUnixTimeMilliseconds();
            await ExecuteAsync($"UPDATE jobs SET failing = {then}, due = {then + 2000}, reason = 'it failed' WHERE id = '{job.Id}'");
        }

        await ledger.RunAsync(Token);

        await AssertDeliveredAsync(ledger, job, files);
        Assert.Equal(2, files.Heads.Count);
    }
}
