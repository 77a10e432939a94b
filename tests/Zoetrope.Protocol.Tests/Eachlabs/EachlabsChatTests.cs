using System.Text;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>The language models of the router: at once, and as a stream of typed parts.</summary>
public sealed class EachlabsChatTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    private const string Whole = """{"id":"c-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"total_tokens":15}}""";

    private const string Stream = """
        : ping

        data: {"id":"c-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Hä"},"finish_reason":null}]}

        data: {"id":"c-1","choices":[{"index":0,"delta":{"content":"llo 🎬"}}]}

        data: {"id":"c-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"error":null}

        data: {"id":"c-1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15,"cost":0.002}}

        data: [DONE]

        data: {"choices":[{"delta":{"content":"never"}}]}


        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EachlabsApi.ChatRequest Request => new() { Model = "openai/gpt-4o-mini", Messages = [new() { Role = "user", Content = "Say hello" }] };

    [Fact]
    public async Task The_parts_of_a_chat_arrive_typed_with_the_usage_at_the_end()
    {
        await using var server = new FakeServer(Raw(Head + Stream.ReplaceLineEndings("\n")));
        using var client = Client(server.Url);

        var parts = await AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token));

        Assert.Equal("Hällo 🎬", string.Concat(parts.SelectMany(part => part.Choices!).Select(choice => choice.Delta?.Content)));
        Assert.Equal(["stop"], parts.SelectMany(part => part.Choices!).Select(choice => choice.FinishReason).OfType<string>());
        Assert.Equal((4, 15L, "0.002"), (parts.Count, parts[^1].Usage!.TotalTokens!.Value, parts[^1].Usage!.ExtraProperties["cost"].ToString()));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v1/chat/completions HTTP/1.1\r\n", request);
        Assert.Contains("\r\nAccept: text/event-stream\r\n", request);
        Assert.EndsWith(
            """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Say hello"}],"stream":true,"stream_options":{"include_usage":true}}""", request);
    }

    [Fact]
    public async Task Characters_may_be_split_over_chunks()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            foreach (var unit in Encoding.UTF8.GetBytes(Stream.ReplaceLineEndings("\n")))
                await exchange.WriteAsync([(byte)'1', (byte)'\r', (byte)'\n', unit, (byte)'\r', (byte)'\n']);
            await exchange.WriteAsync("0\r\n\r\n");
        });
        using var client = Client(server.Url);

        var parts = await AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token));

        Assert.Equal("Hällo 🎬", string.Concat(parts.SelectMany(part => part.Choices!).Select(choice => choice.Delta?.Content)));
    }

    [Fact]
    public async Task A_chat_is_complete_at_once_with_either_key_header_and_never_both()
    {
        foreach (var auth in (EachlabsAuth[])[EachlabsAuth.XApiKey, EachlabsAuth.Bearer])
        {
            await using var server = new FakeServer(Reply(200, Whole));
            using var client = Client(server.Url, options => options.Auth = auth);

            var completion = await client.Chat.CompleteAsync(Request, cancellationToken: Token);

            Assert.Equal(("Hello", 15L), (completion.Choices![0].Message!.Content, completion.Usage!.TotalTokens!.Value));
            var request = Assert.Single(server.Requests);
            Assert.Equal(auth == EachlabsAuth.Bearer, request.Contains("\r\nAuthorization: Bearer smk_test-key-1234\r\n", StringComparison.Ordinal));
            Assert.Equal(auth == EachlabsAuth.XApiKey, request.Contains("\r\nX-API-Key: smk_test-key-1234\r\n", StringComparison.Ordinal));
            Assert.DoesNotContain("stream", request, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_response_that_is_not_a_stream_is_one_part()
    {
        await using var server = new FakeServer(Reply(200, Whole));
        using var client = Client(server.Url);

        var part = Assert.Single(await AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token)));

        Assert.Equal("Hello", part.Choices![0].Message!.Content);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Unknown model","type":"invalid_request_error","param":"model","code":"model_not_found"}}""", "Unknown model")]
    [InlineData(402, """{"error":{"message":"No balance"}}""", "No balance")]
    [InlineData(422, "{}", "no explanation")]
    public async Task An_error_is_thrown_at_the_enumerator_and_at_the_call(int status, string body, string message)
    {
        await using var server = new FakeServer(Reply(status, body, "X-Request-Id: r-1"));
        using var client = Client(server.Url);

        var stream = client.Chat.StreamAsync(Request, cancellationToken: Token);
        Assert.Empty(server.Requests);
        var first = await Assert.ThrowsAsync<ServiceException>(() => AllAsync(stream));
        var second = await Assert.ThrowsAsync<ServiceException>(() => client.Chat.CompleteAsync(Request, cancellationToken: Token));

        foreach (var exception in (ServiceException[])[first, second])
        {
            Assert.Equal((status, "r-1"), ((int)exception.StatusCode, exception.Error.RequestId));
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task After_an_error_of_a_gateway_the_model_may_have_run(int status)
    {
        await using var server = new FakeServer(Reply(status, """{"error":{"message":"bad gateway"}}"""));
        using var client = Client(server.Url);

        var first = await Assert.ThrowsAsync<SubmitException>(() => AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token)));
        var second = await Assert.ThrowsAsync<SubmitException>(() => client.Chat.CompleteAsync(Request, cancellationToken: Token));

        Assert.Equal((false, false), (first.WasNotAccepted, second.WasNotAccepted));
        Assert.Equal("bad gateway", second.Service!.Error.Message);
        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "2f\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n\r\n0\r\n\r\n")]
    [InlineData("Connection: close", "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n")]
    public async Task A_stream_that_ends_between_two_events_is_not_complete(string framing, string body)
    {
        await using var server = new FakeServer(Raw($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{framing}\r\n\r\n{body}"));
        using var client = Client(server.Url);
        var parts = new List<EachlabsApi.ChatCompletion>();

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token), parts));

        Assert.Equal((TransportFailure.Broken, 1), (exception.Failure, parts.Count));
        Assert.Contains("ended before the model had finished", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event: error\ndata: {\"message\":\"The provider failed\"}\n\n")]
    [InlineData("data: {\"status\":\"error\",\"message\":\"The provider failed\"}\n\n")]
    [InlineData("data: {\"error\":[\"The provider failed\"]}\n\n")]
    public async Task Every_form_of_an_error_is_one(string events)
    {
        await using var server = new FakeServer(Raw(Head + events + "data: [DONE]\n\n"));
        using var client = Client(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token)));

        Assert.Contains("The provider failed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_error_beside_a_completion_is_none_and_an_object_of_another_kind_is_not_a_completion()
    {
        await using var server = new FakeServer(Reply(200, Whole.Replace("\"id\"", "\"error\":\"\",\"id\"", StringComparison.Ordinal)), Reply(200, "{}"));
        using var client = Client(server.Url);

        Assert.Equal("Hello", (await client.Chat.CompleteAsync(Request, cancellationToken: Token)).Choices![0].Message!.Content);
        var exception = await Assert.ThrowsAsync<TransportException>(() => client.Chat.CompleteAsync(Request, cancellationToken: Token));

        Assert.Equal(TransportFailure.Malformed, exception.Failure);
    }

    [Fact]
    public async Task A_call_at_once_asks_for_no_stream_whatever_the_request_has()
    {
        await using var server = new FakeServer(Reply(200, Whole));
        using var client = Client(server.Url);
        var request = Request;
        request.ExtraProperties["stream"] = true;

        await client.Chat.CompleteAsync(request, cancellationToken: Token);

        Assert.DoesNotContain("stream", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_the_stream_ends_it_after_what_came_before()
    {
        await using var server = new FakeServer(Raw(
            Head + "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\ndata: {\"error\":{\"message\":\"The provider failed\",\"code\":\"provider_error\"}}\n\n"));
        using var client = Client(server.Url);
        var parts = new List<EachlabsApi.ChatCompletion>();

        var exception = await Assert.ThrowsAsync<ServiceException>(() => AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token), parts));

        Assert.Equal(("A", "provider_error"), (Assert.Single(parts).Choices![0].Delta!.Content, exception.Error.Type));
        Assert.Contains("The provider failed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, TransportFailure.TimedOut)]
    [InlineData(false, TransportFailure.Broken)]
    public async Task A_stream_that_is_silent_or_breaks_off_has_failed(bool hangs, TransportFailure failure)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 900\r\n\r\ndata: {\"choices\":[]}\n\ndata: {\"cho");
            if (hangs)
                await exchange.HangAsync();
            exchange.Close();
        });
        using var client = Client(server.Url, options => options.StreamIdleTimeout = TimeSpan.FromMilliseconds(300));
        var parts = new List<EachlabsApi.ChatCompletion>();

        var exception = await Assert.ThrowsAsync<TransportException>(() => AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token), parts));

        Assert.Equal((failure, 1), (exception.Failure, parts.Count));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_chat_that_may_have_been_accepted_is_not_sent_again()
    {
        await using var server = new FakeServer(Reset);
        using var client = Client(server.Url);

        var first = await Assert.ThrowsAsync<SubmitException>(() => AllAsync(client.Chat.StreamAsync(Request, cancellationToken: Token)));
        var second = await Assert.ThrowsAsync<SubmitException>(() => client.Chat.CompleteAsync(Request, cancellationToken: Token));

        Assert.Equal((false, false, 2), (first.WasNotAccepted, second.WasNotAccepted, server.Requests.Length));
    }

    [Fact]
    public async Task Canceling_ends_the_stream_and_says_that_the_model_has_run()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(Head + "data: {\"choices\":[]}\n\n");
            await exchange.HangAsync();
        });
        using var client = Client(server.Url);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var exception = await Assert.ThrowsAsync<SubmitCanceledException>(async () =>
        {
            await foreach (var part in client.Chat.StreamAsync(Request, cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        });

        Assert.Equal("r-1", exception.RequestId);
    }

    [Fact]
    public async Task A_chat_is_run_once_and_what_is_not_valid_is_not_sent()
    {
        await using var server = new FakeServer(Raw(Head + "data: [DONE]\n\n"));
        using var client = Client(server.Url);

        Assert.Throws<RequestValidationException>(() => client.Chat.StreamAsync(new() { Model = "m", Messages = [] }));
        Assert.Throws<ArgumentException>(() => client.Chat.StreamAsync(Request, new() { WebhookUrl = new("https://example.com") }));
        Assert.Throws<ArgumentException>(() => client.Chat.StreamAsync(Request, new() { MaxCost = new(1m) }));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Chat.CompleteAsync(Request, new() { IdempotencyKey = "k" }, Token));
        Assert.Empty(server.Requests);
        var run = client.Chat.StreamAsync(Request, cancellationToken: Token);
        Assert.Empty(await AllAsync(run));
        Assert.Contains("billed again", (await Assert.ThrowsAsync<InvalidOperationException>(() => AllAsync(run))).Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    private static EachlabsClient Client(Uri url, Action<EachlabsClientOptions>? set = null)
    {
        var options = new EachlabsClientOptions { BaseUrl = url, ApiKey = "smk_test-key-1234" };
        set?.Invoke(options);
        return new EachlabsClient(options);
    }

    private static async Task<List<EachlabsApi.ChatCompletion>> AllAsync(
        IAsyncEnumerable<EachlabsApi.ChatCompletion> run, List<EachlabsApi.ChatCompletion>? parts = null)
    {
        parts ??= [];
        await foreach (var part in run)
            parts.Add(part);
        return parts;
    }
}
