using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Json;
using Zoetrope.Webhooks;
using Kling = Zoetrope.Fal.Models.KlingVideoO3ProImageToVideo;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>Webhooks mapped in one line: what reaches the handler, and what the sender sees, over real sockets.</summary>
public sealed class WebhookEndpointTests
{
    private const string Prediction = """{"exec_id":"e-1","status":"succeeded","output":"https://cdn.eachlabs.ai/a.mp4"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_delivery_reaches_the_handler_with_its_typed_result_and_once()
    {
        await using var keys = new FakeServer(FalSigner.Keys());
        var videos = new ConcurrentQueue<string>();
        await using var app = await TestApp.StartAsync(app => app.MapFalWebhook<Kling.Result>("/hooks/fal", delivery =>
        {
            Assert.True(delivery.TryRead(out var result));
            videos.Enqueue($"{delivery.JobId} {delivery.IsVerified} {delivery.Status.State} {delivery.Delivery.AccountId} {result.Video!.Url}");
            return Task.CompletedTask;
        }, FalSigner.Options(keys)));

        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(FalSigner.Delivery()));
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(FalSigner.Delivery()));

        Assert.Equal([$"{FalSigner.RequestId} True Completed user-1 https://v3.fal.media/files/a.mp4"], videos);
    }

    /// <summary>A header is what says who has sent it, so the type of the body is nothing to refuse it for.</summary>
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public async Task A_signed_delivery_of_another_content_type_is_not_lost(string contentType)
    {
        await using var hook = await FalHook.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await hook.App.SendAsync(FalSigner.Delivery(contentType: contentType)));
        Assert.Equal(1, hook.Handled);
    }

    public static TheoryData<string, Action<HttpRequestMessage>> Forgeries => new()
    {
        { "another body", request => request.Content = new StringContent(FalSigner.Body.Replace("a.mp4", "b.mp4", StringComparison.Ordinal)) },
        { "another spelling of the body", request => request.Content = new StringContent(FalSigner.Body.Replace("\": ", "\":", StringComparison.Ordinal)) },
        { "no body", request => request.Content = null },
        { "another id", request => Replace(request, "Request-Id", "r-2") },
        { "another user of this receiver", request => Replace(request, "User-Id", "user-2") },
        { "another account", request => Replace(request, "User-Id", "user-9") },
        { "another time", request => Replace(request, "Timestamp", (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)) },
        { "no signature", request => request.Headers.Remove("X-Fal-Webhook-Signature") },
        { "no time", request => request.Headers.Remove("X-Fal-Webhook-Timestamp") },
        { "a signature of zeros", request => Replace(request, "Signature", new string('0', 128)) },
        { "a signature that is no hexadecimal number", request => Replace(request, "Signature", new string('x', 128)) },
        { "a truncated signature", request => Replace(request, "Signature", request.Headers.GetValues("X-Fal-Webhook-Signature").Single()[..64]) },
        { "two signatures", request => request.Headers.Add("X-Fal-Webhook-Signature", new string('0', 128)) },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_delivery_gets_401_and_the_handler_nothing(string what, Action<HttpRequestMessage> forge)
    {
        await using var hook = await FalHook.StartAsync("user-1", "user-2");
        var request = FalSigner.Delivery();
        forge(request);

        var response = await hook.App.Client.SendAsync(request, Token);

        Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, what);
        Assert.NotEqual("", await response.Content.ReadAsStringAsync(Token));
        Assert.Contains("was refused with 401", hook.App.Log, StringComparison.Ordinal);
        Assert.Equal(0, hook.Handled);
        // What was forged does not keep the real one away.
        Assert.Equal(HttpStatusCode.OK, await hook.App.SendAsync(FalSigner.Delivery()));
        Assert.Equal(1, hook.Handled);
    }

    [Theory]
    [InlineData(310)]
    [InlineData(-310)]
    public async Task An_old_delivery_and_one_from_the_future_get_401(int secondsAgo)
    {
        await using var hook = await FalHook.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await hook.App.SendAsync(FalSigner.Delivery(secondsAgo: secondsAgo)));
        Assert.Equal(0, hook.Handled);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"status":"OK"}""")]
    public async Task A_signed_body_that_is_not_about_a_job_gets_400(string body)
    {
        await using var hook = await FalHook.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await hook.App.SendAsync(FalSigner.Delivery(body: body)));
        Assert.Equal(0, hook.Handled);
    }

    [Fact]
    public async Task Without_fals_keys_a_delivery_gets_503_and_is_accepted_later()
    {
        await using var keys = new FakeServer(FakeServer.Reply(500, "{}"), FalSigner.Keys());
        var options = FalSigner.Options(keys);
        options.LeastFetchInterval = TimeSpan.Zero;
        await using var app = await TestApp.StartAsync(app => app.MapFalWebhook<RawJson>("/hooks/fal", _ => Task.CompletedTask, options));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.SendAsync(FalSigner.Delivery()));
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(FalSigner.Delivery()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_gets_413(bool isLengthKnown)
    {
        var handled = 0;
        await using var app = await TestApp.StartAsync(app => app.MapEachlabsWebhook<RawJson>(
            "/hook", "s3cret", _ => Task.FromResult(handled++), new WebhookOptions { MaxBodyBytes = 1000 }));
        var request = Eachlabs(Prediction + new string(' ', 1000));
        request.Headers.TransferEncodingChunked = !isLengthKnown;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await app.SendAsync(request));
        // Who it is from is asked first.
        Assert.Equal(HttpStatusCode.Unauthorized, await app.SendAsync(Eachlabs(Prediction + new string(' ', 1000), "other")));
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(Eachlabs(Prediction + new string(' ', 1000 - Prediction.Length))));
        Assert.Equal(1, handled);
    }

    /// <summary>Kestrel itself allows 30 MB, which a result with a file as a data URI can exceed.</summary>
    [Fact]
    public async Task A_body_that_the_receiver_allows_is_not_too_large_for_the_server()
    {
        await using var app = await TestApp.StartAsync(app => app.MapEachlabsWebhook<RawJson>("/hook", "s3cret", _ => Task.CompletedTask));

        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(Eachlabs(Prediction + new string(' ', 32 * 1024 * 1024))));
    }

    [Theory]
    [InlineData("Content-Length: 500\r\n\r\n{\"exec_id\":\"e-1\"", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n400\r\n{\"exec_id\":\"e-1\"", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nten\r\n{\"exec_id\":\"e-1\"", "HTTP/1.1 400")]
    public async Task A_broken_delivery_is_not_handled_and_the_whole_one_is(string rest, string expected)
    {
        var handled = 0;
        await using var app = await TestApp.StartAsync(app => app.MapEachlabsWebhook<RawJson>("/hook", "s3cret", _ => Task.FromResult(handled++)));

        Assert.StartsWith(expected, await app.SendBrokenAsync($"POST /hook HTTP/1.1\r\nHost: a\r\nX-Webhook-Secret: s3cret\r\n{rest}"), StringComparison.Ordinal);

        Assert.Equal(0, handled);
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(Eachlabs(Prediction)));
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task The_response_waits_for_the_handler_and_the_same_delivery_gets_503_meanwhile()
    {
        var entered = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(app => app.MapEachlabsWebhook<RawJson>("/hook", "s3cret", async _ =>
        {
            entered.SetResult();
            await goOn.Task;
        }));

        var first = app.SendAsync(Eachlabs(Prediction));
        await entered.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        var second = await app.SendAsync(Eachlabs(Prediction));
        var hadResponse = first.IsCompleted;
        goOn.SetResult();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, false, HttpStatusCode.OK), (second, hadResponse, await first));
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(Eachlabs(Prediction)));
    }

    [Fact]
    public async Task A_handler_that_throws_gets_500_and_the_delivery_again()
    {
        var handled = 0;
        await using var app = await TestApp.StartAsync(app => app.MapEachlabsWebhook<RawJson>("/hook", "s3cret", _ =>
            ++handled < 3 ? throw new BadHttpRequestException("the database says no", 404) : Task.CompletedTask));

        Assert.Equal(HttpStatusCode.InternalServerError, await app.SendAsync(Eachlabs(Prediction)));
        Assert.Equal(HttpStatusCode.InternalServerError, await app.SendAsync(Eachlabs(Prediction)));
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(Eachlabs(Prediction)));
        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(Eachlabs(Prediction)));

        Assert.Equal(3, handled);
        Assert.Contains("the database says no", app.Log, StringComparison.Ordinal);
    }

    /// <summary>fal stops waiting after 15 seconds and sends the delivery again.</summary>
    [Fact]
    public async Task A_handler_that_finishes_after_the_sender_has_gone_completes_the_delivery()
    {
        var entered = new TaskCompletionSource();
        var finished = new TaskCompletionSource();
        var handled = 0;
        await using var app = await TestApp.StartAsync(app => app.MapWebhook<RawJson>("/hook", new EachlabsWebhookReceiver("s3cret"),
            async (_, context) =>
            {
                handled++;
                using var gone = context.RequestAborted.Register(finished.SetResult);
                entered.SetResult();
                await finished.Task;
            }));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var first = app.Client.SendAsync(Eachlabs(Prediction), patience.Token);
        await entered.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await finished.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        HttpStatusCode second;
        while ((second = await app.SendAsync(Eachlabs(Prediction))) == HttpStatusCode.ServiceUnavailable)
            await Task.Delay(10, Token);

        Assert.Equal((HttpStatusCode.OK, 1), (second, handled));
    }

    [Fact]
    public async Task A_delivery_that_nothing_verifies_only_says_where_to_look()
    {
        await using var keys = new FakeServer(FalSigner.Keys());
        await using var queue = new FakeServer(
            FakeServer.Reply(200, $$"""{"status":"COMPLETED","request_id":"{{FalSigner.RequestId}}"}"""),
            FakeServer.Reply(200, """{"video":{"url":"https://v3.fal.media/files/own.mp4"}}"""));
        using var fal = new FalClient(new() { ApiKey = "id:secret-key", BaseUrl = queue.Url });
        string? url = null;
        await using var app = await TestApp.StartAsync(app => app.MapFalWebhook<Kling.Result>("/hooks/fal", async (delivery, context) =>
        {
            Assert.False(delivery.TryRead(out _));
            var model = context.RequestServices.GetRequiredService<FalClient>().KlingVideoO3ProImageToVideo;
            url = (await delivery.GetResultAsync(model, cancellationToken: context.RequestAborted)).Value.Video!.Url;
        }, new() { KeysUrl = new Uri(keys.Url, "keys") }), builder => builder.Services.AddSingleton(fal));

        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(FalSigner.Delivery(user: "anybody")));
        Assert.Equal("https://v3.fal.media/files/own.mp4", url);
    }

    [Fact]
    public async Task A_result_of_another_type_is_left_to_the_poll()
    {
        await using var keys = new FakeServer(FalSigner.Keys());
        var read = new ConcurrentQueue<bool>();
        await using var app = await TestApp.StartAsync(app => app.MapFalWebhook<Kling.Result>("/hooks/fal", delivery =>
        {
            read.Enqueue(delivery.TryRead(out _));
            return Task.CompletedTask;
        }, FalSigner.Options(keys)));
        string[] bodies =
        [
            """{"request_id":"r-1","status":"OK","payload":[1]}""", """{"request_id":"r-2","status":"OK","payload":null,"payload_error":"too large"}""",
            """{"request_id":"r-3","status":"ERROR","payload":{"detail":"no"},"error":"Invalid status code: 422"}""",
        ];

        foreach (var (index, body) in bodies.Index())
            Assert.Equal(HttpStatusCode.OK, await app.SendAsync(FalSigner.Delivery(body: body, id: $"r-{index + 1}")));
        Assert.Equal([false, false, false], read);
    }

    [Fact]
    public async Task Only_POST_is_a_delivery()
    {
        await using var hook = await FalHook.StartAsync();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await hook.App.Client.GetAsync("/hooks/fal", Token)).StatusCode);
    }

    private static HttpRequestMessage Eachlabs(string body, string secret = "s3cret")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/hook") { Content = new StringContent(body) };
        request.Headers.Add("X-Webhook-Secret", secret);
        return request;
    }

    private static void Replace(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove("X-Fal-Webhook-" + header);
        request.Headers.Add("X-Fal-Webhook-" + header, value);
    }

    private sealed class FalHook(FakeServer keys, TestApp app) : IAsyncDisposable
    {
        private int _handled;

        public TestApp App => app;

        public int Handled => _handled;

        public static async Task<FalHook> StartAsync(params string[] users)
        {
            var keys = new FakeServer(FalSigner.Keys());
            FalHook? hook = null;
            var app = await TestApp.StartAsync(app => app.MapFalWebhook<RawJson>(
                "/hooks/fal", _ => Task.FromResult(Interlocked.Increment(ref hook!._handled)), FalSigner.Options(keys, users)));
            return hook = new(keys, app);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            await keys.DisposeAsync();
        }
    }
}
