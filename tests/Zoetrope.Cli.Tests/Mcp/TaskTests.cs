using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>The tasks extension: a job is a task, which outlives the connection.</summary>
public sealed class TaskTests : ToolTest
{
    private static readonly McpClientOptions Supporting = new()
    {
        ProtocolVersion = "2026-07-28",
        Capabilities = new ClientCapabilities { Extensions = new Dictionary<string, object> { ["io.modelcontextprotocol/tasks"] = new JsonObject() } },
    };

    // A job ends when a test says so, and not while a busy machine has not come to look at it.
    private readonly SimulatorClock _clock = new();

    protected override TimeSpan JobDuration => TimeSpan.FromMinutes(1);

    protected override TimeProvider Clock => _clock;

    [Fact]
    public async Task A_client_that_supports_tasks_gets_one_and_polls_it_also_in_another_process()
    {
        string id;
        await using (var server = await StartTasksAsync())
        {
            var task = await SendAsync(server.Client, "tools/call", CallOf("run_model", Run()));
            Assert.Equal(("task", "working"), (Text(task, "resultType"), Text(task, "status")));
            id = Text(task, "taskId");
            Assert.Equal("working", Text(await SendAsync(server.Client, "tasks/get", $$"""{"taskId":"{{id}}"}"""), "status"));
            Assert.Equal("complete", Text(await SendAsync(server.Client, "tasks/update", $$$"""{"taskId":"{{{id}}}","inputResponses":{}}"""), "resultType"));
            server.Process.Kill();
        }

        await using var other = await StartTasksAsync();
        var state = await EndAsync(other.Client, id);

        Assert.Equal("completed", Text(state, "status"));
        var result = state.GetProperty("result");
        Assert.Equal((id, "done"), (Text(result.GetProperty("structuredContent"), "job"), Text(result.GetProperty("structuredContent"), "state")));
        Assert.Equal("text", Text(result.GetProperty("content")[0], "type"));
        // What is over is no task any more.
        var again = await SendAsync(other.Client, "tools/call", CallOf("run_model", Run()));
        Assert.True(again.GetProperty("structuredContent").GetProperty("repeated").GetBoolean());
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_task_ends_with_its_files_saved_and_what_its_call_had_to_say()
    {
        await using var server = await StartTasksAsync("--out", Path.Combine(Folder, "clips"));
        await SendAsync(server.Client, "tools/call", CallOf("run_model", Run()));
        var task = await SendAsync(server.Client, "tools/call", CallOf("run_model", Run()));

        var state = await EndAsync(server.Client, Text(task, "taskId"));

        var result = state.GetProperty("result").GetProperty("structuredContent");
        Assert.True(File.Exists(Assert.Single(result.GetProperty("saved").EnumerateArray()).GetString()));
        Assert.True(result.GetProperty("repeated").GetBoolean());
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_task_is_canceled()
    {
        await using var server = await StartTasksAsync();
        var id = Text(await SendAsync(server.Client, "tools/call", CallOf("run_model", Run())), "taskId");

        Assert.Equal("complete", Text(await SendAsync(server.Client, "tasks/cancel", $$"""{"taskId":"{{id}}"}"""), "resultType"));

        Assert.Equal("cancelled", Text(await SendAsync(server.Client, "tasks/get", $$"""{"taskId":"{{id}}"}"""), "status"));
        Assert.Equal(1, Simulator.Counts.Cancels);
    }

    [Fact]
    public async Task What_is_not_valid_is_an_error_at_once_and_no_task()
    {
        await using var server = await StartTasksAsync();

        var result = await SendAsync(server.Client, "tools/call", CallOf("run_model", """{"model":"kling-o3-pro-image-to-video","input":{"prompt":"a"}}"""));

        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Equal("invalid_input", Text(result.GetProperty("structuredContent").GetProperty("error"), "code"));
        await Assert.ThrowsAsync<McpProtocolException>(() => SendAsync(server.Client, "tasks/get", """{"taskId":"nothing"}"""));
        await Assert.ThrowsAsync<McpProtocolException>(() => SendAsync(server.Client, "tasks/get", "{}"));
        Assert.Equal(0, Simulator.Submits);
    }

    [Fact]
    public async Task A_client_that_does_not_support_tasks_gets_none()
    {
        await using var server = await StartAsync();

        var call = server.CallAsync("run_model", Run());
        while (!call.IsCompleted)
        {
            _clock.Advance(JobDuration);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Equal("done", Text(await call, "state"));
        var job = Text(await server.CallAsync("run_model", Run()), "job");
        await Assert.ThrowsAsync<McpProtocolException>(() => SendAsync(server.Client, "tasks/get", $$"""{"taskId":"{{job}}"}"""));
    }

    private Task<ToolClient> StartTasksAsync(params string[] more) =>
        ToolClient.StartAsync(ToolClient.At(Simulator.BaseUrl, Ledger, ["--no-spend-limit", .. more]), Supporting);

    private async Task<JsonElement> EndAsync(McpClient client, string id)
    {
        _clock.Advance(JobDuration);
        while (true)
        {
            var state = await SendAsync(client, "tasks/get", $$"""{"taskId":"{{id}}"}""");
            if (Text(state, "status") != "working")
                return state;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static string CallOf(string tool, string arguments) => $$"""{"name":"{{tool}}","arguments":{{arguments}}}""";

    // The client has no method for what an extension returns.
    private static async Task<JsonElement> SendAsync(McpClient client, string method, string parameters)
    {
        var response = await client.SendRequestAsync(
            new JsonRpcRequest { Method = method, Params = JsonNode.Parse(parameters) }, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(response.Result!.ToJsonString()).RootElement.Clone();
    }
}
