using System.Diagnostics;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Output;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Running;

/// <summary>Waits for jobs of the ledger, as long as a call lasts.</summary>
/// <param name="server">What tools share.</param>
/// <param name="runner">Counts what jobs have cost.</param>
internal sealed class JobWaiter(JobServer server, JobRunner runner)
{
    /// <summary>Waits until a job has ended, the time is over, or the server stops.</summary>
    /// <param name="job">The job.</param>
    /// <param name="limit">The time.</param>
    /// <param name="report">Takes how far it is.</param>
    /// <param name="cancellationToken">Ends the wait. The job goes on.</param>
    /// <returns>The job as it is then.</returns>
    public async Task<LedgerJob> WaitAsync(LedgerJob job, TimeSpan limit, Func<string, Task> report, CancellationToken cancellationToken)
    {
        if (IsOpen(job, isTried: false) && server.FindClient(job.Provider) is null)
        {
            throw new ToolException(
                "no_key", $"No key is set for {job.Provider}, which has this job.", writer => writer.WriteString("job", job.Id));
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.Stopping);
        var watch = Stopwatch.StartNew();
        var pause = server.FindClient(job.Provider)?.Protocol.Polling.Initial ?? TimeSpan.FromSeconds(1);
        string? last = null;
        var isTried = false;
        try
        {
            while (IsOpen(job, isTried))
            {
                var (text, isDue) = await LookAsync(job, ended.Token);
                if (text != last)
                    await report(last = text);
                if (isDue)
                {
                    isTried = job.State == LedgerState.Ended;
                    job = await AdvanceAsync(job, ended.Token);
                }
                var left = limit - watch.Elapsed;
                if (!IsOpen(job, isTried) || left <= TimeSpan.Zero)
                    break;
                await Task.Delay(pause < left ? pause : left, ended.Token);
                pause = PollPauses.After(pause, server.FindClient(job.Provider)?.Protocol.Polling.Maximum ?? pause);
            }
        }
        catch (OperationCanceledException) when (server.Stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The client hears at least which job goes on.
        }
        // Also where another process took the last step.
        runner.Settle(job);
        return job;
    }

    /// <summary>Takes the next step of a job, if it has one that happens by itself.</summary>
    public async Task<LedgerJob> AdvanceAsync(LedgerJob job, CancellationToken cancellationToken)
    {
        if (!job.IsFinished && job.State != LedgerState.Intended && server.FindClient(job.Provider) is not null)
            job = await server.Ledger.AdvanceAsync(job.Id, cancellationToken);
        runner.Settle(job);
        return job;
    }

    // Of a job that has ended, only storing its files can be left: each wait tries that once, also where an earlier one has failed.
    private static bool IsOpen(LedgerJob job, bool isTried) =>
        job.State is LedgerState.Sent or LedgerState.Accepted || (job.State == LedgerState.Ended && !(isTried && job.Reason is not null));

    private async Task<(string Text, bool IsDue)> LookAsync(LedgerJob job, CancellationToken cancellationToken)
    {
        if (job.State != LedgerState.Accepted || server.FindClient(job.Provider) is not { } client)
            return (job.State == LedgerState.Ended ? "storing the result" : "submitting", true);
        try
        {
            var status = await ResumedJob.Of(client, job.Handle! with { }).GetStatusAsync(cancellationToken: cancellationToken);
            return (StatusText.Of(status), status.IsTerminal);
        }
        catch (ZoetropeException)
        {
            // The ledger's own step finds out what that means, and stores it.
            return ("no status, retrying", true);
        }
    }
}
