using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zoetrope.Jobs;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Others are told of jobs that are finished or in doubt, at least once, whatever fails.</summary>
public abstract class NotificationTests : LedgerTest
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_bmV3LXNlY3JldC1uZXctc2VjcmV0LW5ldy1zZWNyZXQ=";

    [Fact]
    public async Task The_end_of_each_job_is_sent_signed()
    {
        await using var receiver = new Receiver();
        await using var ledger = await OpenAsync(Options(receiver, Secret, Other));
        var done = await ledger.IntendAsync(Intent("a", "trailer", "shot 1", ceiling: 1m), Token);
        await ledger.RunAsync(Token);
        var canceled = await ledger.IntendAsync(Intent("b"), Token);
        await ledger.CancelAsync(canceled.Id, Token);
        await ledger.NotifyAsync(Token);

        done = (await ledger.FindAsync(done.Id, Token))!;
        Assert.Equal(2, receiver.Received.Count);
        var (head, body) = receiver.Received[0];
        Assert.StartsWith("POST /hook?token=1 HTTP/1.1\r\n", head, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(body);
        var data = document.RootElement.GetProperty("data");
        Assert.Equal("job.delivered", document.RootElement.GetProperty("type").GetString());
        Assert.Equal(
            [done.Id, "trailer", "shot 1", "fal", done.EndpointId, "delivered", done.Handle!.ToString()],
            new[] { "id", "batch", "label", "provider", "endpoint", "state", "handle" }.Select(name => data.GetProperty(name).GetString()!));
        Assert.Equal((1m, done.Result!.Value.ToString()), (data.GetProperty("spent").GetDecimal(), data.GetProperty("result").GetRawText()));
        var text = Encoding.UTF8.GetString(body);
        Assert.DoesNotContain(done.Token, text, StringComparison.Ordinal);
        Assert.Contains("\"job.canceled\"", Encoding.UTF8.GetString(receiver.Received[1].Body), StringComparison.Ordinal);
        foreach (var secret in (string[])[Secret, Other])
            Assert.True(IsSigned(head, body, secret));
        Assert.False(IsSigned(head, [.. body, (byte)' '], Secret));
        var one = Assert.Single(await ledger.Store.NotificationsAsync(done.Id, cancellationToken: Token));
        Assert.Equal((NotificationState.Sent, 1, null), (one.State, one.Attempts, one.Reason));
        Assert.Equal(one.At, document.RootElement.GetProperty("timestamp").GetDateTimeOffset());
        Assert.DoesNotContain("token", one.Subscriber, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubt_is_sent()
    {
        await using var receiver = new Receiver();
        Simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, Times = 1 });
        await using var ledger = await OpenAsync(Options(receiver));
        var job = await ledger.IntendAsync(Intent("a"), Token);

        await ledger.RunAsync(Token);

        Assert.Equal(LedgerState.InDoubt, (await ledger.FindAsync(job.Id, Token))!.State);
        Assert.Contains("\"type\":\"job.in_doubt\"", Encoding.UTF8.GetString(Assert.Single(receiver.Received).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_confirmed_is_sent_again_with_the_same_id()
    {
        await using var receiver = new Receiver { Statuses = ["503 No", "302 Found\r\nLocation: /elsewhere", "-", "204 Fine"] };
        await using var ledger = await OpenAsync(Options(receiver, retry: TimeSpan.FromMilliseconds(20)));
        var job = await ledger.IntendAsync(Intent("a"), Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = ledger.ServeAsync(done.Token);

        while (await StateAsync(ledger, job) != NotificationState.Sent)
            await Task.Delay(20, Token);
        await done.CancelAsync();
        await serving;

        Assert.Equal(4, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(request => FileServer.HeaderOf(request.Head, "webhook-id")).Distinct());
        Assert.All(receiver.Received, request => Assert.StartsWith("POST /hook?token=1 ", request.Head, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("500 No", "http://127.0.0.1:PORT responded with 500")]
    [InlineData("307 No\r\nLocation: http://127.0.0.1:1/", "http://127.0.0.1:PORT responded with 307, and redirects are not followed")]
    [InlineData("-", "http://127.0.0.1:PORT could not be reached (ResponseEnded)")]
    [InlineData("wait", "http://127.0.0.1:PORT did not respond within 00:00:00.2000000")]
    public async Task The_reason_names_the_receiver_and_none_of_its_secrets(string status, string reason)
    {
        await using var receiver = new Receiver { Statuses = [status] };
        await using var ledger = await OpenAsync(Options(receiver, timeout: status == "wait" ? TimeSpan.FromMilliseconds(200) : null));
        var job = await ledger.IntendAsync(Intent("a"), Token);

        await ledger.RunAsync(Token);

        var notification = Assert.Single(await ledger.Store.NotificationsAsync(job.Id, cancellationToken: Token));
        Assert.Equal(
            (NotificationState.Pending, reason.Replace("PORT", receiver.Url.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)),
            (notification.State, notification.Reason));
        Assert.True(notification.DueAt > notification.At);
        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(job.Id, Token))!.State);
    }

    [Theory]
    [InlineData("500 No", true)]
    [InlineData("410 Gone", false)]
    public async Task What_is_not_confirmed_in_its_time_is_abandoned_and_said_so(string status, bool isOld)
    {
        await using var receiver = new Receiver { Statuses = [status] };
        await using var ledger = await OpenAsync(Options(receiver, lifetime: isOld ? TimeSpan.Zero : TimeSpan.FromDays(3)));
        var job = await ledger.IntendAsync(Intent("a"), Token);

        await ledger.RunAsync(Token);
        await ledger.NotifyAsync(Token);

        Assert.Equal(NotificationState.Abandoned, await StateAsync(ledger, job));
        Assert.Single(receiver.Received);
        var entries = new List<LedgerEvent>();
        await foreach (var entry in ledger.EventsAsync(job.Id, cancellationToken: Token))
            entries.Add(entry);
        Assert.Equal(LedgerEventKind.NotificationAbandoned, entries[^1].Kind);
        Assert.Contains($"after 1 attempt: http://127.0.0.1:{receiver.Url.Port} responded with {status[..3]}", entries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_neither_jobs_nor_other_receivers()
    {
        await using var hanging = new Receiver { Statuses = ["wait"] };
        await using var fine = new Receiver();
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
        await using var receiver = new Receiver { Statuses = ["wait"] };
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
        await using var receiver = new Receiver { Statuses = ["500 No", "500 No", "200 OK"] };
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
    public async Task A_subscriber_of_a_batch_gets_nothing_of_others()
    {
        await using var receiver = new Receiver();
        var all = NotificationsOf(receiver);
        var one = NotificationsOf(receiver, "b", null, null, null, Secret);
        await using (var ledger = await OpenAsync(new LedgerOptions { Clients = [Fal], Notifications = [one] }))
        {
            foreach (var batch in (string[])["a", "b", "a", "b", ""])
                await ledger.CancelAsync((await ledger.IntendAsync(Intent($"p {Guid.NewGuid()}", batch), Token)).Id, Token);

            await ledger.NotifyAsync(Token);
        }

        Assert.Equal(2, receiver.Received.Count);
        Assert.All(receiver.Received, request => Assert.Contains("\"batch\":\"b\"", Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal));
        Assert.NotEqual(all.Name, one.Name);
        var exception = await Assert.ThrowsAsync<LedgerException>(() => OpenAsync(new LedgerOptions
        {
            Clients = [Fal],
            Notifications = [new NotificationOptions(receiver.Url, Secret) { Name = one.Name, Batch = "c" }],
        }));
        Assert.Contains("the batch 'b', and not of 'c'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_never_wait_for_each_others_subscribers()
    {
        await using var receiver = new Receiver();
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
        await using var receiver = new Receiver { Statuses = ["wait"] };
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
        await using var receiver = new Receiver();
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
        await using var receiver = new Receiver { Statuses = ["wait"] };
        await using var ledger = await OpenAsync(Options(receiver));
        await ledger.CancelAsync((await ledger.IntendAsync(Intent("a"), Token)).Id, Token);
        var job = await ledger.IntendAsync(Intent("b"), Token);
        await RefuseAsync("jobs", "NEW.state = 3", "no room for the receipt");
        await RefuseAsync("notifications", "NEW.state = 1", "no room for the notifier");
        var run = ledger.RunAsync(Token);
        while (receiver.Received.Count == 0 || !Simulator.Requests.Any(request => request.Operation == SimulatorOperation.Submit))
            await Task.Delay(20, Token);
        receiver.Release();

        // Longer than a worker whose caller has stopped it tries to store a receipt.
        await Task.Delay(TimeSpan.FromSeconds(70), Token);
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
    public async Task What_another_process_noted_is_sent_and_each_once_where_nothing_fails()
    {
        await using var receiver = new Receiver();
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
        await using var receiver = new Receiver();
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

    [Fact]
    public async Task A_new_subscriber_gets_what_happens_from_now_on()
    {
        await using (var plain = await OpenAsync())
        {
            await plain.IntendAsync(Intent("old"), Token);
            await plain.RunAsync(Token);
        }
        await using var receiver = new Receiver();
        await using var ledger = await OpenAsync(Options(receiver));
        var job = await ledger.IntendAsync(Intent("new"), Token);

        await ledger.RunAsync(Token);

        Assert.Contains(job.Id, Encoding.UTF8.GetString(Assert.Single(receiver.Received).Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/", Secret, "absolute https URL")]
    [InlineData("ftp://example.com/", Secret, "absolute https URL")]
    [InlineData("https://user:pass-word@example.com/", Secret, "must not have a password")]
    [InlineData("https://example.com/", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "must be whsec_")]
    [InlineData("https://example.com/", "whsec_c2hvcnQ=", "must be whsec_")]
    [InlineData("https://example.com/", "whsec_not base64 at all, and long enough", "must be whsec_")]
    public void Options_that_are_not_valid_are_refused_without_their_secrets(string url, string secret, string expected)
    {
        var exception = Assert.Throws<ArgumentException>(() => new NotificationOptions(new Uri(url), secret));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass-word", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, exception.Message, StringComparison.Ordinal);
    }

    private static async Task<NotificationState?> StateAsync(JobLedger ledger, LedgerJob job) =>
        (await ledger.Store.NotificationsAsync(job.Id, cancellationToken: Token)) is [var one] ? one.State : null;

    private static NotificationOptions NotificationsOf(
        Receiver receiver, TimeSpan? retry = null, TimeSpan? lifetime = null, TimeSpan? timeout = null, params string[] secrets) =>
        NotificationsOf(receiver, null, retry, lifetime, timeout, secrets);

    private static NotificationOptions NotificationsOf(
        Receiver receiver, string? batch, TimeSpan? retry, TimeSpan? lifetime, TimeSpan? timeout, params string[] secrets) =>
        new(new Uri(receiver.Url, "/hook?token=1"), secrets.Length > 0 ? secrets : [Secret])
        {
            Batch = batch,
            Concurrency = 2,
            RetryDelay = retry ?? TimeSpan.FromHours(1),
            Lifetime = lifetime ?? TimeSpan.FromDays(3),
            Timeout = timeout ?? TimeSpan.FromSeconds(15),
        };

    private LedgerOptions Options(Receiver receiver, params string[] secrets) => Options(receiver, null, null, null, secrets);

    private LedgerOptions Options(
        Receiver receiver, TimeSpan? retry = null, TimeSpan? lifetime = null, TimeSpan? timeout = null, params string[] secrets) => new()
        {
            Clients = [Fal],
            PollInterval = TimeSpan.FromMilliseconds(20),
            ListLookup = TimeSpan.Zero,
            Notifications = [NotificationsOf(receiver, retry, lifetime, timeout, secrets)],
        };

    /// <summary>Lets the database refuse changes, as one whose disk is full does.</summary>
    private async Task RefuseAsync(string table, string when, string message)
    {
        if (this is not Databases.IOnPostgres)
        {
            await ExecuteAsync($"CREATE TRIGGER refuse_{table} BEFORE UPDATE ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END");
            return;
        }
        await ExecuteAsync(
            $"CREATE FUNCTION refuse_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$");
        await ExecuteAsync(
            $"CREATE TRIGGER refuse_{table} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse_{table}()");
    }

    // As the specification says it, and not as the ledger does it.
    private static bool IsSigned(string head, byte[] body, string secret)
    {
        var time = FileServer.HeaderOf(head, "webhook-timestamp")!;
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture), 0, 300);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{FileServer.HeaderOf(head, "webhook-id")}.{time}."), .. body];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        return FileServer.HeaderOf(head, "webhook-signature")!.Split(' ').Contains("v1," + signature);
    }

    /// <summary>A server that takes webhooks, and responds with one status after the other, the last of which it repeats.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<(string Head, byte[] Body)> _received = [];
        private readonly Listener _listener;

        public Receiver() => _listener = new Listener(ServeAsync);

        public Uri Url => _listener.Url;

        /// <summary>The statuses; <c>-</c> to close the connection, <c>wait</c> to respond only when it is released.</summary>
        public IReadOnlyList<string> Statuses { get; init; } = ["200 OK"];

        public IReadOnlyList<(string Head, byte[] Body)> Received
        {
            get
            {
                lock (_received)
                    return [.. _received];
            }
        }

        public void Release() => _released.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            Release();
            await _listener.DisposeAsync();
            Assert.Null(_listener.Mistake);
        }

        private async Task ServeAsync(System.Net.Sockets.Socket socket, CancellationToken stop)
        {
            var connection = new Connection(socket, stop);
            if (await connection.ReadHeadAsync() is not { } head)
                return;
            var body = await connection.ReadBodyAsync(head);
            string status;
            lock (_received)
            {
                status = Statuses[Math.Min(_received.Count, Statuses.Count - 1)];
                _received.Add((head, body));
            }
            if (status == "-")
                return;
            if (status == "wait")
                await _released.Task.WaitAsync(stop);
            await connection.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {(status == "wait" ? "200 OK" : status)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        }
    }
}
