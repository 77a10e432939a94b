using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Zoetrope.Ledger.Kills;

namespace Zoetrope.KillBenchmark.Others;

/// <summary>BullMQ on Redis, with its documented worker (bullmq/queue.mjs).</summary>
internal sealed class BullmqQueue : KilledQueue
{
    private readonly RedisServer _redis;
    private readonly string _folder;
    private readonly string[] _settings;

    private BullmqQueue(RedisServer redis, string folder, string[] settings) => (_redis, _folder, _settings) = (redis, folder, settings);

    /// <summary>Installs the packages, and starts Redis.</summary>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="outputs">The folder of results.</param>
    /// <param name="attempts">The attempts of a job, the first included.</param>
    /// <param name="maxStalled">How often a job whose worker was killed is run again.</param>
    public static async Task<BullmqQueue> StartAsync(string folder, Uri provider, string outputs, int attempts, int maxStalled)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json", "queue.mjs" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, "bullmq", file), Path.Combine(folder, file));
        await RunAsync(folder, "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        var redis = await RedisServer.StartAsync(Path.Combine(folder, "redis"));
        return new BullmqQueue(redis, folder, [$"{redis.Port}", $"{attempts}", $"{maxStalled}", provider.AbsoluteUri, outputs]) { Outputs = outputs };
    }

    /// <summary>What is missing to run it; null where nothing is.</summary>
    public static string? Missing()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = new[] { "node", "npm", "redis-server" }.Where(name => !Array.Exists(folders, folder => File.Exists(Path.Combine(folder, name))));
        return string.Join(", ", missing) is { Length: > 0 } names ? names : null;
    }

    public override Task AddAsync(IReadOnlyList<string> prompts, CancellationToken ct) => RunAsync(_folder, "node", Command("add"), string.Join('\n', prompts));

    public override Task<WorkerProcess> StartAsync(CancellationToken ct) =>
        WorkerProcess.StartAsync(["node", Path.Combine(_folder, "queue.mjs"), .. Command("work").Skip(1)], ct);

    public override async Task<int> CountOpenAsync(CancellationToken ct) =>
        int.Parse(await RunAsync(_folder, "node", Command("count")), CultureInfo.InvariantCulture);

    public override async Task<IReadOnlyDictionary<string, JobEnd>> EndsAsync(CancellationToken ct)
    {
        var ends = new Dictionary<string, JobEnd>();
        foreach (var line in (await RunAsync(_folder, "node", Command("ends"))).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var job = JsonDocument.Parse(line);
            var (prompt, state) = (job.RootElement.GetProperty("prompt").GetString()!, job.RootElement.GetProperty("state").GetString());
            var fate = state switch
            {
                "completed" when File.Exists(MediaLoop.PathOf(Outputs, prompt)) => JobFate.Delivered,
                "failed" => JobFate.Failed,
                _ => JobFate.Open,
            };
            ends[prompt] = new JobEnd(fate, $"{state}: {job.RootElement.GetProperty("reason").GetString()}");
        }
        return ends;
    }

    public override ValueTask DisposeAsync() => _redis.DisposeAsync();

    private string Outputs { get; init; } = "";

    private string[] Command(string what) => ["queue.mjs", what, .. _settings];

    private static async Task<string> RunAsync(string folder, string program, string[] arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {await output}{await errors}");
    }
}
