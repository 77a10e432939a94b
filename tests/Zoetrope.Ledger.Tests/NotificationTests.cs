using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zoetrope.Jobs;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Others are told of jobs that are finished or in doubt, at least once, whatever fails.</summary>
public abstract class NotificationTests : NotificationTest
{
    private const string Other = "whsec_bmV3LXNlY3JldC1uZXctc2VjcmV0LW5ldy1zZWNyZXQ=";

    [Fact]
    public async Task The_end_of_each_job_is_sent_signed()
    {
        await using var receiver = new NotificationReceiver();
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
        await using var receiver = new NotificationReceiver();
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
        await using var receiver = new NotificationReceiver { Statuses = ["503 No", "302 Found\r\nLocation: /elsewhere", "-", "204 Fine"] };
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
        await using var receiver = new NotificationReceiver { Statuses = [status] };
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
        await using var receiver = new NotificationReceiver { Statuses = [status] };
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
    public async Task A_subscriber_of_a_batch_gets_nothing_of_others()
    {
        await using var receiver = new NotificationReceiver();
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
    public async Task A_new_subscriber_gets_what_happens_from_now_on()
    {
        await using (var plain = await OpenAsync())
        {
            await plain.IntendAsync(Intent("old"), Token);
            await plain.RunAsync(Token);
        }
        await using var receiver = new NotificationReceiver();
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

    // As the specification says it, and not as the ledger does it.
    private static bool IsSigned(string head, byte[] body, string secret)
    {
        var time = FileServer.HeaderOf(head, "webhook-timestamp")!;
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture), 0, 300);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{FileServer.HeaderOf(head, "webhook-id")}.{time}."), .. body];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        return FileServer.HeaderOf(head, "webhook-signature")!.Split(' ').Contains("v1," + signature);
    }
}
