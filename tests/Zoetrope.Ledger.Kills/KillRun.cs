using System.Globalization;

namespace Zoetrope.Ledger.Kills;

/// <summary>Kills workers, and the database, at random moments until the jobs are done, and reports what became of them.</summary>
/// <param name="queue">The jobs and their workers.</param>
/// <param name="provider">The provider.</param>
public sealed class KillRun(KilledQueue queue, HarshProvider provider)
{
    // Far longer than any wait of a queue, so that only what never ends is left.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    private readonly List<string> _failures = [];

    /// <summary>The number of jobs.</summary>
    public required int Jobs { get; init; }

    /// <summary>The most workers that are killed; fewer are when the jobs are done before.</summary>
    public required int Kills { get; init; }

    /// <summary>The number of workers that run at once, and are killed in turn.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The database that is killed, too; null for none.</summary>
    public PostgresServer? Database { get; init; }

    /// <summary>How often it is killed.</summary>
    public int DatabaseKills { get; init; }

    /// <summary>The longest time from one kill to the next.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromMilliseconds(900);

    /// <summary>The time after which none is killed any more.</summary>
    public TimeSpan KillTime { get; init; } = TimeSpan.MaxValue;

    /// <summary>The moments of the kills.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Receives a line now and then; null for none.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Runs it.</summary>
    public async Task<KillReport> RunAsync(CancellationToken ct)
    {
        var start = TimeProvider.System.GetTimestamp();
        var prompts = Enumerable.Range(0, Jobs).Select(i => string.Create(CultureInfo.InvariantCulture, $"job-{i}")).ToList();
        await queue.AddAsync(prompts, ct);
        var workers = new WorkerProcess?[Workers];
        var (kills, databaseKills) = (0, 0);
        try
        {
            for (var i = 0; i < Workers; i++)
                workers[i] = await queue.StartAsync(ct);
            (kills, databaseKills) = await KillAsync(workers, ct);
            await FinishAsync(workers, ct);
        }
        finally
        {
            foreach (var worker in workers)
                worker?.Dispose();
        }
        var compared = KillReport.Compare(prompts, await provider.AcceptedAsync(ct), await queue.EndsAsync(ct));
        return new KillReport
        {
            Jobs = Jobs,
            Kills = kills,
            DatabaseKills = databaseKills,
            Duration = TimeProvider.System.GetElapsedTime(start),
            Submits = provider.Submits,
            Webhooks = provider.Webhooks,
            PaidTwice = compared.Twice,
            PaidTooMuch = compared.TooMuch,
            Delivered = compared.Delivered,
            InDoubt = compared.InDoubt,
            Lost = compared.Lost,
            PaidAndLost = compared.PaidAndLost,
            Faults = [.. compared.Faults, .. _failures, .. await queue.FaultsAsync(ct)],
        };
    }

    private async Task<(int Kills, int DatabaseKills)> KillAsync(WorkerProcess?[] workers, CancellationToken ct)
    {
        var start = TimeProvider.System.GetTimestamp();
        var random = new Random(Seed);
        var all = Kills + DatabaseKills;
        var (kills, databaseKills) = (0, 0);
        for (var i = 0; i < all && TimeProvider.System.GetElapsedTime(start) < KillTime; i++)
        {
            provider.Disturb();
            await WorkedAsync(ct);
            await Task.Delay(Between * random.NextDouble() / Workers, ct);
            // Both kinds are spread over the whole time.
            if ((long)(i + 1) * DatabaseKills / all > (long)i * DatabaseKills / all)
            {
                Database!.Kill();
                databaseKills++;
                await Database.RestartAsync();
            }
            else
            {
                var index = kills % Workers;
                if (workers[index] is { HasEnded: false } worker)
                {
                    worker.Kill();
                    kills++;
                }
                else if (await NoteEndAsync(workers[index]!, ct) && await queue.CountOpenAsync(ct) == 0)
                {
                    break;
                }
                workers[index]!.Dispose();
                workers[index] = null;
                workers[index] = await queue.StartAsync(ct);
            }
            if (i % 10 != 9)
                continue;
            var open = await queue.CountOpenAsync(ct);
            Progress?.Invoke($"{kills} kills of workers, {databaseKills} of the database, {open} jobs left");
            if (open == 0)
                break;
        }
        return (kills, databaseKills);
    }

    /// <summary>Waits until a job has gone on, so that on a slow machine a kill hits work, and not the start of a program.</summary>
    private async Task WorkedAsync(CancellationToken ct)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var before = provider.Requests; provider.Requests == before && TimeProvider.System.GetElapsedTime(start) < LongestStart;)
            await Task.Delay(5, ct);
    }

    /// <summary>Notes why a worker has ended; it is started again as a supervisor does.</summary>
    /// <returns>Whether it had nothing left.</returns>
    private async Task<bool> NoteEndAsync(WorkerProcess worker, CancellationToken ct)
    {
        try
        {
            await worker.EndAsync(ct);
            return true;
        }
        catch (InvalidOperationException exception)
        {
            _failures.Add(exception.Message);
            return false;
        }
    }

    /// <summary>Lets the workers finish, with the same losses, and stops them.</summary>
    private async Task FinishAsync(WorkerProcess?[] workers, CancellationToken ct)
    {
        var (least, since) = (int.MaxValue, TimeProvider.System.GetTimestamp());
        for (var look = 1; ; look++)
        {
            provider.Disturb();
            await Task.Delay(Look, ct);
            var open = await queue.CountOpenAsync(ct);
            for (var i = 0; i < workers.Length; i++)
            {
                if (workers[i] is not { HasEnded: true } worker)
                    continue;
                await NoteEndAsync(worker, ct);
                worker.Dispose();
                workers[i] = null;
                workers[i] = open > 0 ? await queue.StartAsync(ct) : null;
            }
            if (open == 0 && (!queue.EndsByItself || Array.TrueForAll(workers, worker => worker is null)))
            {
                // A webhook that is still under way may end a doubt, and then there is more to do.
                await Task.Delay(Look * 4, ct);
                if (await queue.CountOpenAsync(ct) == 0)
                    return;
                if (Array.TrueForAll(workers, worker => worker is null))
                    workers[0] = await queue.StartAsync(ct);
            }
            if (open < least)
                (least, since) = (open, TimeProvider.System.GetTimestamp());
            else if (TimeProvider.System.GetElapsedTime(since) > Patience)
                return;
            if (look % 20 == 0)
                Progress?.Invoke($"{open} jobs left after the last kill");
        }
    }
}
