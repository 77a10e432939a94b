using System.Collections.Concurrent;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Running;

/// <summary>Records and sends jobs: each once, within the budget.</summary>
/// <param name="server">What tools share.</param>
internal sealed class JobRunner(JobServer server)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Records a job, unless the ledger has it, and sends it, unless it was sent.</summary>
    /// <param name="request">The job.</param>
    /// <param name="cancellationToken">Cancels what has not begun: a submit that is on its way ends by itself.</param>
    /// <returns>The job, and whether it was there before.</returns>
    /// <exception cref="ToolException">It may cost too much, or was not accepted. Nothing was paid.</exception>
    public async Task<(LedgerJob Job, bool IsRepeated)> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var key = request.Intent.ComputeUniqueKey();
        // Calls for one job take turns: one that is refused must not give back what another one's submit counts on.
        var turn = _turns.GetOrAdd(key, static _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        var starting = StartInTurnAsync(request, key, cancellationToken);
        _ = starting.ContinueWith(_ => turn.Release(), TaskScheduler.Default);
        return await starting.WaitAsync(cancellationToken);
    }

    private async Task<(LedgerJob Job, bool IsRepeated)> StartInTurnAsync(RunRequest request, string key, CancellationToken cancellationToken)
    {
        var ceiling = await request.CeilingAsync(server, cancellationToken);
        if (Refuse(key, ceiling, out var isReserved) is { } refusal)
        {
            // What is paid for already is returned whatever is left.
            return await FindAsync(request.Intent, key, cancellationToken) is { State: not LedgerState.Intended } existing ? (existing, true) : throw refusal;
        }
        LedgerJob job;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            server.Stopping.ThrowIfCancellationRequested();
            job = await server.Ledger.IntendAsync(request.Intent with { Ceiling = ceiling }, CancellationToken.None);
        }
        catch
        {
            Release(key, isReserved);
            throw;
        }
        if (job.State != LedgerState.Intended)
        {
            // This run has not sent it, unless it had set something aside before.
            Release(key, isReserved);
            return (job, true);
        }
        // What this throws may have been sent: it stays counted.
        job = await server.SendAsync(job.Id);
        if (job.State is not (LedgerState.Intended or LedgerState.Failed) || job.Handle is not null)
            return (job, false);
        Release(key, true);
        throw NotAccepted(job);
    }

    /// <summary>Counts what a job has cost, once that is known.</summary>
    public void Settle(LedgerJob job)
    {
        if (job.UniqueKey is { } key && (job.IsFinished || job.State == LedgerState.Ended))
            server.Budget.Settle(key, job.Spent);
    }

    private void Release(string key, bool isReserved)
    {
        if (isReserved)
            server.Budget.Release(key);
    }

    /// <summary>Sets aside what a job may cost.</summary>
    /// <returns>Why it is not within the budget; null where it is.</returns>
    private ToolException? Refuse(string key, decimal? ceiling, out bool isReserved)
    {
        isReserved = false;
        if (server.Budget.Limit is { } limit && ceiling is null && !server.Settings.AllowUnknownPrice)
        {
            return new ToolException(
                "unknown_price",
                $"What this job costs is not known, so it is not within the spend limit of {LedgerProgress.Dollars(limit)} for certain. Nothing was sent. "
                    + "Whoever starts the server can allow such jobs with --allow-unknown-price.");
        }
        if (server.Budget.TryReserve(key, ceiling ?? 0, out isReserved))
            return null;
        var (most, left) = (server.Budget.Limit ?? 0, server.Budget.Left ?? 0);
        return new ToolException(
            "over_limit",
            $"This job may cost {LedgerProgress.Dollars(ceiling ?? 0)}, and {LedgerProgress.Dollars(left)} of the spend limit of "
                + $"{LedgerProgress.Dollars(most)} is left. Nothing was sent or paid.",
            writer =>
            {
                writer.WriteNumber("at_most", ceiling ?? 0);
                writer.WriteNumber("limit", most);
                writer.WriteNumber("left", left);
            });
    }

    private async Task<LedgerJob?> FindAsync(JobIntent intent, string key, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Batch = intent.Batch, Provider = intent.Provider, EndpointId = intent.EndpointId, Limit = 1000, WithoutContent = true };
        await foreach (var job in server.Ledger.ListAsync(query, cancellationToken))
        {
            if (job.UniqueKey == key)
                return job;
        }
        return null;
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
