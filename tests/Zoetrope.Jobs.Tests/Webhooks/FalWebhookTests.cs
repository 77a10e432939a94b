using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Fal.Webhooks;
using Zoetrope.Webhooks;
using static Zoetrope.Jobs.Tests.Webhooks.Deliveries;

namespace Zoetrope.Jobs.Tests.Webhooks;

/// <summary>Webhooks of fal: signatures by any of the published keys, keys that are replaced or cannot be fetched, and what bodies say.</summary>
public sealed class FalWebhookTests
{
    private const string RequestId = "5057fca7-2eb3-468f-b95d-cefe92b0b9d4";
    private const string User = "user-1";
    private const string Payload = """{"video": {"url": "https://v3.fal.media/files/a.mp4"}}""";

    // As fal writes it, with the separators of Python.
    private const string Body =
        $$"""{"error": null, "gateway_request_id": "{{RequestId}}", "payload": {{Payload}}, "request_id": "{{RequestId}}", "status": "OK"}""";

    private static readonly byte[] _key = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    /// <summary>RFC 8032, section 7.1, tests 1 to 3 and SHA(abc): each must verify, and none once a bit was changed.</summary>
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42", "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void The_vectors_of_RFC_8032_hold(string secret, string key, string message, string signature)
    {
        var (secretBytes, keyBytes, messageBytes, signatureBytes) =
            (Convert.FromHexString(secret), Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));
        var made = new byte[64];
        Ed25519.Sign(secretBytes, 0, messageBytes, 0, messageBytes.Length, made, 0);

        Assert.Equal(signatureBytes, made);
        Assert.True(Ed25519.Verify(signatureBytes, 0, keyBytes, 0, messageBytes, 0, messageBytes.Length));
        for (var i = 0; i < 64; i++)
        {
            var changed = (byte[])signatureBytes.Clone();
            changed[i] ^= 1;
            Assert.False(Ed25519.Verify(changed, 0, keyBytes, 0, messageBytes, 0, messageBytes.Length));
        }
    }

    [Fact]
    public async Task A_delivery_that_any_published_key_signed_is_read()
    {
        await using var server = new FakeServer(Keys(NewKey(), _key));
        using var receiver = Receiver(server);

        var delivery = await receiver.DeliveryAsync(Body, Signed(Body));

        Assert.StartsWith("GET /keys HTTP/1.1", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", server.Requests[0], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ("fal", RequestId, RequestId, User, true), (delivery.Provider, delivery.JobId, delivery.Id, delivery.AccountId, delivery.IsVerified));
        Assert.Equal((JobState.Completed, "OK"), (delivery.Status.State, delivery.Status.ProviderStatus));
        Assert.Null(delivery.Handle);
        Assert.True(delivery.TryRead(KlingVideoO3ProImageToVideo.Endpoint, out var result));
        Assert.Equal("https://v3.fal.media/files/a.mp4", result.Value.Video!.Url);
        Assert.Equal($"fal:fal-ai/kling-video/o3/pro/image-to-video:{RequestId}", result.Handle.ToString());
    }

    [Fact]
    public async Task A_delivery_for_another_account_is_refused_although_fal_signed_it()
    {
        await using var server = new FakeServer(Keys(_key));
        using var receiver = new FalWebhookReceiver(
            new() { KeysUrl = new Uri(server.Url, "keys"), TimeProvider = new FakeTime(), UserIds = ["user-2", "user-3"] });

        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, Signed(Body)));
        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.EarlyRefusalAsync(Signed(Body)));
        Assert.Empty(server.Requests);
        var renamed = Signed(Body);
        renamed["X-Fal-Webhook-User-Id"] = ["user-2"];
        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, renamed));
        Assert.Equal("user-3", (await receiver.DeliveryAsync(Body, Signed(Body, user: "user-3"))).AccountId);
    }

    [Fact]
    public async Task Without_the_id_of_an_account_a_delivery_only_says_where_to_look()
    {
        await using var server = new FakeServer(
            Keys(_key), FakeServer.Reply(200, $$"""{"status":"COMPLETED","request_id":"{{RequestId}}"}"""),
            FakeServer.Reply(200, """{"video":{"url":"https://v3.fal.media/files/own.mp4"}}"""));
        using var receiver = new FalWebhookReceiver(new() { KeysUrl = new Uri(server.Url, "keys"), TimeProvider = new FakeTime() });
        using var fal = new FalClient(new() { ApiKey = "any", BaseUrl = server.Url });

        var delivery = await receiver.DeliveryAsync(Body, Signed(Body, user: "anybody"));

        Assert.Equal((false, "anybody"), (delivery.IsVerified, delivery.AccountId));
        Assert.False(delivery.TryRead(KlingVideoO3ProImageToVideo.Endpoint, out _));
        var result = await delivery.GetResultAsync(fal.KlingVideoO3ProImageToVideo, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("https://v3.fal.media/files/own.mp4", result.Value.Video!.Url);
        // The id that fal signed is recognized all the same.
        Assert.Equal(WebhookRefusalReason.InProgress, await receiver.RefusalAsync(Body, Signed(Body, user: "anybody")));
        Assert.Throws<ArgumentException>(() => new FalWebhookOptions { UserIds = ["user-1", " "] });
    }

    [Fact]
    public async Task A_request_that_is_aborted_while_the_keys_are_fetched_does_not_cost_the_others_the_keys()
    {
        var fetching = new TaskCompletionSource();
        var respond = new TaskCompletionSource();
        await using var server = new FakeServer(async exchange =>
        {
            fetching.SetResult();
            await respond.Task;
            await Keys(_key)(exchange);
        });
        using var receiver = Receiver(server);
        using var aborted = new CancellationTokenSource();
        var headers = Signed(Body);

        var first = receiver.ReceiveAsync(Encoding.UTF8.GetBytes(Body), name => headers.GetValueOrDefault(name), aborted.Token);
        await fetching.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await aborted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = receiver.DeliveryAsync(Body, headers);
        respond.SetResult();

        Assert.True((await second).IsVerified);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Keys_are_fetched_once_a_day()
    {
        await using var server = new FakeServer(Keys(_key));
        var time = new FakeTime();
        using var receiver = Receiver(server, time);

        await receiver.DeliveryAsync(Body, Signed(Body));
        time.Advance(TimeSpan.FromHours(23));
        await receiver.DeliveryAsync(Body, Signed(Body, "r-2", Now + (23 * 3600)));
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromHours(1));
        await receiver.DeliveryAsync(Body, Signed(Body, "r-3", Now + (24 * 3600)));
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task Keys_that_were_replaced_are_fetched_again_and_forged_deliveries_do_not_make_that_a_flood()
    {
        var next = NewKey();
        await using var server = new FakeServer(Keys(_key), Keys(next), Keys(_key));
        var time = new FakeTime();
        using var receiver = Receiver(server, time);
        await receiver.DeliveryAsync(Body, Signed(Body));

        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, Signed(Body, "r-2", key: next)));
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromMinutes(1));
        await receiver.DeliveryAsync(Body, Signed(Body, "r-2", Now + 60, next));
        Assert.Equal(2, server.Requests.Length);
        for (var i = 0; i < 50; i++)
            Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, Signed(Body, "forged", Now + 60, NewKey())));
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task Deliveries_at_the_same_time_fetch_the_keys_once()
    {
        await using var server = new FakeServer(Keys(_key));
        using var receiver = Receiver(server);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => receiver.DeliveryAsync(Body, Signed(Body, "r-" + i))));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"keys":{}}""")]
    [InlineData(200, """{"keys":[1,{"x":"short"},{"x":7},{"kty":"RSA","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""")]
    [InlineData(302, "")]
    public async Task Where_no_keys_can_be_fetched_the_provider_is_asked_to_deliver_later(int status, string body)
    {
        await using var server = new FakeServer(FakeServer.Reply(status, body), Keys(_key));
        var time = new FakeTime();
        using var receiver = Receiver(server, time);

        var reception = await receiver.ReceiveAsync(Body, Signed(Body));

        Assert.Equal((WebhookRefusalReason.KeysUnavailable, 503), (reception.Refusal!.Reason, reception.StatusCode));
        time.Advance(TimeSpan.FromMinutes(1));
        await receiver.DeliveryAsync(Body, Signed(Body, time: Now + 60));
    }

    [Theory]
    [InlineData("X-Fal-Webhook-Request-Id")]
    [InlineData("X-Fal-Webhook-User-Id")]
    [InlineData("X-Fal-Webhook-Timestamp")]
    [InlineData("X-Fal-Webhook-Signature")]
    public async Task A_header_that_is_missing_or_there_twice_or_changed_is_refused(string name)
    {
        await using var server = new FakeServer(Keys(_key));
        using var receiver = Receiver(server);
        var headers = Signed(Body);
        var value = headers[name][0];

        headers.Remove(name);
        Assert.Equal(WebhookRefusalReason.HeaderMissing, await receiver.RefusalAsync(Body, headers));
        headers[name] = [value, value];
        Assert.Equal(WebhookRefusalReason.HeaderMalformed, await receiver.RefusalAsync(Body, headers));
        headers[name] = [name.EndsWith("Timestamp", StringComparison.Ordinal) ? (Now + 1).ToString(CultureInfo.InvariantCulture) : "0" + value[1..]];
        Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, headers));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("abc")]
    [InlineData("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")]
    public async Task A_signature_that_cannot_be_one_is_refused_before_keys_are_fetched(string signature)
    {
        await using var server = new FakeServer(Keys(_key));
        using var receiver = Receiver(server);
        var headers = Signed(Body);
        headers["X-Fal-Webhook-Signature"] = [signature];

        Assert.NotEqual(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(Body, headers));
        Assert.NotEqual(WebhookRefusalReason.SignatureMismatch, await receiver.EarlyRefusalAsync(headers));
        Assert.Equal(WebhookRefusalReason.OutsideTolerance, await receiver.RefusalAsync(Body, Signed(Body, time: Now - 301)));
        Assert.Equal(WebhookRefusalReason.OutsideTolerance, await receiver.EarlyRefusalAsync(Signed(Body, time: Now + 301)));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_body_that_was_changed_is_refused_and_a_delivery_that_comes_again_too()
    {
        await using var server = new FakeServer(Keys(_key));
        using var receiver = Receiver(server);

        foreach (var body in new[] { Body + "\n", Body[..^1], Body.Replace(", ", ",", StringComparison.Ordinal), "" })
            Assert.Equal(WebhookRefusalReason.SignatureMismatch, await receiver.RefusalAsync(body, Signed(Body)));
        await receiver.CompleteAsync(Body, Signed(Body));
        Assert.Equal(WebhookRefusalReason.Repeated, await receiver.RefusalAsync(Body, Signed(Body, time: Now + 30)));
    }

    [Fact]
    public async Task An_error_has_the_reason_and_its_fields()
    {
        const string Failed = """
            {"request_id":"r-1","status":"ERROR","error":"Invalid status code: 422","payload":{"detail":[
            {"loc":["body","image_url"],"msg":"Could not load the image","type":"image_load_error"}]}}
            """;
        await using var server = new FakeServer(Keys(_key));
        using var receiver = Receiver(server);

        var delivery = await receiver.DeliveryAsync(Failed, Signed(Failed, "r-1"));

        Assert.Equal((JobState.Failed, "image_load_error"), (delivery.Status.State, delivery.Status.Error!.Type));
        Assert.Equal("Could not load the image", Assert.Single(delivery.Status.Error.Fields).Message);
        Assert.False(delivery.TryRead(KlingVideoO3ProImageToVideo.Endpoint, out _));
    }

    [Fact]
    public async Task A_result_that_is_not_in_the_delivery_is_fetched_from_the_queue()
    {
        const string Without = """{"request_id":"r-1","status":"OK","error":null,"payload":null,"payload_error":"not serializable"}""";
        await using var server = new FakeServer(
            Keys(_key), FakeServer.Reply(200, """{"status":"COMPLETED","request_id":"r-1"}"""),
            FakeServer.Reply(200, """{"video":{"url":"https://v3.fal.media/files/b.mp4"}}"""));
        using var receiver = Receiver(server);
        using var fal = new FalClient(new() { ApiKey = "any", BaseUrl = server.Url });

        var delivery = await receiver.DeliveryAsync(Without, Signed(Without, "r-1"));
        var result = await delivery.GetResultAsync(fal.KlingVideoO3ProImageToVideo, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(("not serializable", JobState.Completed), (delivery.OutputProblem, delivery.Status.State));
        Assert.Equal("https://v3.fal.media/files/b.mp4", result.Value.Video!.Url);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"a text\"")]
    public async Task A_result_of_another_form_is_not_read_and_not_lost(string payload)
    {
        var body = $$"""{"request_id":"r-1","status":"OK","payload":{{payload}}}""";
        await using var server = new FakeServer(Keys(_key));
        using var receiver = Receiver(server);

        var delivery = await receiver.DeliveryAsync(body, Signed(body, "r-1"));

        Assert.False(delivery.TryRead(KlingVideoO3ProImageToVideo.Endpoint, out _));
        Assert.Equal(payload, delivery.Status.Output.ToString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"status":"OK"}""")]
    [InlineData("""{"request_id":"r-1","payload":{}}""")]
    public async Task A_signed_body_that_is_not_fals_is_refused(string body)
    {
        await using var server = new FakeServer(Keys(_key));
        using var receiver = Receiver(server);

        Assert.Equal(WebhookRefusalReason.PayloadMalformed, await receiver.RefusalAsync(body, Signed(body)));
    }

    [Theory]
    [InlineData("http://rest.fal.ai/keys")]
    [InlineData("/keys")]
    public void Keys_are_not_fetched_from_where_others_could_change_them(string url) =>
        Assert.Throws<ArgumentException>(() => new FalWebhookOptions { KeysUrl = new Uri(url, UriKind.RelativeOrAbsolute) });

    private static FalWebhookReceiver Receiver(FakeServer server, FakeTime? time = null) =>
        new(new() { KeysUrl = new Uri(server.Url, "keys"), TimeProvider = time ?? new FakeTime(), UserIds = [User] });

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    private static Func<FakeServer.Exchange, Task> Keys(params byte[][] secrets)
    {
        var keys = secrets.Select(secret =>
        {
            var key = new byte[32];
            Ed25519.GeneratePublicKey(secret, 0, key, 0);
            return $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(key)}}"}""";
        });
        return FakeServer.Reply(200, $$"""{"keys":[{{string.Join(',', keys)}}]}""");
    }

    private static Dictionary<string, string[]> Signed(
        string body, string requestId = RequestId, long time = Now, byte[]? key = null, string user = User)
    {
        var seconds = time.ToString(CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var message = Encoding.UTF8.GetBytes($"{requestId}\n{user}\n{seconds}\n{hash}");
        var signature = new byte[64];
        Ed25519.Sign(key ?? _key, 0, message, 0, message.Length, signature, 0);
        return Headers(
            ("X-Fal-Webhook-Request-Id", requestId), ("X-Fal-Webhook-User-Id", user), ("X-Fal-Webhook-Timestamp", seconds),
            ("X-Fal-Webhook-Signature", Convert.ToHexStringLower(signature)));
    }
}
