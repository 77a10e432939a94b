using System.Diagnostics;
using System.Text.Json;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>The reference inspector, in a version that is named, as a client of another implementation.</summary>
public sealed class InspectorTests(Inspector inspector) : IClassFixture<Inspector>
{
    [Fact]
    public async Task It_lists_the_tools()
    {
        var tools = (await inspector.RunAsync("--method", "tools/list")).GetProperty("tools");

        Assert.Contains(tools.EnumerateArray(), tool => tool.GetProperty("name").GetString() == "run_model");
        Assert.All(tools.EnumerateArray(), tool => Assert.Equal("object", tool.GetProperty("outputSchema").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task It_runs_a_model_and_accepts_the_result_and_an_error_by_the_schema()
    {
        var done = await inspector.RunAsync(
            "--method", "tools/call", "--tool-name", "run_model", "--tool-arg", $"model={Kling.Neutral}", "--tool-arg",
            $$"""input={"image_url":"{{Kling.ImageUrl}}","prompt":"a"}""");
        Assert.Equal("done", done.GetProperty("structuredContent").GetProperty("state").GetString());

        var refused = await inspector.RunAsync(
            "--method", "tools/call", "--tool-name", "run_model", "--tool-arg", $"model={Kling.Neutral}", "--tool-arg", """input={"prompt":"a"}""");
        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Equal("invalid_input", refused.GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString());
    }
}

/// <summary>The inspector, installed into a folder of its own.</summary>
public sealed class Inspector : IAsyncLifetime
{
    private const string Package = "@modelcontextprotocol/inspector@2.12.0";

    private readonly TemporaryFolder _folder = new();
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        try
        {
            var (code, _, errors) = await RunAsync("npm", ["install", "--no-audit", "--no-fund", "--prefix", _folder.Path, Package]);
            _missing = code == 0 ? null : $"npm could not install {Package}: {errors}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            _missing = "npm is not on the path.";
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs it against a server with a simulator, and returns what it prints. Skips the test where it could not be installed.</summary>
    public async Task<JsonElement> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(_missing is null, _missing ?? "");
        var script = Path.Combine(_folder.Path, "node_modules", ".bin", "mcp-inspector");
        var (_, output, errors) = await RunAsync(script, ["--cli", "dotnet", "exec", CliProcess.Path, "mcp", "--simulate", .. arguments]);
        Assert.True(output.StartsWith('{'), $"{output}\n{errors}");
        return JsonDocument.Parse(output).RootElement.Clone();
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // What it keeps between runs, it keeps here.
        start.Environment["MCP_CATALOG_PATH"] = Path.Combine(_folder.Path, "mcp.json");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
