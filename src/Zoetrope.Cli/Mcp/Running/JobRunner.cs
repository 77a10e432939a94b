using System.Collections.Concurrent;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Running;

/// <summary>Records and sends jobs: each once, within the budget.</summary>
/// <param name="server">What tools share.</param>
internal sealed class JobRunner(JobServer server)
{
    // Most submits take less, and what becomes of them is worth more than the job as it is on its way.
    private static readonly TimeSpan _leastWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Records a job, unless the ledger has it, and sends it, unless it was sent.</summary>
    /// <param name="request">The job.</param>
    /// <param name="wait">How long to wait for a submit that is on its way, but for some seconds at least.</param>
    /// <param name="cancellationToken">Cancels what has not begun: a submit that is on its way ends by itself.</param>
    /// <returns>The job, and whether it was there before.</returns>
    /// <exception cref="ToolException">It may cost too much, or was not accepted. Nothing was paid.</exception>
    public async Task<(LedgerJob Job, bool IsRepeated)> StartAsync(RunRequest request, TimeSpan wait, CancellationToken cancellationToken)
    {
        // Calls for one job take turns: one that is refused must not give back what another one's submit counts on.
        var turn = _turns.GetOrAdd(request.Turn, static _ => new SemaphoreSlim(1));
        var hasTurn = false;
        var starting = TakeTurnAsync();
        for (var limit = wait > _leastWait ? wait : _leastWait; ; limit = _lookAgain)
        {
            if (await Task.WhenAny(starting, Task.Delay(limit, cancellationToken)) == starting)
                return await starting;
            cancellationToken.ThrowIfCancellationRequested();
            if (await request.FindKnownAsync(server, cancellationToken) is { State: LedgerState.Sent } job)
            {
                request.Check(job);
                return (job, !hasTurn);
            }
        }

        async Task<(LedgerJob Job, bool IsRepeated)> TakeTurnAsync()
        {
            await turn.WaitAsync(cancellationToken);
            hasTurn = true;
            try
            {
                return await StartInTurnAsync(request, cancellationToken);
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private async Task<(LedgerJob Job, bool IsRepeated)> StartInTurnAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var known = await request.FindKnownAsync(server, cancellationToken);
        if (known is not null)
            request.Check(known);
        // What is paid for already is returned whatever is left, and what was recorded at another provider meanwhile has another price.
        if (known is not null && (known.State != LedgerState.Intended || known.Provider != request.Intent.Provider))
            return (known, true);
        // Where it was recorded by another call, it counts once, by what it is recognized by.
        var key = known?.UniqueKey ?? request.Intent.ComputeUniqueKey();
        var ceiling = await request.CeilingAsync(server, cancellationToken);
        var cancel = await ReserveAsync(key, known?.EarlierCost ?? 0, ceiling, cancellationToken);
        LedgerJob job;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            server.Stopping.ThrowIfCancellationRequested();
            job = await server.Ledger.IntendAsync(request.Intent with { Ceiling = ceiling }, CancellationToken.None);
            request.Check(job);
        }
        catch
        {
            cancel();
            throw;
        }
        // Another process or another call was first: it sends the job, and counts it. Where that fails, the next call like this one finds it before it chooses
        // a provider.
        if (job.State != LedgerState.Intended || job.Provider != request.Intent.Provider || job.UniqueKey != key)
        {
            cancel();
            return (job, true);
        }
        // What this throws may have been sent: it stays counted.
        job = await server.SendAsync(job.Id);
        if (job.State is not (LedgerState.Intended or LedgerState.Failed) || job.Handle is not null)
            return (job, false);
        cancel();
        throw NotAccepted(job);
    }

    /// <summary>Counts what a job has cost, once that is known.</summary>
    public void Settle(LedgerJob job)
    {
        if (job.UniqueKey is { } key && (job.IsFinished || job.State == LedgerState.Ended))
            server.Budget.Settle(key, job.Spent);
    }

    /// <summary>Sets aside what a job may cost.</summary>
    /// <returns>What takes it back.</returns>
    /// <exception cref="ToolException">It is not within the budget.</exception>
    private async Task<Action> ReserveAsync(string key, decimal earlier, decimal? ceiling, CancellationToken cancellationToken)
    {
        var budget = server.Budget;
        if (budget.Limit is { } limit && ceiling is null && !server.Settings.AllowUnknownPrice)
        {
            throw new ToolException(
                "unknown_price",
                $"What this job costs is not known, so it is not within the spend limit of {LedgerProgress.Dollars(limit)} for certain. Nothing was sent. "
                    + "Start the server with --allow-unknown-price to allow such jobs.");
        }
        if (budget.TryReserve(key, earlier, ceiling, out var cancel))
            return cancel;
        // What has ended meanwhile, perhaps by another process, may leave room.
        foreach (var (open, _) in budget.Open)
        {
            if (await server.FindByKeyAsync(open, cancellationToken) is { } job)
                Settle(job);
        }
        return budget.TryReserve(key, earlier, ceiling, out cancel) ? cancel : throw await OverLimitAsync(ceiling, cancellationToken);
    }

    private async Task<ToolException> OverLimitAsync(decimal? ceiling, CancellationToken cancellationToken)
    {
        var (most, left) = (server.Budget.Limit ?? 0, server.Budget.Left ?? 0);
        var blocking = ceiling is null && left > 0 ? server.Budget.Open.FirstOrDefault(open => open.IsUnpriced).Job : null;
        var job = blocking is null ? null : await server.FindByKeyAsync(blocking, cancellationToken);
        var cost = ceiling is { } amount ? $"may cost {LedgerProgress.Dollars(amount)}" : "has no known price";
        return new ToolException(
            "over_limit",
            blocking is null
                ? $"This job {cost}, and {LedgerProgress.Dollars(left)} of the spend limit of {LedgerProgress.Dollars(most)} is left. Nothing was sent or paid."
                : "Under a spend limit, jobs without a known price run one after the other, and one still does: resume_job waits for it. Nothing was sent.",
            writer =>
            {
                DataJson.WriteText(writer, "job", job?.Id);
                if (ceiling is { } atMost)
                    writer.WriteNumber("at_most", atMost);
                writer.WriteNumber("limit", most);
                writer.WriteNumber("left", left);
            });
    }

    private static ToolException NotAccepted(LedgerJob job) => new(
        job.State == LedgerState.Failed ? "refused" : "not_accepted",
        job.State == LedgerState.Failed
            ? "The provider refused the job. Nothing was paid. Another input or key is another job."
            : "The provider did not accept the job. Nothing was paid, and the same call tries once more.",
        writer =>
        {
            writer.WriteString("job", job.Id);
            DataJson.WriteText(writer, "detail", job.Reason);
        });
}
