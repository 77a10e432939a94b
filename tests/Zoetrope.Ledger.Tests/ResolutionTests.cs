using System.Text;
using System.Text.Json;
using Zoetrope.Eachlabs;
using Zoetrope.Higgsfield;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Replicate;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Tests;

/// <summary>Doubts that end by themselves: by an idempotency key, by the provider's list of jobs, and by a webhook.</summary>
public abstract class ResolutionTests : LedgerTest
{
    private const string Model = "some-owner/some-model";

    [Fact]
    public async Task With_an_idempotency_key_the_submit_is_sent_again()
    {
        var keys = new List<string>();
        await using var server = new FakeServer(async exchange =>
        {
            if (exchange.Request.StartsWith("POST", StringComparison.Ordinal))
            {
                keys.Add(HeaderOf(exchange.Request, "Idempotency-Key")!);
                if (keys.Count < 4)
                    exchange.Reset();
                else
                    await exchange.ReplyAsync(200, """{"status":"queued","request_id":"r-1"}""");
                return;
            }
            await exchange.ReplyAsync(200, """{"status":"completed","request_id":"r-1","images":[]}""");
        });
        using var client = new HiggsfieldClient(new HiggsfieldClientOptions { BaseUrl = server.Url, ApiKey = "a:b" });
        await using var ledger = await OpenAsync(Options(clients: client));
        var job = await ledger.IntendAsync(new JobIntent("higgsfield", Model, RawJson.Parse("""{"prompt":"a"}""")), Token);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, "r-1", 1), (job.State, job.Handle!.JobId, job.Attempts));
        Assert.Equal(job.Id, Assert.Single(keys.Distinct()));
    }

    [Fact]
    public async Task What_is_sent_again_with_its_key_counts_in_a_limit_a_minute()
    {
        var posts = 0;
        await using var server = new FakeServer(exchange =>
        {
            Interlocked.Increment(ref posts);
            exchange.Reset();
            return Task.CompletedTask;
        });
        using var client = new HiggsfieldClient(new HiggsfieldClientOptions { BaseUrl = server.Url, ApiKey = "a:b" });
        var options = Options(clients: client);
        options.Limits["higgsfield"] = new(SubmitsPerMinute: 3);
        await using var ledger = await OpenAsync(options);
        var jobs = await ledger.IntendAsync([Lost("a"), Lost("b")], Token);
        Assert.Equal(LedgerState.InDoubt, (await ledger.SendAsync(jobs[0].Id, Token)).State);
        await ledger.AdvanceAsync(jobs[0].Id, Token);
        var job = await ledger.AdvanceAsync(jobs[0].Id, Token);
        var before = posts;
        Assert.True(before >= 3, $"{before}");

        var waiting = await ledger.AdvanceAsync(jobs[0].Id, Token);
        var other = await ledger.SendAsync(jobs[1].Id, Token);

        Assert.Equal((LedgerState.InDoubt, LedgerState.Intended, before), (waiting.State, other.State, posts));
        Assert.Equal((job.SentAt, 1), (waiting.SentAt, waiting.Attempts));
        Assert.Equal(2, (await HistoryAsync(ledger, job.Id)).Count(kind => kind == LedgerEventKind.SentAgain));

        static JobIntent Lost(string prompt) => new("higgsfield", Model, RawJson.Parse($$"""{"prompt":"{{prompt}}"}"""));
    }

    [Fact]
    public async Task Jobs_that_are_sent_again_at_once_count_in_a_limit_a_minute()
    {
        var limits = new ProviderLimits(SubmitsPerMinute: 5);
        await using var ledger = await OpenAsync();
        var jobs = await ledger.IntendAsync([.. Enumerable.Range(0, 8).Select(i => Intent($"m{i}"))], Token);
        await ledger.Store.RenewAsync("w", TimeSpan.FromMinutes(1), isNew: true, Token);
        await ExecuteAsync("UPDATE jobs SET state = 2, attempts = 1, idempotency = id, owner = 'w', sent = created - 3600000");

        var decisions = await Task.WhenAll(jobs.Select(job => ledger.Store.MarkSentAgainAsync(job.Id, 0, "w", limits, Token)));

        Assert.Equal(5, decisions.Count(decision => decision.Job is not null));
        Assert.All(decisions.Where(decision => decision.Job is null), decision => Assert.Equal("fal takes 5 jobs a minute", decision.Reason));
        // What another has, or what is not in doubt, is not sent.
        var sent = decisions.First(decision => decision.Job is not null).Job!;
        Assert.Null((await ledger.Store.MarkSentAgainAsync(sent.Id, 0, "w", null, Token)).Job);
        Assert.Null((await ledger.Store.MarkSentAgainAsync(sent.Id, sent.Version, "other", null, Token)).Job);
        await ExecuteAsync("UPDATE jobs SET state = 3");
        Assert.Null((await ledger.Store.MarkSentAgainAsync(sent.Id, sent.Version, "w", null, Token)).Job);
    }

    [Fact]
    public async Task A_job_that_is_put_back_has_a_key_of_its_own()
    {
        var keys = new List<string>();
        await using var server = new FakeServer(async exchange =>
        {
            if (exchange.Request.StartsWith("POST", StringComparison.Ordinal))
                keys.Add(HeaderOf(exchange.Request, "Idempotency-Key")!);
            var word = exchange.Request.StartsWith("POST", StringComparison.Ordinal) ? "queued" : keys.Count == 1 ? "failed" : "completed";
            await exchange.ReplyAsync(200, $$"""{"status":"{{word}}","request_id":"r-{{keys.Count}}"}""");
        });
        using var client = new HiggsfieldClient(new HiggsfieldClientOptions { BaseUrl = server.Url, ApiKey = "a:b" });
        await using var ledger = await OpenAsync(Options(clients: client));
        var job = await ledger.IntendAsync(new JobIntent("higgsfield", Model, RawJson.Parse("""{"prompt":"a"}""")), Token);
        await ledger.RunAsync(Token);
        Assert.Equal(LedgerState.Failed, (await ledger.FindAsync(job.Id, Token))!.State);

        await ledger.RetryAsync(job.Id, Token);
        await ledger.RunAsync(Token);

        Assert.Equal((LedgerState.Delivered, "r-2"), await ledger.FindAsync(job.Id, Token) is { } done ? (done.State, done.Handle!.JobId) : default);
        Assert.Equal(2, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_job_with_the_same_input_in_the_providers_list_is_the_one()
    {
        await using var server = new FakeServer(exchange => RespondAsReplicateAsync(exchange, """{"prompt":"a","size":1}""", TimeSpan.Zero));
        using var client = new ReplicateClient(new ReplicateClientOptions { BaseUrl = server.Url, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: client));
        var job = await ledger.IntendAsync(new JobIntent("replicate", Model, RawJson.Parse("""{"size":1,"prompt":"a"}""")), Token);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, "p-1", 1), (job.State, job.Handle?.JobId, job.Attempts));
        Assert.Single(server.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"prompt":"b","size":1}""", 0)]
    [InlineData("""{"prompt":"a","size":1}""", -10)]
    [InlineData("""{"prompt":"a","size":1}""", 10)]
    public async Task What_is_only_similar_proves_nothing(string input, int minutes)
    {
        await using var server = new FakeServer(exchange => RespondAsReplicateAsync(exchange, input, TimeSpan.FromMinutes(minutes)));
        using var client = new ReplicateClient(new ReplicateClientOptions { BaseUrl = server.Url, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: client));
        var job = await ledger.IntendAsync(new JobIntent("replicate", Model, RawJson.Parse("""{"size":1,"prompt":"a"}""")), Token);

        await ledger.RunAsync(Token);

        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.InDoubt, null), (job.State, job.Handle));
        Assert.Contains(server.Requests, request => request.StartsWith("GET", StringComparison.Ordinal));
        Assert.Single(server.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_of_the_list_that_another_has_is_not_taken()
    {
        await using var server = new FakeServer(exchange => RespondAsReplicateAsync(exchange, """{"prompt":"a","size":1}""", TimeSpan.Zero));
        using var client = new ReplicateClient(new ReplicateClientOptions { BaseUrl = server.Url, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: client));
        var intent = new JobIntent("replicate", Model, RawJson.Parse("""{"size":1,"prompt":"a"}""")) { Again = true };
        await ledger.IntendAsync([intent, intent], Token);

        await ledger.RunAsync(Token);

        var jobs = await AllAsync(ledger);
        Assert.Single(jobs, job => job.State == LedgerState.Delivered);
        Assert.Single(jobs, job => job.State == LedgerState.InDoubt);
    }

    [Fact]
    public async Task A_webhook_names_the_job_and_wakes_its_wait()
    {
        string? hook = null;
        var isDone = false;
        await using var server = new FakeServer(async exchange =>
        {
            if (exchange.Request.StartsWith("POST", StringComparison.Ordinal))
            {
                using var body = JsonDocument.Parse(exchange.Request[(exchange.Request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
                hook = body.RootElement.GetProperty("webhook_url").GetString();
                exchange.Reset();
                return;
            }
            await exchange.ReplyAsync(200, isDone ? """{"id":"e-1","status":"success","output":"x"}""" : """{"id":"e-1","status":"processing"}""");
        });
        using var client = new EachlabsClient(new EachlabsClientOptions { BaseUrl = server.Url, ApiKey = "k" });
        var options = new LedgerOptions
        {
            Clients = [client], PollInterval = TimeSpan.FromMinutes(10), Lease = TimeSpan.FromSeconds(2), WebhookUrl = new Uri("https://example.com/others"),
            Webhooks = { ["eachlabs"] = new(new Uri("https://example.com/hooks?a=b"), "a-secret") },
        };
        await using var ledger = await OpenAsync(options);
        var job = await ledger.IntendAsync(new JobIntent("eachlabs", "some-model", RawJson.Parse("""{"prompt":"a"}""")), Token);
        await ledger.RunAsync(Token);
        Assert.Equal(LedgerState.InDoubt, (await ledger.FindAsync(job.Id, Token))!.State);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(hook!).Query);
        Assert.Equal(("/hooks", "b"), (new Uri(hook!).AbsolutePath, query["a"]));
        Assert.Contains("a-secret", Assert.Single(server.Requests), StringComparison.Ordinal);
        var token = query[JobLedger.TokenParameter]!;

        Assert.Null(await ledger.ReceiveAsync("another", await DeliveryAsync("e-1"), Token));
        var received = (await ledger.ReceiveAsync(token, await DeliveryAsync("e-1"), Token))!;
        Assert.Equal((LedgerState.Accepted, "e-1"), (received.State, received.Handle!.JobId));

        var running = ledger.RunAsync(Token);
        while ((await ledger.FindAsync(job.Id, Token))!.Owner is null)
            await Task.Delay(20, Token);
        await Task.Delay(200, Token);
        isDone = true;
        await ledger.ReceiveAsync(token, await DeliveryAsync("e-1"), Token);
        await ledger.ReceiveAsync(token, await DeliveryAsync("e-1"), Token);
        await running.WaitAsync(TimeSpan.FromMinutes(2), Token);
        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(job.Id, Token))!.State);
        Assert.Equal(LedgerState.Delivered, (await ledger.ReceiveAsync(token, await DeliveryAsync("e-1"), Token))!.State);
        Assert.Single(server.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://example.com/hooks")]
    [InlineData("ftp://127.0.0.1/hooks")]
    [InlineData("/hooks")]
    public async Task A_webhook_that_no_provider_would_post_to_is_refused(string url)
    {
        var options = new LedgerOptions { Clients = [Fal], WebhookUrl = new Uri(url, UriKind.RelativeOrAbsolute) };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(options));

        Assert.Contains($"but is '{url}'", exception.Message, StringComparison.Ordinal);
        var own = new LedgerOptions { Clients = [Fal], Webhooks = { ["fal"] = new(new Uri(url, UriKind.RelativeOrAbsolute)) } };
        exception = await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(own));
        Assert.Contains($"but is '{url}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_a_provider_does_not_take_goes_to_another_and_one_that_was_sent_stays()
    {
        Simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 429, Times = 1000 });
        using var eachlabs = new EachlabsClient(new EachlabsClientOptions { BaseUrl = Simulator.BaseUrl, ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: [Fal, eachlabs]));
        var refused = await ledger.IntendAsync(Intent("busy", "clips"), Token);
        refused = await ledger.SendAsync(refused.Id, Token);
        Assert.Equal((LedgerState.Intended, 1), (refused.State, refused.Attempts));
        Simulator.ClearFaults();

        // As a program does that is killed between the two, and begins again.
        Assert.NotNull(await ledger.WithdrawAsync(refused.Id, Token));
        Assert.NotNull(await ledger.WithdrawAsync(refused.Id, Token));
        var elsewhere = new JobIntent("eachlabs", "kling-o3-pro-image-to-video", Input("busy")) { Batch = "clips" };
        var moved = await ledger.IntendAsync(elsewhere, Token);
        Assert.Equal(moved.Id, (await ledger.IntendAsync(elsewhere, Token)).Id);
        await ledger.RunAsync(Token);

        Assert.Equal(1, Simulator.Counts.Accepted);
        Assert.Equal(LedgerState.Delivered, (await ledger.FindAsync(moved.Id, Token))!.State);
        Assert.Null(await ledger.WithdrawAsync(moved.Id, Token));
        Simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, Times = 1, CarryOut = true });
        var doubtful = await ledger.IntendAsync(Intent("doubtful"), Token);
        await ledger.RunAsync(Token);
        Assert.Null(await ledger.WithdrawAsync(doubtful.Id, Token));
        Assert.Equal(LedgerState.InDoubt, (await ledger.FindAsync(doubtful.Id, Token))!.State);
    }

    [Fact]
    public async Task A_webhook_of_a_provider_without_a_client_is_refused()
    {
        var options = new LedgerOptions { Clients = [Fal], Webhooks = { ["Fal"] = new(new Uri("https://example.com/hooks")) } };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(options));

        Assert.Contains("names 'Fal', of which there is no client: there are fal.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_of_an_earlier_attempt_is_not_that_of_a_later_one()
    {
        using var client = new EachlabsClient(new EachlabsClientOptions { BaseUrl = FakeServer.Nowhere(), ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: client));
        var job = await ledger.IntendAsync(new JobIntent("eachlabs", "some-model", RawJson.Parse("{}")), Token);
        await SendAsync(ledger, job.Id);
        var first = await ledger.ReceiveAsync($"{job.Id}-1-{job.Token}", await DeliveryAsync("e-1"), Token);
        Assert.Equal("e-1", first!.Handle!.JobId);
        await ledger.Store.ChangeAsync(new(job.Id, first.Version, LedgerEventKind.Failed, LedgerState.Failed), Token);
        await ledger.RetryAsync(job.Id, Token);

        Assert.Equal(LedgerState.Intended, (await ledger.ReceiveAsync($"{job.Id}-1-{job.Token}", await DeliveryAsync("e-1"), Token))!.State);
        await SendAsync(ledger, job.Id);
        Assert.Equal(LedgerState.Sent, (await ledger.ReceiveAsync($"{job.Id}-1-{job.Token}", await DeliveryAsync("e-1"), Token))!.State);
        Assert.Equal(LedgerState.Sent, (await ledger.ReceiveAsync($"{job.Id}-2-{job.Token}", await DeliveryAsync("e-1"), Token))!.State);
        Assert.Equal("e-2", (await ledger.ReceiveAsync($"{job.Id}-2-{job.Token}", await DeliveryAsync("e-2"), Token))!.Handle!.JobId);
        foreach (var wrong in (string[])["", "x", $"{job.Id}--{job.Token}", $"{job.Id}-2-{job.Token}x", $"{job.Id}-x-{job.Token}", $"{job.Id}-2"])
            Assert.Null(await ledger.ReceiveAsync(wrong, await DeliveryAsync("e-3"), Token));
    }

    [Fact]
    public async Task A_webhook_proves_that_a_person_was_wrong()
    {
        using var client = new EachlabsClient(new EachlabsClientOptions { BaseUrl = FakeServer.Nowhere(), ApiKey = "k" });
        await using var ledger = await OpenAsync(Options(clients: client));
        var job = await ledger.IntendAsync(new JobIntent("eachlabs", "some-model", RawJson.Parse("{}")), Token);
        await SendAsync(ledger, job.Id);
        await ledger.Store.ReleaseAsync("w", Token);
        await ledger.ResolveNotAcceptedAsync(job.Id, Token);

        var accepted = await ledger.ReceiveAsync($"{job.Id}-1-{job.Token}", await DeliveryAsync("e-1"), Token);

        Assert.Equal((LedgerState.Accepted, "e-1"), (accepted!.State, accepted.Handle!.JobId));
    }

    private static async Task SendAsync(JobLedger ledger, string id)
    {
        await ledger.Store.RenewAsync("w", TimeSpan.FromMinutes(1), isNew: true, Token);
        var claimed = (await ledger.Store.ClaimOneAsync(id, "w", Token))!.Value;
        Assert.NotNull((await ledger.Store.MarkSentAsync(id, claimed.Version, "w", null, Token)).Job);
    }

    private static async Task<Webhooks.WebhookDelivery> DeliveryAsync(string id)
    {
        var receiver = new EachlabsWebhookReceiver("s3cret");
        using var body = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"exec_id":"{{id}}","status":"succeeded","output":"x"}"""));
        var reception = await receiver.ReceiveAsync(body, name => name == "X-Webhook-Secret" ? ["s3cret"] : [], Token);
        return reception.Delivery ?? throw new InvalidOperationException(reception.Refusal?.ToString());
    }

    private static async Task RespondAsReplicateAsync(FakeServer.Exchange exchange, string input, TimeSpan later)
    {
        if (exchange.Request.StartsWith("POST", StringComparison.Ordinal))
        {
            exchange.Reset();
            return;
        }
        var created = (TimeProvider.System.GetUtcNow() + later).ToString("O");
        var prediction = $$$"""
            {"id":"p-1","model":"{{{Model}}}","status":"succeeded","created_at":"{{{created}}}","input":{{{input}}},
            "output":"https://example.com/a.png","urls":{}}
            """;
        var isList = exchange.Request.Split(' ')[1].Contains("/predictions?", StringComparison.Ordinal);
        await exchange.ReplyAsync(200, isList ? $$"""{"results":[{{prediction}}],"next":null,"previous":null}""" : prediction);
    }

    private static string? HeaderOf(string request, string name) => request.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();
}
