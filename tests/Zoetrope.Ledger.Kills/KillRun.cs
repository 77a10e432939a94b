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
            Faults = [.. compared.Faults, .. await queue.FaultsAsync(ct)],
        };
    }

    private async Task<(int Kills, int DatabaseKills)> KillAsync(WorkerProcess?[] workers, CancellationToken ct)
    {
        var random = new Random(Seed);
        var all = Kills + DatabaseKills;
        var (kills, databaseKills) = (0, 0);
        for (var i = 0; i < all; i++)
        {
            provider.Disturb();
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
                if (workers[index] is { HasEnded: true } ended)
                {
                    await ended.EndAsync(ct);
                    if (await queue.CountOpenAsync(ct) == 0)
                        break;
                }
                else
                {
                    workers[index]!.Kill();
                    kills++;
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

    /// <summary>Lets the workers finish, with the same losses, and stops them.</summary>
    private async Task FinishAsync(WorkerProcess?[] workers, CancellationToken ct)
    {
        var (least, since) = (int.MaxValue, TimeProvider.System.GetTimestamp());
        while (true)
        {
            provider.Disturb();
            await Task.Delay(Look, ct);
            var open = await queue.CountOpenAsync(ct);
            for (var i = 0; i < workers.Length; i++)
            {
                if (workers[i] is not { HasEnded: true } worker)
                    continue;
                await worker.EndAsync(ct);
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
            if (Random.Shared.Next(20) == 0)
                Progress?.Invoke($"{open} jobs left after the last kill");
        }
    }
}
