using System.Text.Json;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>How a server is started, and what it says of models.</summary>
public sealed class ServerTests
{
    private static readonly string[] Simulated = ["mcp", "--simulate"];

    [Theory]
    [InlineData("--max-cost: is required", "mcp")]
    [InlineData("--max-cost: cannot be used together", "mcp", "--max-cost", "1", "--no-spend-limit")]
    [InlineData("--allow-unknown-price: needs --max-cost", "mcp", "--simulate", "--allow-unknown-price")]
    [InlineData("No key is in the environment", "mcp", "--max-cost", "1")]
    [InlineData("--simulate: cannot be used together", "mcp", "--simulate", "--base-url", "http://127.0.0.1:1")]
    [InlineData("--wait: must be at most 1h", "mcp", "--simulate", "--wait", "2h")]
    [InlineData("--http: must be from 0 to 65535", "mcp", "--simulate", "--http", "70000")]
    public async Task A_start_that_makes_no_sense_says_what_to_do(string problem, params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments);

        result.Exits(2).Says(problem);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_limit_that_is_missing_is_explained()
    {
        var result = await CliProcess.RunAsync(["mcp"], new Dictionary<string, string> { ["FAL_KEY"] = "id:secret" });

        result.Exits(2).Says("Pass the most that all jobs of this run may cost, such as --max-cost 5, or --no-spend-limit");
    }

    [Fact]
    public async Task The_tools_are_described_with_hints_and_schemas()
    {
        await using var server = await ToolClient.StartAsync(Simulated);

        var tools = (await server.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).ToDictionary(tool => tool.Name);

        Assert.Equal(
            ["cancel_job", "estimate_cost", "job_status", "list_jobs", "resume_job", "run_model", "search_models", "show_model", "upload_file"],
            tools.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("zoetrope", server.Client.ServerInfo!.Name);
        Assert.Contains("costs money", server.Client.ServerInstructions, StringComparison.Ordinal);
        foreach (var (name, tool) in tools)
        {
            var hints = tool.ProtocolTool.Annotations!;
            Assert.Equal(name is "cancel_job", hints.DestructiveHint);
            Assert.Equal(name is not ("run_model" or "resume_job" or "job_status" or "cancel_job" or "upload_file"), hints.ReadOnlyHint);
            Assert.True(hints.IdempotentHint);
            Assert.Equal("object", tool.JsonSchema.GetProperty("type").GetString());
            Assert.True(tool.ReturnJsonSchema!.Value.GetProperty("properties").TryGetProperty("error", out _));
            Assert.All(tool.JsonSchema.GetProperty("required").EnumerateArray(), required =>
                Assert.True(tool.JsonSchema.GetProperty("properties").TryGetProperty(required.GetString()!, out _)));
        }
    }

    [Fact]
    public async Task Models_are_searched_and_paged()
    {
        await using var server = await ToolClient.StartAsync(Simulated);

        var all = new List<JsonElement>();
        string? cursor = null;
        int total;
        do
        {
            var page = await server.CallAsync("search_models", cursor is null ? """{"limit":100}""" : $$"""{"limit":100,"cursor":"{{cursor}}"}""");
            all.AddRange(page.GetProperty("models").EnumerateArray());
            total = page.GetProperty("total").GetInt32();
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(total, all.Count);
        var names = all.ConvertAll(model => model.GetProperty("model").GetString()!);
        Assert.Equal(names.Count, names.Distinct().Count());
        // What is listed can be shown.
        foreach (var name in names)
            Assert.Equal(JsonValueKind.Object, (await server.CallAsync("show_model", $$"""{"model":"{{name}}"}""")).GetProperty("input_schema").ValueKind);
        var found = (await server.CallAsync("search_models", """{"text":"KLING video","provider":"fal","category":"image-to-video"}""")).GetProperty("models");
        Assert.Equal(Kling.FalEndpoint, found[0].GetProperty("model").GetString());
        Assert.Equal(0, (await server.CallAsync("search_models", """{"text":"kling no-such-word"}""")).GetProperty("total").GetInt32());
        await server.FailAsync("invalid_arguments", "search_models", """{"cursor":"x"}""");
        await server.FailAsync("invalid_arguments", "search_models", """{"limit":0}""");
    }

    [Theory]
    [InlineData(Kling.Neutral)]
    [InlineData(Kling.FalEndpoint)]
    public async Task A_model_is_shown_with_limits_defaults_rules_and_an_example_that_runs(string name)
    {
        await using var server = await ToolClient.StartAsync(Simulated);

        var model = await server.CallAsync("show_model", $$"""{"model":"{{name}}"}""");

        var members = model.GetProperty("input_schema").GetProperty("properties");
        Assert.Equal(2500, members.GetProperty("prompt").GetProperty("maxLength").GetInt32());
        Assert.Equal("5", members.GetProperty("duration").GetProperty("default").GetString());
        Assert.Contains("15", members.GetProperty("duration").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        Assert.Contains("image_url", model.GetProperty("input_schema").GetProperty("required").EnumerateArray().Select(value => value.GetString()));
        Assert.Contains(model.GetProperty("rules").EnumerateArray(), rule => rule.GetString()!.Contains("multi_prompt", StringComparison.Ordinal));
        // The schema of an object within a list is that of its document, as in the help of run.
        var shot = members.GetProperty("multi_prompt").GetProperty("items");
        Assert.Equal("object", shot.GetProperty("type").GetString());
        Assert.Contains("prompt", shot.GetProperty("properties").EnumerateObject().Select(member => member.Name));
        Assert.Contains("prompt", shot.GetProperty("required").EnumerateArray().Select(value => value.GetString()));
        var help = JsonDocument.Parse((await CliProcess.RunAsync("run", name, "--help", "--json")).Output).RootElement;
        Assert.True(JsonElement.DeepEquals(members, help.GetProperty("properties")));
        Assert.True(JsonElement.DeepEquals(model.GetProperty("rules"), help.GetProperty("x-zoetrope").GetProperty("rules")));
        var run = $$$"""{"model":"{{{name}}}","input":{{{model.GetProperty("example").GetRawText()}}}}""";
        Assert.Equal("done", (await server.CallAsync("run_model", run)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Keys_are_in_no_output()
    {
        const string key = "c0ffee00-secret:0123456789abcdef";
        using var folder = new TemporaryFolder();
        await using var simulator = await Kling.QuickAsync();
        simulator.AddFault(new Simulator.SimulatorFault
        {
            Kind = Simulator.FaultKind.Status, Operation = Simulator.SimulatorOperation.Submit, StatusCode = 401, Times = 100,
            Body = $$"""{"detail":"the key {{key}} is wrong"}""",
        });
        using var process = CliProcess.Start(
            [.. ToolClient.At(simulator.BaseUrl, Path.Combine(folder.Path, "zoetrope.db")), "--max-cost", "5"],
            new Dictionary<string, string> { ["FAL_KEY"] = key },
            $$$$$"""
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"run_model","arguments":{"model":"{{{{{Kling.Neutral}}}}}","provider":"fal","input":{"image_url":"{{{{{Kling.ImageUrl}}}}}","prompt":"a"}}}}

            """,
            collectOutput: false,
            keepInput: true);
        var lines = new List<string>();
        while (lines.Count < 2)
            lines.Add(await process.Output.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("It ended."));
        process.Input.Close();
        var result = await process.FinishAsync();

        Assert.Contains("not_accepted", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", string.Concat(lines) + string.Concat(result.ErrorLines), StringComparison.Ordinal);
    }
}
