using System.Text.Json;
using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using Zoetrope.Ledger.Kills;

namespace Zoetrope.KillBenchmark.Others;

/// <summary>Hangfire on PostgreSQL, with a background job that submits, polls and downloads.</summary>
/// <param name="connection">The database.</param>
/// <param name="provider">The provider.</param>
/// <param name="outputs">The folder of results.</param>
/// <param name="attempts">The retries of a job that throws; ten is Hangfire's default.</param>
internal sealed class HangfireQueue(string connection, Uri provider, string outputs, int attempts) : KilledQueue
{
    // Thirty minutes by default, of which nothing is repeated sooner: the run would take days, and end the same.
    private static readonly TimeSpan Invisible = TimeSpan.FromSeconds(2);

    // Ten minutes by default, for which a job whose worker was killed in the middle of a change of its state waits.
    private static readonly TimeSpan Locked = TimeSpan.FromSeconds(2);

    private readonly PostgreSqlStorage _storage = Storage(connection);

    public override async Task AddAsync(IReadOnlyList<string> prompts, CancellationToken ct)
    {
        var client = new BackgroundJobClient(_storage);
        await Task.Run(
            () =>
            {
                foreach (var prompt in prompts)
                    client.Enqueue<MediaJob>(job => job.RunAsync(prompt, CancellationToken.None));
            },
            ct);
    }

    public override Task<WorkerProcess> StartAsync(CancellationToken ct) =>
        WorkerProcess.StartAsync(Program.Worker("hangfire", connection, provider.AbsoluteUri, outputs, $"{attempts}"), ct);

    public override Task<int> CountOpenAsync(CancellationToken ct)
    {
        var counts = _storage.GetMonitoringApi().GetStatistics();
        return Task.FromResult((int)(counts.Enqueued + counts.Scheduled + counts.Processing));
    }

    public override async Task<IReadOnlyDictionary<string, JobEnd>> EndsAsync(CancellationToken ct)
    {
        var ends = new Dictionary<string, JobEnd>();
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(
            "SELECT j.arguments::text, j.statename, s.reason, s.data::text FROM hangfire.job j LEFT JOIN hangfire.state s ON s.id = j.stateid");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var arguments = JsonSerializer.Deserialize<string?[]>(reader.GetString(0))!;
            var prompt = JsonSerializer.Deserialize<string>(arguments[0]!)!;
            var state = await reader.IsDBNullAsync(1, ct) ? "none" : reader.GetString(1);
            var reason = await reader.IsDBNullAsync(3, ct) ? state : $"{state}: {reader.GetString(3)}";
            ends[prompt] = new JobEnd(
                state == "Succeeded" && File.Exists(MediaLoop.PathOf(outputs, prompt)) ? JobFate.Delivered : state == "Failed" ? JobFate.Failed : JobFate.Open,
                reason);
        }
        return ends;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Works until it is killed.</summary>
    public static async Task WorkAsync(string connection, string provider, string outputs, int attempts)
    {
        foreach (var filter in GlobalJobFilters.Filters.Where(filter => filter.Instance is AutomaticRetryAttribute).ToList())
            GlobalJobFilters.Filters.Remove(filter.Instance);
        // The pauses are from a quarter of a minute to hours by default.
        GlobalJobFilters.Filters.Add(new AutomaticRetryAttribute { Attempts = attempts, DelaysInSeconds = [1] });
        using var loop = new MediaLoop(provider, outputs);
        var options = new BackgroundJobServerOptions
        {
            Activator = new LoopActivator(loop),
            SchedulePollingInterval = TimeSpan.FromMilliseconds(500),
            WorkerCount = 10,
            ServerName = Guid.NewGuid().ToString("N"),
        };
        using var server = new BackgroundJobServer(options, Storage(connection));
        Console.WriteLine("working");
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    private static PostgreSqlStorage Storage(string connection) => new(
        new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(connection, Options()), Options());

    private static PostgreSqlStorageOptions Options() => new()
    {
        InvisibilityTimeout = Invisible,
        UseSlidingInvisibilityTimeout = true,
        DistributedLockTimeout = Locked,
        QueuePollInterval = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>The background job.</summary>
    /// <param name="loop">What it does.</param>
    public sealed class MediaJob(MediaLoop loop)
    {
        public async Task RunAsync(string prompt, CancellationToken cancellationToken)
        {
            var id = await loop.SubmitAsync(prompt, cancellationToken);
            await loop.DeliverAsync(prompt, id, cancellationToken);
        }
    }

    private sealed class LoopActivator(MediaLoop loop) : JobActivator
    {
        public override object ActivateJob(Type jobType) => new MediaJob(loop);
    }
}
