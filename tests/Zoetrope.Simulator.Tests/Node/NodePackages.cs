using System.Diagnostics;

namespace Zoetrope.Simulator.Tests.Node;

/// <summary>
/// Runs scripts in Node with fal's own client and the packages that it needs, in the versions that are named here. They are installed once, into the folder for
/// temporary files, by npm. Tests are skipped where there is no Node or npm, or where npm cannot install them.
/// </summary>
internal static class NodePackages
{
    private const string Packages = """
        {"private":true,"type":"module","dependencies":{"@fal-ai/client":"1.10.1","@fal-ai/server-proxy":"1.2.1","@msgpack/msgpack":"3.1.3","ws":"8.23.0"}}
        """;

    private static readonly TimeSpan LongestInstall = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestScript = TimeSpan.FromMinutes(1);
    private static readonly SemaphoreSlim _installing = new(1);
    private static string? _problem;

    // Each project that compiles this file has a folder of its own: projects are tested at the same time.
    private static string Folder { get; } = Path.Combine(Path.GetTempPath(), "zoetrope-node-2-" + typeof(NodePackages).Assembly.GetName().Name);

    /// <summary>Runs a script and returns its last line, which is JSON. The simulator is at <c>process.env.BASE</c>.</summary>
    public static async Task<string> RunAsync(string script, Uri simulator, CancellationToken token)
    {
        await InstallAsync(token);
        Assert.SkipWhen(_problem is not null, $"fal's own client is not here: {_problem}");
        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(path, Prelude + script, token);
        try
        {
            var (code, output, errors) = await StartAsync("node", [path], LongestScript, simulator.ToString().TrimEnd('/'), token);
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
        await InstallAsync(token);
        Assert.SkipWhen(_problem is not null, $"fal's own client is not here: {_problem}");
        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(path, script, token);
        var process = Process.Start(new ProcessStartInfo("node", [path]) { RedirectStandardError = true, WorkingDirectory = Folder })!;
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

    private static async Task InstallAsync(CancellationToken token)
    {
        await _installing.WaitAsync(token);
        try
        {
            if (_problem is not null || File.Exists(Path.Combine(Folder, "installed")))
                return;
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(Path.Combine(Folder, "package.json"), Packages, token);
            var (code, output, errors) = await StartAsync(
                "npm", ["install", "--prefix", Folder, "--no-audit", "--no-fund", "--ignore-scripts"], LongestInstall, "", token);
            if (code == 0)
                await File.WriteAllTextAsync(Path.Combine(Folder, "installed"), "", token);
            else
                _problem = $"npm install ended with {code}: {output} {errors}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            _problem = exception.Message;
        }
        finally
        {
            _installing.Release();
        }
    }

    private static async Task<(int Code, string Output, string Errors)> StartAsync(
        string program, string[] arguments, TimeSpan longest, string simulator, CancellationToken token)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
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
}
