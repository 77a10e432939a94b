using Zoetrope.Jobs;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>What sends notifications beside the work on the jobs: several processes, receivers that hang, and stores that refuse.</summary>
public abstract class NotifierTests : NotificationTest
{
    [Fact]
    public async Task A_receiver_that_hangs_holds_up_neither_jobs_nor_other_receivers()
    {
        await using var hanging = new NotificationReceiver { Statuses = ["wait"] };
        await using var fine = new NotificationReceiver();
        var options = new LedgerOptions
        {
            Clients = [Fal],
            PollInterval = TimeSpan.FromMilliseconds(20),
            Notifications = [NotificationsOf(hanging, timeout: TimeSpan.FromHours(1)), NotificationsOf(fine)],
        };
        await using var ledger = await OpenAsync(options);
        await ledger.IntendAsync([.. Enumerable.Range(0, 30).Select(i => Intent($"p{i}"))], Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = ledger.ServeAsync(done.Token);

        while (fine.Received.Count < 30)
            await Task.Delay(20, Token);

        Assert.Equal(30, (await ledger.SummarizeAsync(null, Token))[LedgerState.Delivered]);
        // No more at once than it may have.
        Assert.InRange(hanging.Received.Count, 1, 2);
        hanging.Release();
        await done.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task A_run_ends_although_a_receiver_hangs_and_leaves_what_was_not_sent_in_the_ledger()
    {
        const int Count = 60;
        await using var receiver = new NotificationReceiver { Statuses = ["wait"] };
        await using var ledger = await OpenAsync(Options(receiver, retry: TimeSpan.FromMilliseconds(1), timeout: TimeSpan.FromSeconds(2)));
        await ledger.IntendAsync([.. Enumerable.Range(0, Count).Select(i => Intent($"p{i}"))], Token);

        await ledger.RunAsync(Token);

        Assert.Equal(Count, (await ledger.SummarizeAsync(null, Token))[LedgerState.Delivered]);
        var notifications = await ledger.Store.NotificationsAsync(null, cancellationToken: Token);
        Assert.Equal(Count, notifications.Count);
        Assert.All(notifications, one => Assert.Equal(NotificationState.Pending, one.State));
        Assert.Contains(notifications, one => one.Attempts == 0);
        Assert.Equal(Count, await ledger.PendingNotificationsAsync(Token));
    }

    [Fact]
    public async Task What_has_failed_is_left_for_the_next_run()
    {
        await using var receiver = new NotificationReceiver { Statuses = ["500 No", "500 No", "200 OK"] };
        await using var ledger = await OpenAsync(Options(receiver, retry: TimeSpan.FromMilliseconds(1)));
        var job = await ledger.IntendAsync(Intent("a"), Token);
        await ledger.CancelAsync(job.Id, Token);

        for (var run = 1; run <= 3; run++)
        {
            await ledger.NotifyAsync(Token);
            Assert.Equal(run, receiver.Received.Count);
            Assert.Equal(run < 3 ? 1 : 0, await ledger.PendingNotificationsAsync(Token));
            // Later than it is due again.
            await Task.Delay(100, Token);
        }
        Assert.Equal(NotificationState.Sent, await StateAsync(ledger, job));
    }

    [Fact]
    public async Task Two_processes_never_wait_for_each_others_subscribers()
    {
        await using var receiver = new NotificationReceiver();
        NotificationOptions[] both = [NotificationsOf(receiver), NotificationsOf(receiver, "a", null, null, null, Secret)];
        await using var ledger = await OpenAsync(new LedgerOptions { Clients = [Fal], Notifications = both });
        for (var i = 0; i < 20; i++)
        {
            await ledger.CancelAsync((await ledger.IntendAsync(Intent($"p{i}", "a"), Token)).Id, Token);
            await using var other = NewStore();
            await other.OpenAsync(Token);

            // In opposite orders.
            await Task.WhenAll(
                ledger.Store.EnqueueNotificationsAsync(both[0].Name, Token),
                ledger.Store.EnqueueNotificationsAsync(both[1].Name, Token),
                other.EnqueueNotificationsAsync(both[1].Name, Token),
                other.EnqueueNotificationsAsync(both[0].Name, Token));
        }
        await ledger.NotifyAsync(Token);

        Assert.Equal(40, receiver.Received.Count);
    }

    [Fact]
    public async Task What_the_worker_has_thrown_is_not_lost_behind_the_notifier()
    {
        await using var receiver = new NotificationReceiver { Statuses = ["wait"] };
        await using var ledger = await OpenAsync(Options(receiver));
        await ledger.CancelAsync((await ledger.IntendAsync(Intent("a"), Token)).Id, Token);
        await ledger.IntendAsync(Intent("b"), Token);
        await RefuseAsync("jobs", "NEW.owner IS NOT NULL", "no room for the worker");
        await RefuseAsync("notifications", "NEW.state = 1", "no room for the notifier");

        var run = ledger.RunAsync(Token);
        while (receiver.Received.Count == 0)
            await Task.Delay(20, Token);
        await Task.Delay(300, Token);
        receiver.Release();

        var exception = await Assert.ThrowsAsync<LedgerException>(() => run);
        Assert.Contains("no room for the worker", exception.Message, StringComparison.Ordinal);
        Assert.Contains("no room for the notifier", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscriber_that_cannot_go_on_is_reported_although_another_does()
    {
        await using var receiver = new NotificationReceiver();
        var broken = NotificationsOf(receiver);
        var fine = NotificationsOf(receiver, "a", null, null, null, Secret);
        await using var ledger = await OpenAsync(new LedgerOptions { Clients = [Fal], Notifications = [fine, broken] });
        await ledger.CancelAsync((await ledger.IntendAsync(Intent("a", "a"), Token)).Id, Token);
        await RefuseAsync("notifications", $"NEW.state = 1 AND NEW.subscriber = '{broken.Name}'", "no room for one");

        var exception = await Assert.ThrowsAsync<LedgerException>(() => ledger.ServeAsync(Token));

        Assert.Contains("no room for one", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The receipt is the only copy, and its process may be stopped only by its caller.</summary>
    [Fact]
    public async Task A_receipt_is_stored_however_long_that_takes_where_only_the_notifier_fails()
    {
        await using var receiver = new NotificationReceiver { Statuses = ["wait"] };
        await using var ledger = await OpenAsync(Options(receiver));
        await ledger.CancelAsync((await ledger.IntendAsync(Intent("a"), Token)).Id, Token);
        var job = await ledger.IntendAsync(Intent("b"), Token);
        await RefuseAsync("jobs", "NEW.state = 3", "no room for the receipt");
        await RefuseAsync("notifications", "NEW.state = 1", "no room for the notifier");
        var run = ledger.RunAsync(Token);
        while (receiver.Received.Count == 0 || !Simulator.Requests.Any(request => request.Operation == SimulatorOperation.Submit))
            await Task.Delay(20, Token);
        receiver.Release();

        // Far longer than a worker whose caller has stopped it tries to store a receipt.
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        Assert.False(run.IsCompleted);
        await ExecuteAsync(this is Databases.IOnPostgres ? "DROP TRIGGER refuse_jobs ON jobs" : "DROP TRIGGER refuse_jobs");

        var exception = await Assert.ThrowsAsync<LedgerException>(() => run);
        Assert.Contains("no room for the notifier", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("accepted", exception.Message, StringComparison.Ordinal);
        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Accepted, 1), (job.State, job.Attempts));
        Assert.NotNull(job.Handle);
    }

    [Fact]
    public async Task A_caller_that_stops_gets_the_receipt_that_cannot_be_stored()
    {
        await using var receiver = new NotificationReceiver();
        await using var ledger = await OpenAsync(Options(receiver));
        await ledger.IntendAsync(Intent("b"), Token);
        await RefuseAsync("jobs", "NEW.state = 3", "no room for the receipt");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = ledger.RunAsync(stop.Token);
        while (!Simulator.Requests.Any(request => request.Operation == SimulatorOperation.Submit))
            await Task.Delay(20, Token);
        await stop.CancelAsync();

        var exception = await Assert.ThrowsAsync<LedgerException>(() => run);

        Assert.Contains("was accepted: fal:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("no room for the receipt", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_process_noted_is_sent_and_each_once_where_nothing_fails()
    {
        await using var receiver = new NotificationReceiver();
        await using (await OpenAsync(Options(receiver)))
        {
            // It is a subscriber from now on.
        }
        await using (var plain = await OpenAsync())
        {
            await plain.IntendAsync([.. Enumerable.Range(0, 40).Select(i => Intent($"p{i}"))], Token);
            await plain.RunAsync(Token);
        }
        Assert.Empty(receiver.Received);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            await using var ledger = await OpenAsync(Options(receiver));
            await ledger.NotifyAsync(Token);
        }));

        Assert.Equal(40, receiver.Received.Count);
        Assert.Equal(40, receiver.Received.Select(request => FileServer.HeaderOf(request.Head, "webhook-id")).Distinct().Count());
    }

    [Fact]
    public async Task A_process_that_died_while_it_sent_is_followed_by_another_attempt()
    {
        await using var receiver = new NotificationReceiver();
        await using var ledger = await OpenAsync(Options(receiver));
        var job = await ledger.IntendAsync(Intent("a"), Token);
        await ledger.CancelAsync(job.Id, Token);
        var name = NotificationsOf(receiver).Name;
        await ledger.Store.EnqueueNotificationsAsync(name, Token);
        // Another takes it, and dies.
        var taken = Assert.Single(await ledger.Store.ClaimNotificationsAsync(name, 10, TimeSpan.FromMilliseconds(300), cancellationToken: Token));
        Assert.Empty(await ledger.Store.ClaimNotificationsAsync(name, 10, TimeSpan.FromMilliseconds(300), cancellationToken: Token));

        while (receiver.Received.Count == 0)
        {
            await ledger.NotifyAsync(Token);
            await Task.Delay(20, Token);
        }

        // It was frozen only, and what it reports now is out of date.
        Assert.False(await ledger.Store.EndNotificationAsync(taken, NotificationState.Abandoned, "late", TimeSpan.Zero, Token));
        Assert.Equal(NotificationState.Sent, await StateAsync(ledger, job));
    }
}
