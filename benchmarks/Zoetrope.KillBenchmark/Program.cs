using System.CommandLine;
using Zoetrope.KillBenchmark.Others;
using Zoetrope.Ledger.Kills;

namespace Zoetrope.KillBenchmark;

/// <summary>
/// Kills the workers of a queue of paid jobs, restarts them until all is done, and counts what was paid twice and what is lost, at the simulator: the ledger's,
/// and those of what people use.
/// </summary>
internal static class Program
{
    // As many as each of the others runs at once.
    private const int AtOnce = 10;

    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan JobDuration = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Names =
        ["zoetrope", "zoetrope-postgres", "hangfire", "hangfire-once", "bullmq", "bullmq-once", "row"];

    public static async Task<int> Main(string[] args)
    {
        if (args is ["work", ..])
        {
            await WorkAsync(args[1..]);
            return 0;
        }
        var worker = new Option<string>("--worker") { Required = true, Description = "Whose workers are killed." };
        worker.AcceptOnlyFromAmong(Names);
        var kills = new Option<int>("--kills") { DefaultValueFactory = _ => 100, Description = "How many workers are killed." };
        var jobs = new Option<int?>("--jobs") { Description = "The number of jobs; twelve for each kill by default." };
        var workers = new Option<int>("--workers") { DefaultValueFactory = _ => 1, Description = "How many work at once." };
        var database = new Option<int>("--database-kills") { Description = "How often PostgreSQL itself is killed, of zoetrope-postgres." };
        var minutes = new Option<int?>("--minutes") { Description = "After how many minutes none is killed any more." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Another one kills at other moments." };
        var command = new RootCommand("Kills the workers of a queue of paid jobs, and counts what is paid twice and what is lost.")
        {
            worker, kills, jobs, workers, database, minutes, seed,
        };
        command.SetAction((parsed, ct) => MeasureAsync(
            new Setting(
                parsed.GetValue(worker)!, parsed.GetValue(kills), parsed.GetValue(jobs), parsed.GetValue(workers), parsed.GetValue(database),
                parsed.GetValue(minutes), parsed.GetValue(seed)),
            ct));
        return await command.Parse(args).InvokeAsync();
    }

    /// <summary>The command that starts a worker of this program.</summary>
    public static IReadOnlyList<string> Worker(params string[] arguments) =>
        ["dotnet", "exec", typeof(Program).Assembly.Location, "work", .. arguments];

    private static Task WorkAsync(string[] args) => args switch
    {
        ["hangfire", var connection, var provider, var outputs, var attempts] =>
            HangfireQueue.WorkAsync(connection, provider, outputs, int.Parse(attempts, System.Globalization.CultureInfo.InvariantCulture)),
        ["row", var path, var provider, var outputs] => RowQueue.WorkAsync(path, provider, outputs),
        _ => throw new ArgumentException($"'{string.Join(' ', args)}' is not a worker."),
    };

    private static async Task<int> MeasureAsync(Setting setting, CancellationToken ct)
    {
        if (MissingOf(setting.Worker) is { } missing)
        {
            Console.WriteLine($"{setting.Worker} is skipped: {missing} is missing.");
            return 0;
        }
        var folder = Directory.CreateTempSubdirectory("zoetrope-kills-").FullName;
        try
        {
            await using var provider = await HarshProvider.StartAsync(setting.Seed, JobDuration, ct);
            await using var postgres = await PostgresOfAsync(setting.Worker);
            await using var queue = await QueueAsync(setting.Worker, provider, postgres, folder, ct);
            var all = setting.Kills + setting.DatabaseKills;
            var report = await new KillRun(queue, provider)
            {
                Jobs = setting.Jobs ?? all * 12,
                Kills = setting.Kills,
                Workers = setting.Workers,
                Database = postgres,
                DatabaseKills = setting.DatabaseKills,
                KillTime = setting.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.MaxValue,
                Seed = setting.Seed,
                Progress = line => Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}"),
            }.RunAsync(ct);
            Console.WriteLine(report);
            foreach (var violation in report.Violations)
                Console.WriteLine(violation);
            Console.WriteLine(
                $"| {setting.Worker}, {setting.Workers} at once | {report.Kills} | {report.DatabaseKills} | {report.Jobs} | {report.PaidTwice.Count} | "
                + $"{report.PaidTooMuch} | {report.Lost.Count} | {report.PaidAndLost} | {report.InDoubt} | {report.Duration.TotalSeconds:0} s |");
            // Others are measured; ours has promised.
            return setting.Worker.StartsWith("zoetrope", StringComparison.Ordinal) && report.Violations.Count > 0 ? 1 : 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? MissingOf(string worker) => worker switch
    {
        _ when OperatingSystem.IsWindows() => "a system with the signals of Unix",
        "bullmq" or "bullmq-once" => BullmqQueue.Missing(),
        "hangfire" or "hangfire-once" or "zoetrope-postgres" => PostgresServer.Missing,
        _ => null,
    };

    private static async Task<PostgresServer?> PostgresOfAsync(string worker) => worker switch
    {
        "zoetrope-postgres" => await PostgresServer.StartAsync(),
        // With the defaults of PostgreSQL, instead of the worst ones that a ledger must bear.
        "hangfire" or "hangfire-once" => await PostgresServer.StartAsync("default_transaction_isolation=read committed", "synchronous_commit=on"),
        _ => null,
    };

    private static async Task<KilledQueue> QueueAsync(string worker, HarshProvider provider, PostgresServer? postgres, string folder, CancellationToken ct)
    {
        var outputs = Path.Combine(folder, "out");
        return worker switch
        {
            "zoetrope" => await LedgerQueue.OpenAsync("sqlite:" + Path.Combine(folder, "jobs.db"), provider, outputs, Lease, AtOnce, ct),
            "zoetrope-postgres" => await LedgerQueue.OpenAsync("postgres:" + postgres!.NewLedger(), provider, outputs, Lease, AtOnce, ct),
            "hangfire" => new HangfireQueue(postgres!.Connection, provider.BaseUrl, outputs, attempts: 10),
            "hangfire-once" => new HangfireQueue(postgres!.Connection, provider.BaseUrl, outputs, attempts: 0),
            "bullmq" => await BullmqQueue.StartAsync(Path.Combine(folder, "bullmq"), provider.BaseUrl, outputs, attempts: 3, maxStalled: 1),
            "bullmq-once" => await BullmqQueue.StartAsync(Path.Combine(folder, "bullmq"), provider.BaseUrl, outputs, attempts: 1, maxStalled: 0),
            _ => new RowQueue(Path.Combine(folder, "rows.db"), provider.BaseUrl, outputs),
        };
    }

    private sealed record Setting(string Worker, int Kills, int? Jobs, int Workers, int DatabaseKills, int? Minutes, int Seed);
}
