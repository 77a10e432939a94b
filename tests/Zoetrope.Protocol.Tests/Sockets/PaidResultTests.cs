using System.Text;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A result that was paid for is delivered in whatever form it came, and asked for once.</summary>
public sealed class PaidResultTests
{
    public static TheoryData<string, string, string> Results
    {
        get
        {
            var deep = new string('[', 5000) + new string(']', 5000);
            return new TheoryData<string, string, string>
            {
                { "application/json", "[1,\"a\"]", "[1,\"a\"]" },
                { "application/json", "\"https://files.example/a.mp4\"", "\"https://files.example/a.mp4\"" },
                { "text/plain", "https://files.example/a.mp4\r\n", "\"https://files.example/a.mp4\"" },
                { "text/plain", "{\"a\":1}", "{\"a\":1}" },
                { "text/html", "{\"a\":1}", "{\"a\":1}" },
                { "text/plain; charset=ISO-8859-1", "caf\u00e9", "\"café\"" },
                { "application/json", "true", "true" },
                { "application/json", "5", "5" },
                { "application/json", "{\"\\ud800\":1}", "{\"\\ud800\":1}" },
                { "application/json", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\ud800\"}" },
                { "application/json", deep, deep },
                { "application/json", $"{{\"a\":{deep}}}", $"{{\"a\":{deep}}}" },
                { "image/png", "\u0089PNG\r\n\u001a\n", "\"data:image/png;base64,iVBORw0KGgo=\"" },
                { "image/svg+xml", "<svg/>", "\"data:image/svg+xml;base64,PHN2Zy8+\"" },
                { "application/octet-stream", "\u0000\u0001\u0002", "\"data:application/octet-stream;base64,AAEC\"" },
                { "text/html", "<html><title>Your clip</title></html>", "\"<html><title>Your clip</title></html>\"" },
                { "application/xml", "<a/>", "\"<a/>\"" },
                { "text/plain", "[Verse 1] la", "\"[Verse 1] la\"" },
                { "text/markdown; charset=utf-8", "# Title", "\"# Title\"" },
                { "text/plain", "", "null" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Results))]
    public async Task A_direct_run_returns_the_response(string type, string body, string expected)
    {
        await using var server = new FakeServer(Bytes(type, body));
        using var fal = Fal(server.Url);

        var result = await fal.RunDirectAsync("some/model", "x");

        Assert.Equal(expected, result.Raw.ToString());
        Assert.Equal("x-1", result.RequestId);
        Assert.NotNull(result.Media);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Results))]
    public async Task A_typed_direct_run_keeps_what_it_cannot_read(string type, string body, string expected)
    {
        await using var server = new FakeServer(Bytes(type, body));
        using var fal = Fal(server.Url);
        RawJson? raw;

        try
        {
            raw = (await fal.RunDirectAsync(Clips.StrictAt("fal", "some/model"), Clips.Request)).Raw;
        }
        catch (TransportException exception)
        {
            Assert.Equal((TransportFailure.Malformed, "x-1"), (exception.Failure, exception.RequestId));
            Assert.Contains("The model ran, but its result is not of the form that its document promises", exception.Message, StringComparison.Ordinal);
            Assert.Contains("x-1", exception.Message, StringComparison.Ordinal);
            Assert.Equal(Encoding.Latin1.GetBytes(body), exception.Body.ToArray());
            raw = exception.Raw;
        }

        Assert.Equal(expected, raw.ToString());
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("application/json", "<html><title>Welcome</title></html>", "HTML")]
    [InlineData("application/json", "{\"video\":{\"url\":\"https://files.example/a.mp4\"", "https://files.example/a.mp4")]
    [InlineData("application/json", "", "empty")]
    public async Task A_direct_run_without_a_result_keeps_the_body(string type, string body, string text)
    {
        await using var server = new FakeServer(Bytes(type, body));
        using var fal = Fal(server.Url);

        var exception = await Assert.ThrowsAsync<TransportException>(() => fal.RunDirectAsync("some/model", "x"));

        Assert.Equal((TransportFailure.Malformed, "x-1"), (exception.Failure, exception.RequestId));
        Assert.Contains(text, exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(body, Encoding.UTF8.GetString(exception.Body.Span));
        Assert.Null(exception.Raw);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_direct_run_that_breaks_off_keeps_the_partial_body()
    {
        await using var server =
            new FakeServer(Raw("HTTP/1.1 200 OK\r\nX-Fal-Request-Id: x-1\r\nContent-Length: 500\r\n\r\n{\"video\":{\"url\":\"https://files.example/a.mp4\""));
        using var fal = Fal(server.Url);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.RunDirectAsync("some/model", "x"));

        Assert.Equal("x-1", exception.RequestId);
        Assert.EndsWith(
            "https://files.example/a.mp4\"",
            Encoding.UTF8.GetString(Assert.IsType<TransportException>(exception.InnerException).Body.Span),
            StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Results))]
    public async Task A_job_returns_the_result_as_received(string type, string body, string expected)
    {
        await using var server = Queue(type, body);
        using var fal = Fal(server.Url);

        var job = await fal.SubmitAsync("some/model", "x");
        var result = await job.WaitAsync(ScriptedProvider.Wait());

        Assert.Equal(expected, result.Value.ToString());
        Assert.NotNull(result.Media);
        Assert.Single(server.Requests, static request => request.StartsWith("GET /some/model/requests/j HTTP", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Results))]
    public async Task A_typed_job_keeps_what_it_cannot_read(string type, string body, string expected)
    {
        await using var server = Queue(type, body);
        using var fal = Fal(server.Url);
        RawJson raw;

        try
        {
            raw = (await fal.Model(Clips.StrictAt("fal", "some/model")).RunAsync(Clips.Request, null, ScriptedProvider.Wait())).Raw;
        }
        catch (JobResultException exception)
        {
            raw = exception.Raw;
        }

        Assert.Equal(expected, raw.ToString());
        Assert.Single(server.Requests, static request => request.StartsWith("GET /some/model/requests/j HTTP", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5000 deep")]
    [InlineData("list")]
    [InlineData("text")]
    public async Task An_output_of_Eachlabs_is_returned_unchanged(string kind)
    {
        var output = kind switch
        {
            "list" => "[\"https://files.example/a.mp4\",null]",
            "text" => "\"https://files.example/a.mp4\"",
            _ => new string('[', 5000) + new string(']', 5000),
        };
        await using var provider = new ScriptedProvider
        {
            Submits = [new(200, """{"predictionID":"p-1","status":"success"}""")],
            Statuses = [new(200, $$"""{"id":"p-1","status":"success","output":{{output}}}""")],
        };
        using var client = provider.Eachlabs();

        var job = await client.SubmitAsync("some/model", "x");
        var result = await job.WaitAsync(ScriptedProvider.Wait());

        Assert.Equal(output, result.Value.ToString());
        Assert.NotNull(result.Media);
    }

    private static FalClient Fal(Uri url) => new(new() { BaseUrl = url, ApiKey = "test-key-id:test-key-secret" });

    private static FakeServer Queue(string type, string body) => new(exchange =>
    {
        var path = exchange.Request.Split(' ')[1].Split('?')[0];
        return path switch
        {
            "/some/model" => exchange.ReplyAsync(200, """{"request_id":"j"}"""),
            "/some/model/requests/j/status" => exchange.ReplyAsync(200, """{"status":"COMPLETED"}"""),
            _ => Bytes(type, body)(exchange),
        };
    });

    private static Func<Exchange, Task> Bytes(string type, string latin1) => async exchange =>
    {
        var bytes = Encoding.Latin1.GetBytes(latin1);
        await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nX-Fal-Request-Id: x-1\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\n\r\n");
        await exchange.WriteAsync(bytes);
    };
}
