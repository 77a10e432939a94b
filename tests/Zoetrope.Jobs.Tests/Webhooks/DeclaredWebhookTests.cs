using Zoetrope.Errors;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Luma;
using Zoetrope.Webhooks;
using static Zoetrope.Jobs.Tests.Webhooks.Deliveries;

namespace Zoetrope.Jobs.Tests.Webhooks;

/// <summary>
/// What a declaration says about webhooks: a secret in a header, a variant of Standard Webhooks, nothing at all, and bodies that are not a status.
/// </summary>
public sealed class DeclaredWebhookTests
{
    private const string OddBody = """{"ticket":"t-1","end":"OK","kind":"own","picture":"https://odd.example/a.png"}""";
    private const string WaveBody = """{"id":"w-1","status":"completed","model":"wave/clip","outputs":["https://wave.example/a.mp4"],"nsfw":[false]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_in_a_header_is_verified_and_the_body_has_words_and_locations_of_its_own()
    {
        var receiver = new OddWebhookReceiver("s3cret", Options);

        var delivery = await receiver.DeliveryAsync(OddBody, Headers(("x-odd-secret", "s3cret")));
        await delivery.CompleteAsync(Token);

        Assert.Equal(("odd:owner/name:t-1", JobState.Completed), (delivery.Handle!.ToString(), delivery.Status.State));
        Assert.True(delivery.TryRead(OwnerName.Endpoint, out var result));
        Assert.Equal("https://odd.example/a.png", result.Value.Image!.Url);
        Assert.Equal(WebhookRefusalReason.Repeated, await receiver.RefusalAsync(OddBody, Headers(("X-Odd-Secret", "s3cret"))));
    }

    [Theory]
    [InlineData("S3cret")]
    [InlineData("s3cret2")]
    [InlineData("s3cre")]
    public async Task Another_secret_is_refused(string secret)
    {
        var receiver = new OddWebhookReceiver(["s3cret", "other"], Options);

        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(OddBody, Headers(("X-Odd-Secret", secret))));
        Assert.Equal(WebhookRefusalReason.HeaderMissing, await receiver.RefusalAsync(OddBody, []));
        Assert.Equal(WebhookRefusalReason.HeaderMalformed, await receiver.RefusalAsync(OddBody, new() { ["X-Odd-Secret"] = ["s3cret", secret] }));
        await receiver.DeliveryAsync(OddBody, Headers(("X-Odd-Secret", "other")));
    }

    [Fact]
    public async Task A_failure_has_its_kind_and_its_reason()
    {
        const string Body = """{"ticket":"t-1","end":"NO","why":"too odd"}""";

        var delivery = await new OddWebhookReceiver("s3cret", Options).DeliveryAsync(Body, Headers(("X-Odd-Secret", "s3cret")));

        Assert.Equal((JobState.Failed, FailureKind.Moderated), (delivery.Status.State, delivery.Status.Error!.Kind));
        Assert.Equal("too odd", delivery.Status.Error.Message);
        Assert.Null(delivery.Handle);
        Assert.Equal("odd:picture:t-1", delivery.HandleOf("picture").ToString());
    }

    [Fact]
    public async Task A_variant_of_Standard_Webhooks_has_another_version_digits_and_key()
    {
        var headers = Headers(
            ("webhook-id", "msg_1"), ("webhook-timestamp", "1767323045"),
            ("webhook-signature", "v3," + Convert.ToHexString(Hash("not/base64!"u8.ToArray(), "msg_1", Now, WaveBody))));

        var delivery = await new WaveWebhookReceiver("whsec_not/base64!", Options).DeliveryAsync(WaveBody, headers);

        Assert.True(delivery.TryRead(WaveClip.Endpoint, out var result));
        Assert.Equal(("https://wave.example/a.mp4", "wave:wave/clip:w-1"), (result.Value.Video!.Url, result.Handle.ToString()));
        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await new WaveWebhookReceiver("whsec_not/base65!", Options).RefusalAsync(WaveBody, headers));
        headers["webhook-signature"] = ["v3," + Convert.ToBase64String(Hash("not/base64!"u8.ToArray(), "msg_1", Now, WaveBody))];
        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await new WaveWebhookReceiver("whsec_not/base64!", Options).RefusalAsync(WaveBody, headers));
    }

    [Fact]
    public async Task A_delivery_that_nothing_verifies_only_says_where_to_look()
    {
        const string Body = """{"id":"g-1","state":"completed","assets":{"video":"https://evil.example/a.mp4"}}""";
        var receiver = new LumaWebhookReceiver();

        var delivery = await receiver.DeliveryAsync(Body, []);

        Assert.False(delivery.IsVerified);
        Assert.Equal(JobState.Completed, delivery.Status.State);
        Assert.False(delivery.TryRead(Ray2.Endpoint, out _));
        // What anybody can send keeps nothing away.
        await receiver.DeliveryAsync(Body, []);
        await using var server = new FakeServer(FakeServer.Reply(200, """{"id":"g-1","state":"completed","assets":{"video":"https://luma.example/a.mp4"}}"""));
        using var client = new LumaClient(new LumaClientOptions { ApiKey = "any", BaseUrl = server.Url });
        var result = await delivery.GetResultAsync(client.Ray2, cancellationToken: Token);
        Assert.Equal("https://luma.example/a.mp4", result.Value.Video);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_delivery_that_nothing_verifies_is_looked_up_once_unless_the_caller_wants_to_wait()
    {
        const string Body = """{"id":"g-1","state":"completed"}""";
        var delivery = await new LumaWebhookReceiver().DeliveryAsync(Body, []);
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"id":"g-1","state":"dreaming"}"""), FakeServer.Reply(404, """{"detail":"no such generation"}"""),
            FakeServer.Reply(200, """{"id":"g-1","state":"dreaming"}"""),
            FakeServer.Reply(200, """{"id":"g-1","state":"completed","assets":{"video":"https://luma.example/a.mp4"}}"""));
        using var client = new LumaClient(new LumaClientOptions { ApiKey = "any", BaseUrl = server.Url });

        var running = await Assert.ThrowsAsync<JobTimeoutException>(() => delivery.GetResultAsync(client.Ray2, cancellationToken: Token));
        Assert.Equal((JobState.Running, "luma:ray-2:g-1"), (running.LastStatus!.State, running.Handle.ToString()));
        Assert.Single(server.Requests);
        await Assert.ThrowsAsync<JobWatchException>(() => delivery.GetResultAsync(client.Ray2, cancellationToken: Token));
        Assert.Equal(2, server.Requests.Length);
        var result = await delivery.GetResultAsync(client.Ray2, new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(1) }, Token);
        Assert.Equal("https://luma.example/a.mp4", result.Value.Video);
    }

    [Fact]
    public async Task A_word_that_only_deliveries_have_means_nothing_in_a_status()
    {
        foreach (var (word, state, kind) in new[]
        {
            ("done", JobState.Completed, FailureKind.Unknown), ("rejected", JobState.Failed, FailureKind.Moderated),
            ("completed", JobState.Completed, FailureKind.Unknown), ("failed", JobState.Failed, FailureKind.Unknown),
        })
        {
            var body = $$"""{"id":"w-1","status":"{{word}}","error":"no"}""";
            var headers = Headers(
                ("webhook-id", "msg_1"), ("webhook-timestamp", "1767323045"),
                ("webhook-signature", "v3," + Convert.ToHexString(Hash("key"u8.ToArray(), "msg_1", Now, body))));
            var delivered = (await new WaveWebhookReceiver("whsec_key", Options).DeliveryAsync(body, headers)).Status;
            Assert.Equal((state, kind), (delivered.State, delivered.Error?.Kind ?? FailureKind.Unknown));
        }
        await using var server = new FakeServer(
            FakeServer.Reply(200, """{"data":{"id":"w-1","status":"done"}}"""), FakeServer.Reply(200, """{"data":{"id":"w-1","status":"rejected"}}"""),
            FakeServer.Reply(200, """{"data":{"id":"w-1","status":"failed"}}"""));
        using var client = new WaveClient(new WaveClientOptions { ApiKey = "any", BaseUrl = server.Url });
        var job = client.WaveClip.Resume(JobHandle.Parse("wave:wave/clip:w-1"));

        Assert.Equal((JobState.Running, "done"), await StateAsync());
        Assert.Equal((JobState.Running, "rejected"), await StateAsync());
        Assert.Equal((JobState.Failed, "failed"), await StateAsync());

        async Task<(JobState State, string? Word)> StateAsync()
        {
            var status = await job.GetStatusAsync(cancellationToken: Token);
            return (status.State, status.ProviderStatus);
        }
    }

    [Fact]
    public async Task A_failure_that_only_a_webhook_reports_is_not_believed()
    {
        const string Body = """{"ticket":"t-1","end":"NO"}""";
        var delivery = await new OddWebhookReceiver("s3cret", Options).DeliveryAsync(Body, Headers(("X-Odd-Secret", "s3cret")));
        await using var server = new FakeServer(
            FakeServer.Reply(202, "{}"), FakeServer.Reply(200, "{}"), FakeServer.Reply(200, """{"files":[{"file":"f"}]}"""),
            FakeServer.Reply(200, "PNG", "Content-Type: image/png"));
        using var client = new OddClient(new OddClientOptions { ApiKey = "any", BaseUrl = server.Url });

        var result = await delivery.GetResultAsync(client.Picture, cancellationToken: Token);

        Assert.Equal("data:image/png;base64,UE5H", result.Value.Image!.Url);
        Assert.Equal(4, server.Requests.Length);
    }

    [Fact]
    public async Task A_secret_goes_with_the_address_where_the_provider_takes_one_and_is_refused_elsewhere()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"code":0}""", "X-Odd-Ticket: t-1"));
        using var odd = new OddClient(new OddClientOptions { ApiKey = "any", BaseUrl = server.Url });
        using var luma = new LumaClient(new LumaClientOptions { ApiKey = "any", BaseUrl = server.Url });
        var both = new SubmitOptions { WebhookUrl = server.Url, WebhookSecret = "s3cret" };

        await odd.Picture.SubmitAsync(new() { Prompt = "a cat" }, both, Token);

        var sent = Assert.Single(server.Requests);
        Assert.Contains($$"""
            "hook":{"address":"{{server.Url}}","secret":"s3cret"}
            """.Trim(), sent, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => luma.SubmitAsync("ray-2", Json.RawJson.Parse("{}"), both, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => odd.Picture.SubmitAsync(new() { Prompt = "a" }, new() { WebhookSecret = "s3cret" }, Token));
        Assert.Single(server.Requests);
    }
}
