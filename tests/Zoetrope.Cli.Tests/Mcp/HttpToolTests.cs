using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>The streamable HTTP transport: who may use it, and what it serves.</summary>
public sealed class HttpToolTests : ToolTest
{
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";
    private const string Token = "0123456789abcdef0123456789abcdef";

    protected override TimeSpan JobDuration => TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    [InlineData(null)]
    public async Task A_client_of_each_version_runs_a_model(string? version)
    {
        var (process, url) = await ServeAsync();
        using var _ = process;
        await using var client = await ToolClient.ConnectAsync(url, Token, new McpClientOptions { ProtocolVersion = version });
        var reports = new Reports();

        var (job, isError) = await ToolClient.CallAsync(client, "run_model", Run(), reports);

        Assert.False(isError);
        Assert.Equal("done", Text(job, "state"));
        await reports.HasAsync("completed");
        Assert.Equal(9, (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task A_request_is_responded_to_only_as_it_should_be()
    {
        var (process, url) = await ServeAsync();
        using var _ = process;
        (HttpStatusCode Expected, string What, string? Value)[] requests =
        [
            (HttpStatusCode.OK, "", ""),
            (HttpStatusCode.Unauthorized, "Authorization", null),
            (HttpStatusCode.Unauthorized, "Authorization", "Bearer x"),
            (HttpStatusCode.Unauthorized, "Authorization", "Bearer 0123456789abcdef0123456789abcdeX"),
            (HttpStatusCode.Unauthorized, "Authorization", "Basic 0123456789abcdef0123456789abcdef"),
            (HttpStatusCode.Unauthorized, "Authorization", "0123456789abcdef0123456789abcdef"),
            (HttpStatusCode.Forbidden, "Origin", "https://evil.example"),
            (HttpStatusCode.Forbidden, "Origin", "null"),
            (HttpStatusCode.Forbidden, "Origin", "http://127.0.0.1:1"),
            (HttpStatusCode.MisdirectedRequest, "Host", "evil.example"),
            (HttpStatusCode.MisdirectedRequest, "Host", "127.0.0.1.evil.example"),
            (HttpStatusCode.OK, "Host", "localhost"),
            (HttpStatusCode.NotAcceptable, "Accept", "application/json"),
            (HttpStatusCode.NotAcceptable, "Accept", null),
            (HttpStatusCode.UnsupportedMediaType, "Content-Type", "text/plain"),
            (HttpStatusCode.MethodNotAllowed, "Method", "GET"),
            (HttpStatusCode.MethodNotAllowed, "Method", "DELETE"),
            (HttpStatusCode.NotFound, "Path", "/"),
            (HttpStatusCode.BadRequest, "Body", "[1]"),
            (HttpStatusCode.BadRequest, "Body", "{"),
            .. new[] { "[]", "\"x\"", "{\"_meta\":\"x\"}", "{\"_meta\":[]}" }.SelectMany(parameters => new[]
            {
                (HttpStatusCode.BadRequest, "Body", (string?)List.Replace("}", $",\"params\":{parameters}}}", StringComparison.Ordinal)),
                (HttpStatusCode.BadRequest, "Body", $$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{parameters}}}"""),
            }),
            (HttpStatusCode.OK, "Authorization", $"bearer {Token}"),
            (HttpStatusCode.BadRequest, "Version", "2026-07-28"),
        ];
        foreach (var (expected, what, value) in requests)
            await RequestAsync(url, expected, what, value);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_leaves_a_job_that_another_client_gets()
    {
        var (process, url) = await ServeAsync();
        using var _ = process;
        using (var http = new HttpClient())
        using (var abort = new CancellationTokenSource())
        {
            http.DefaultRequestHeaders.Add("Authorization", $"Bearer {Token}");
            http.DefaultRequestHeaders.Add("Accept", "application/json, text/event-stream");
            var body = $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run_model","arguments":{{{Run()}}}}}""";
            var call = http.PostAsync(url, new StringContent(body, Encoding.UTF8, "application/json"), abort.Token);
            while (Simulator.Counts.Accepted == 0)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            await abort.CancelAsync();
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        await using var client = await ToolClient.ConnectAsync(url, Token);

        var job = await ToolClient.CallAsync(client, "run_model", Run());

        Assert.True(job.GetProperty("repeated").GetBoolean());
        Assert.Equal("done", Text(job, "state"));
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_token_is_made_where_none_is_given_and_a_weak_one_is_refused()
    {
        using var process = CliProcess.Start(["mcp", "--simulate", "--http"], collectOutput: false);
        var line = JsonDocument.Parse((await process.Output.ReadLineAsync(TestContext.Current.CancellationToken))!).RootElement;
        await using (var client = await ToolClient.ConnectAsync(new Uri(Text(line, "url")), Text(line, "token")))
            Assert.Equal("zoetrope", client.ServerInfo!.Name);
        await process.InterruptAsync("-TERM");
        (await process.FinishAsync()).Exits(0);

        var weak = await CliProcess.RunAsync(["mcp", "--simulate", "--http"], new Dictionary<string, string> { ["ZOETROPE_MCP_TOKEN"] = "short" });
        weak.Exits(2).Says("ZOETROPE_MCP_TOKEN: must have at least 32 letters and digits");
    }

    private static async Task RequestAsync(Uri url, HttpStatusCode expected, string what, string? value)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        var headers = new Dictionary<string, string?>
        {
            ["Authorization"] = $"Bearer {Token}", ["Accept"] = "application/json, text/event-stream", ["MCP-Protocol-Version"] = "2025-11-25",
        };
        var (body, type) = (List, "application/json");
        switch (what)
        {
            case "Method":
                request.Method = new HttpMethod(value!);
                break;
            case "Path":
                request.RequestUri = new Uri(url, value);
                break;
            case "Body":
                body = value!;
                break;
            case "Content-Type":
                type = value!;
                break;
            case "Version":
                // Its headers must repeat what the message says.
                headers["MCP-Protocol-Version"] = value;
                break;
            default:
                headers[what.Length == 0 ? "X" : what] = value;
                break;
        }
        foreach (var (name, text) in headers)
        {
            if (!string.IsNullOrEmpty(text))
                request.Headers.TryAddWithoutValidation(name, text);
        }
        if (request.Method == HttpMethod.Post)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(expected == response.StatusCode, $"{what} {value}: {response.StatusCode}");
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        var content = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected == HttpStatusCode.OK, content.Contains("run_model", StringComparison.Ordinal));
        if (expected != HttpStatusCode.OK)
            Assert.Equal("2.0", Text(JsonDocument.Parse(content).RootElement, "jsonrpc"));
    }

    private async Task<(CliProcess Process, Uri Url)> ServeAsync()
    {
        var process = CliProcess.Start(
            ToolClient.At(Simulator.BaseUrl, Ledger, "--no-spend-limit", "--http", "0"), new Dictionary<string, string> { ["ZOETROPE_MCP_TOKEN"] = Token },
            collectOutput: false);
        var line = await process.Output.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Token, line, StringComparison.Ordinal);
        return (process, new Uri(Text(JsonDocument.Parse(line!).RootElement, "url")));
    }
}
