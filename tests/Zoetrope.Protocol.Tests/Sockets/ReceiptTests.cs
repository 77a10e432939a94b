using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>What was accepted is reported: the id of the exchange, and the job where any part of the response named it.</summary>
public sealed class ReceiptTests
{
    private const string Fal = """{"status":"IN_QUEUE","request_id":"j-1","response_url":"https://queue.fal.run/some/model/requests/j-1",""";
    private const string Eachlabs = """{"status":"success","message":"Prediction created successfully","predictionID":"j-1",""";

    public static TheoryData<string, string> Faults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var provider in (string[])["fal", "eachlabs"])
            {
                foreach (var fault in (string[])[
                    "truncated", "truncated chunks", "reset", "stalled", "too large", "cut JSON", "trailing garbage", "bad chunk",
                    "gzip that breaks off", "too deep", "redirect", "500"])
                {
                    data.Add(provider, fault);
                }
            }
            return data;
        }
    }

    public static TheoryData<string, string> Nameless
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var provider in (string[])["fal", "eachlabs"])
            {
                foreach (var fault in (string[])["HTML", "empty", "redirect without a body", "list", "no id", "before the id", "204", "text"])
                    data.Add(provider, fault);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_job_that_any_part_of_the_response_names_can_be_resumed(string provider, string fault)
    {
        await using var server = new FakeServer(Break(fault, provider == "fal" ? Fal : Eachlabs));
        using var client = Client(provider, server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("some/model", "{}"));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal("x-1", exception.RequestId);
        if (fault == "500")
        {
            // An error is not a receipt, but Eachlabs' errors of a prediction name it.
            Assert.Equal(provider == "fal" ? null : new JobHandle(provider, "some/model", "j-1"), exception.Handle);
            return;
        }
        Assert.Equal(new JobHandle(provider, "some/model", "j-1"), exception.Handle);
        Assert.Contains(
            $"accepted the job for some/model, but its response is not usable. The job can be resumed: {exception.Handle}.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("x-1", exception.Message, StringComparison.Ordinal);
        var reason = Assert.IsType<TransportException>(exception.InnerException);
        Assert.Contains("j-1", System.Text.Encoding.UTF8.GetString(reason.Body.Span), StringComparison.Ordinal);
        Assert.Equal("x-1", reason.RequestId);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("fal", """{"request_id":"j-1","request_id":""}""")]
    [InlineData("fal", """{"request_id":"j-1","request_id":null,"request_id":{}}""")]
    [InlineData("fal", """{"gateway_request_id":"j-1","gateway_request_id":" ","request_id":false}""")]
    [InlineData("eachlabs", """{"predictionID":"j-1","predictionID":""}""")]
    [InlineData("eachlabs", """{"id":"j-1","id":null,"id":[],"predictionID":true}""")]
    [InlineData("fal", """{"request_id":"j-1","request_id":"",""")]
    [InlineData("eachlabs", """{"predictionID":"j-1","predictionID":"",""")]
    public async Task A_later_empty_member_does_not_remove_the_job(string provider, string body)
    {
        await using var server = new FakeServer(Reply(200, body));
        using var client = Client(provider, server.Url);

        var handle = body.EndsWith('}')
            ? (await client.SubmitAsync("some/model", "{}")).Handle
            : (await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("some/model", "{}"))).Handle;

        Assert.Equal("j-1", handle!.JobId);
    }

    [Theory]
    [MemberData(nameof(Nameless))]
    public async Task Without_a_job_the_id_of_the_exchange_is_reported(string provider, string fault)
    {
        await using var server = new FakeServer(Nothing(fault));
        using var client = Client(provider, server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("some/model", "{}"));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal("x-1", exception.RequestId);
        Assert.Contains("x-1", exception.Message, StringComparison.Ordinal);
        Assert.Null(exception.Handle);
    }

    [Theory]
    [InlineData("fal", "length", true)]
    [InlineData("fal", "chunks", true)]
    [InlineData("fal", "before the id", false)]
    [InlineData("fal", "only headers", false)]
    [InlineData("fal", "500", false)]
    [InlineData("eachlabs", "length", true)]
    [InlineData("eachlabs", "chunks", true)]
    [InlineData("eachlabs", "before the id", false)]
    [InlineData("eachlabs", "only headers", false)]
    [InlineData("eachlabs", "500", false)]
    public async Task A_job_that_was_named_before_the_caller_canceled_can_be_resumed(string provider, string part, bool namesJob)
    {
        var receipt = provider == "fal" ? Fal : Eachlabs;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync(part switch
            {
                "chunks" => $"{Head}Transfer-Encoding: chunked\r\n\r\n{receipt.Length:x}\r\n{receipt}\r\n",
                "before the id" => $"{Head}Content-Length: 5000\r\n\r\n{receipt[..20]}",
                "only headers" => $"{Head}Content-Length: 5000\r\n\r\n",
                "500" => $"{Head.Replace("200 OK", "500 Error", StringComparison.Ordinal)}Content-Length: 5000\r\n\r\n{receipt}",
                _ => $"{Head}Content-Length: 5000\r\n\r\n{receipt}",
            });
            begun.SetResult();
            await exchange.HangAsync();
        });
        using var client = Client(provider, server.Url);
        using var cancellation = new CancellationTokenSource();

        var submit = client.SubmitAsync("some/model", "{}", cancellationToken: cancellation.Token);
        await begun.Task;
        await Task.Delay(500);
        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAsync<SubmitCanceledException>(() => submit);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal("x-1", exception.RequestId);
        Assert.Contains("(request x-1)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(namesJob ? new JobHandle(provider, "some/model", "j-1") : null, exception.Handle);
        var known = namesJob ? $"had accepted the job (request x-1). It can be resumed: {exception.Handle}." : "the job may exist nevertheless";
        Assert.Contains(known, exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_received_addresses_are_kept_in_the_handle()
    {
        await using var server = new FakeServer(exchange =>
        {
            var url = $"http://{exchange.Request.Split("Host: ")[1].Split("\r\n")[0]}/other/path/requests/j-1";
            var receipt = $$"""{"request_id":"j-1","response_url":"{{url}}","status_url":"{{url}}/status","cancel_url":"{{url}}/cancel","queue_pos""";
            return Raw($"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{receipt}")(exchange);
        });
        using var client = Client("fal", server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("some/model", "{}"));

        Assert.Equal("/other/path/requests/j-1", exception.Handle!.Location);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_refusal_whose_words_never_come_is_a_refusal(string provider)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 422 Unprocessable\r\nX-Fal-Request-Id: x-1\r\nContent-Length: 500\r\n\r\n{\"detail\":\"the prompt");
            await exchange.HangAsync();
        });
        using var client = Client(provider, server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("some/model", "{}"));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(422, (int)exception.Service!.StatusCode);
        Assert.Contains("the prompt", exception.Message, StringComparison.Ordinal);
    }

    private static MediaClient Client(string provider, Uri url)
    {
        void Set(MediaClientOptions options) => (options.MaxResponseBytes, options.SubmitTimeout) = (20_000, TimeSpan.FromSeconds(8));
        if (provider == "fal")
        {
            var fal = new Zoetrope.Fal.FalClientOptions { BaseUrl = url, ApiKey = "test-key-id:test-key-secret" };
            Set(fal);
            return new Zoetrope.Fal.FalClient(fal);
        }
        var eachlabs = new Zoetrope.Eachlabs.EachlabsClientOptions { BaseUrl = url, ApiKey = "test-key-secret" };
        Set(eachlabs);
        return new Zoetrope.Eachlabs.EachlabsClient(eachlabs);
    }

    private const string Head = "HTTP/1.1 200 OK\r\nX-Fal-Request-Id: x-1\r\nContent-Type: application/json\r\n";

    private static Func<Exchange, Task> Break(string fault, string receipt) => fault switch
    {
        "truncated" => Raw($"{Head}Content-Length: 5000\r\n\r\n{receipt}"),
        "truncated chunks" => Raw($"{Head}Transfer-Encoding: chunked\r\n\r\n{receipt.Length:x}\r\n{receipt}\r\n"),
        "bad chunk" => Raw($"{Head}Transfer-Encoding: chunked\r\n\r\n{receipt.Length:x}\r\n{receipt}\r\nzz\r\n"),
        "reset" => exchange => ResetAfterAsync(exchange, receipt),
        "stalled" => exchange => StallAfterAsync(exchange, receipt),
        "too large" => Reply(200, receipt + "\"more\":\"" + new string('x', 50_000) + "\"}", "X-Fal-Request-Id: x-1"),
        "cut JSON" => Reply(200, receipt, "X-Fal-Request-Id: x-1"),
        "trailing garbage" => Reply(200, receipt + "\"a\":1}}", "X-Fal-Request-Id: x-1"),
        "too deep" => Reply(200, receipt + "\"a\":" + new string('[', 5000) + new string(']', 4000) + "}", "X-Fal-Request-Id: x-1"),
        "gzip that breaks off" => Coded.Reply("gzip", receipt + "\"noise\":\"" + Guid.NewGuid(), 200, "X-Fal-Request-Id: x-1"),
        "redirect" => Reply(302, receipt + "\"a\":1}", "X-Fal-Request-Id: x-1", "Location: /elsewhere"),
        _ => Reply(500, receipt + "\"a\":1}", "X-Fal-Request-Id: x-1"),
    };

    private static async Task ResetAfterAsync(Exchange exchange, string receipt)
    {
        await exchange.WriteAsync($"{Head}Content-Length: 5000\r\n\r\n{receipt}");
        await Task.Delay(300);
        exchange.Reset();
    }

    private static async Task StallAfterAsync(Exchange exchange, string receipt)
    {
        await exchange.WriteAsync($"{Head}Content-Length: 5000\r\n\r\n{receipt}");
        await exchange.HangAsync();
    }

    private static Func<Exchange, Task> Nothing(string fault) => fault switch
    {
        "HTML" => Reply(200, ScriptedProvider.Page, "X-Fal-Request-Id: x-1", "Content-Type: text/html"),
        "empty" => Reply(200, "", "X-Fal-Request-Id: x-1"),
        "redirect without a body" => Reply(307, "", "X-Fal-Request-Id: x-1", "Location: /elsewhere"),
        "list" => Reply(200, """[{"request_id":"j-1","predictionID":"j-1"}]""", "X-Fal-Request-Id: x-1"),
        "no id" => Reply(200, """{"status":"IN_QUEUE","nested":{"request_id":"j-1","id":"j-1"}}""", "X-Fal-Request-Id: x-1"),
        "before the id" => Raw($"{Head}Content-Length: 5000\r\n\r\n{{\"status\":\"IN_QUEUE\",\"request_id\":\"j-"),
        "204" => Raw("HTTP/1.1 204 No Content\r\nX-Fal-Request-Id: x-1\r\n\r\n"),
        _ => Reply(200, "accepted: j-1", "X-Fal-Request-Id: x-1", "Content-Type: text/plain"),
    };
}
