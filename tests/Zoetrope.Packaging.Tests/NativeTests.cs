using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Packaging.Tests;

/// <summary>The command line as a native program, published when a test first asks for it.</summary>
public sealed class NativeCli : IDisposable
{
    private TemporaryFolder? _folder;

    internal async Task<string> PublishedAsync()
    {
        if (_folder is null)
        {
            var folder = new TemporaryFolder();
            string[] native = ["-p:ZoetropeNative=true", "-p:OptimizeNative=false", "-p:RunAnalyzers=false"];
            await Command.DotnetAsync(Repository.Root, ["publish", "src/Zoetrope.Cli", "-c", "Release", "-o", folder.Path, "--nologo", .. native]);
            _folder = folder;
        }
        return Path.Combine(_folder.Path, "zoetrope");
    }

    public void Dispose() => _folder?.Dispose();
}

/// <summary>The programs of this repository as native ones.</summary>
public sealed class NativeTests(NativeCli cli) : IClassFixture<NativeCli>
{
    [Fact]
    public async Task An_app_of_a_declared_provider_is_not_larger_than_the_hand_written_one_and_pays_nothing_for_other_providers()
    {
        Native.SkipUnlessAvailable();
        using var folder = new TemporaryFolder();
        var handWritten = await PublishAsync("benchmarks/apps/HandWrittenRunwayApp", folder, "HandWrittenRunwayApp");
        var ours = await PublishAsync("benchmarks/apps/RunwayApp", folder, "RunwayApp", "-p:Providers=all");

        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        foreach (var app in new[] { ours, handWritten })
        {
            var run = await Command.RunAsync(app, [new Uri(simulator.BaseUrl, "runway").AbsoluteUri], folder.Path, ("RUNWAYML_API_SECRET", "test"));
            Assert.Equal("", run.Error);
            Assert.Equal(0, run.ExitCode);
            Assert.StartsWith(simulator.BaseUrl + "files/", run.Output, StringComparison.Ordinal);
        }
        Assert.InRange(new FileInfo(ours).Length, 1, new FileInfo(handWritten).Length);

        var references = Directory.EnumerateFiles(
                Repository.PathOf("benchmarks/apps/RunwayApp/bin/Release/net10.0", RuntimeInformation.RuntimeIdentifier), "*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(id => !File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), id + ".dll")))
            .ToList();
        Assert.All(DeclaredPackages.Ids, id => Assert.Contains(id, references));
        Assert.Equal(["RunwayApp", "Zoetrope", "Zoetrope.Runway"], references.Where(id => IsIn(ours, id)).Order(StringComparer.Ordinal));
    }

    /// <summary>Whether anything of an assembly is in a native program: its name is in the data, or its types are in the symbols, which lie beside.</summary>
    private static bool IsIn(string program, string assembly) =>
        File.ReadAllBytes(program).AsSpan().IndexOf(Encoding.UTF8.GetBytes(assembly + ".dll")) >= 0
        || File.ReadAllBytes(program + ".dbg").AsSpan().IndexOf(Encoding.UTF8.GetBytes(assembly.Replace('.', '_') + "_")) >= 0;

    /// <summary>Warnings of the AOT compiler are errors in these apps.</summary>
    [Fact]
    public async Task A_service_with_a_webhook_and_the_proxy_for_browsers_runs_natively()
    {
        Native.SkipUnlessAvailable();
        using var folder = new TemporaryFolder();
        const string Model = "fal-ai/kling-video/o3/pro/image-to-video";
        var app = await PublishAsync("benchmarks/apps/AspNetApp", folder, "AspNetApp", "-p:OptimizeNative=false");

        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMilliseconds(20) }, TestContext.Current.CancellationToken);
        var run = await Command.RunAsync(app, [simulator.BaseUrl.ToString()], folder.Path, ("FAL_KEY", "test"));

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(simulator.BaseUrl + "files/", run.Output, StringComparison.Ordinal);
        Assert.Contains($"submit {Model}, , links: 0\nwait {Model}, video, links: 1\n", run.Output, StringComparison.Ordinal);
        Assert.All(
            (string[])["zoetrope.submits", "zoetrope.job.units", "zoetrope.jobs.in_flight", "zoetrope.job.run_time", "gen_ai.client.operation.duration"],
            metric => Assert.Contains($"{metric}\n", run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task The_native_command_line_makes_the_video(string provider)
    {
        Native.SkipUnlessAvailable();
        var zoetrope = await cli.PublishedAsync();

        await using var simulator = await MediaSimulator.StartAsync();
        var run = await Command.RunAsync(zoetrope, [
            "run", "kling-o3-pro-image-to-video", "--provider", provider, "--base-url", simulator.BaseUrl.ToString(),
            "--input", "image_url=https://example.com/a.png", "--input", "prompt=The character walks forward"]);

        Assert.True(run.ExitCode == 0, run.All);
        using var result = JsonDocument.Parse(run.Output);
        Assert.StartsWith(simulator.BaseUrl + "files/", result.RootElement.GetProperty("video").GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Some of what the SDK of MCP brings is left out of the native program: a session of its own shows that nothing of it is missing.</summary>
    [Fact]
    public async Task The_native_command_line_serves_tools()
    {
        Native.SkipUnlessAvailable();
        var zoetrope = await cli.PublishedAsync();
        using var folder = new TemporaryFolder();
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
        string[] arguments =
            ["mcp", "--base-url", simulator.BaseUrl.ToString(), "--ledger", Path.Combine(folder.Path, "zoetrope.db"), "--max-cost", "5"];
        using var process = Process.Start(new ProcessStartInfo(zoetrope, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

        var server = await AskAsync(1, "initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        var tools = await AskAsync(2, "tools/list", "{}");
        var run = await AskAsync(3, "tools/call", """
            {"name":"run_model","_meta":{"progressToken":"p"},"arguments":{"model":"kling-o3-pro-image-to-video","provider":"fal",
             "input":{"image_url":"https://example.com/a.png","prompt":"The character walks forward"}}}
            """);
        var wrong = await AskAsync(4, "tools/call", """{"name":"show_model","arguments":{"model":"no-such-model"}}""");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("zoetrope", server.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Contains(tools.GetProperty("tools").EnumerateArray(), tool => tool.GetProperty("name").GetString() == "upload_file");
        var content = run.GetProperty("structuredContent");
        Assert.StartsWith(simulator.BaseUrl + "files/", content.GetProperty("files")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("unknown_model", wrong.GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, process.ExitCode);

        async Task<JsonElement> AskAsync(int id, string method, string parameters)
        {
            await process.StandardInput.WriteLineAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters.ReplaceLineEndings("")}}}""");
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                var message = JsonDocument.Parse(line).RootElement;
                if (message.TryGetProperty("id", out var of) && of.TryGetInt32(out var number) && number == id)
                    return message.GetProperty("result");
            }
            throw new InvalidOperationException($"The server ended without a response to {method}.");
        }
    }

    [Fact]
    public async Task The_native_command_line_says_that_it_has_no_simulator()
    {
        Native.SkipUnlessAvailable();
        var run = await Command.RunAsync(await cli.PublishedAsync(), ["simulate"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("simulator", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_native_command_line_checks_and_locks_documents()
    {
        Native.SkipUnlessAvailable();
        var zoetrope = await cli.PublishedAsync();
        using var folder = new TemporaryFolder();
        var specs = Path.Combine(folder.Path, "specs");
        const string Studio = """
            {
              "openapi": "3.1.0", "info": { "title": "Studio", "version": "1" }, "servers": [ { "url": "https://api.studio.example" } ],
              "paths": { "/clips": { "get": { "operationId": "listClips", "responses": { "200": { "description": "All.", "content": {
                "application/json": { "schema": { "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" } } } } } } } } } } }
            }
            """;
        var document = folder.Write("specs/studio/api.json", Studio);

        var check = await Command.RunAsync(zoetrope, ["specs", "check", specs]);
        Assert.True(check.ExitCode == 0, check.All);
        Assert.Contains("0 errors, 0 warnings in 1 document.", check.Error, StringComparison.Ordinal);

        var written = await Command.RunAsync(zoetrope, ["specs", "lock", specs]);
        Assert.True(written.ExitCode == 0, written.All);
        Assert.Contains(
            "\"ListClips\"",
            await File.ReadAllTextAsync(Path.Combine(specs, "specs.lock.json"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(0, (await Command.RunAsync(zoetrope, ["specs", "lock", specs, "--check"])).ExitCode);

        await File.WriteAllTextAsync(document, Studio[..^2], TestContext.Current.CancellationToken);
        var broken = await Command.RunAsync(zoetrope, ["specs", "check", specs]);
        Assert.True(broken.ExitCode == 1, broken.All);
        Assert.StartsWith(document + "(", broken.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// The AOT compiler over everything that is generated for a folder of documents, with nothing trimmed away. It takes minutes, so it is run by hand.
    /// </summary>
    [Fact]
    public async Task All_generated_code_is_clean_under_the_AOT_compiler()
    {
        var documents = Environment.GetEnvironmentVariable("ZOETROPE_AOT_DOCUMENTS");
        Assert.SkipWhen(documents is null, "set ZOETROPE_AOT_DOCUMENTS to a folder of fal's OpenAPI documents to run this");
        Native.SkipUnlessAvailable();
        using var folder = new TemporaryFolder();
        var published = await Command.RunAsync(
            "dotnet", ["publish", "benchmarks/apps/AllModels", "-c", "Release", $"-p:Documents={documents}", "-o", folder.Path, "--nologo"]);

        Assert.True(published.ExitCode == 0, published.All);
        Assert.DoesNotContain("warning IL", published.All, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "AllModels")), published.All);
    }

    private static async Task<string> PublishAsync(string project, TemporaryFolder folder, string name, params string[] options)
    {
        var output = Path.Combine(folder.Path, name);
        await Command.DotnetAsync(Repository.Root, ["publish", project, "-c", "Release", "-o", output, "--nologo", .. options]);
        return Path.Combine(output, name);
    }
}
