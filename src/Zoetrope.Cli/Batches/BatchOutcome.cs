using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Batches;

/// <summary>What came of a batch, and what its user can do about it.</summary>
internal static class BatchOutcome
{
    /// <summary>Reports the outcome.</summary>
    /// <param name="reporter">Where.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="summary">The batch as it is.</param>
    /// <param name="batch">Its name.</param>
    /// <param name="path">The file of the ledger; null where it ends with the command.</param>
    /// <param name="wasInterrupted">Whether a signal ended the run.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ReportAsync(
        IReporter reporter, JobLedger ledger, LedgerSummary summary, string batch, string? path, bool wasInterrupted)
    {
        var left = path is null ? "" : $" --ledger {Quoted(path)}";
        var doubts = summary[LedgerState.InDoubt];
        var failed = summary[LedgerState.Failed] + summary[LedgerState.Canceled];
        var waiting = summary.Total - summary.Finished - doubts;
        reporter.WriteLine($"{summary[LedgerState.Delivered]} of {summary.Total} jobs of '{batch}' are done; {LedgerProgress.Dollars(summary.Spent)} spent.");
        if (doubts > 0)
        {
            reporter.WriteLine($"In doubt: {Jobs(doubts)} may have been accepted, and will not be sent again without a decision."
                + (path is null ? "" : $" `zoetrope jobs doubts{left}` shows how to resolve them."));
        }
        if (failed > 0)
        {
            reporter.WriteLine(path is null
                ? $"Failed: {Jobs(failed)}."
                : $"Failed: {Jobs(failed)}. `zoetrope jobs list --state failed{left}` shows why; `zoetrope jobs retry ID{left}` puts one back, to be "
                    + "submitted and paid for again by the same command.");
        }
        if (waiting == 0)
            return wasInterrupted ? ExitCode.Interrupted : doubts > 0 ? ExitCode.NotKnown : failed > 0 ? ExitCode.Refused : ExitCode.Done;
        if (wasInterrupted)
        {
            var sent = summary[LedgerState.Sent] + summary[LedgerState.Accepted];
            reporter.WriteLine(path is null
                ? "Interrupted. The embedded simulator and its jobs end with this command."
                : $"Interrupted: {Jobs(waiting)} are left, of which {sent} go on at the provider. Resume with the same command: nothing is paid for twice.");
            return ExitCode.Interrupted;
        }
        var reason = summary.Paused > 0 ? await ReasonAsync(ledger, batch) : null;
        reporter.WriteLine($"Waiting: {Jobs(waiting)}{(reason is null ? "" : $", because {reason}")}.");
        reporter.WriteLine("When that is mended (a greater --max-cost, a --max-job-cost, the account), the same command goes on with them.");
        return doubts > 0 ? ExitCode.NotKnown : ExitCode.StoppedWaiting;
    }

    private static async Task<string?> ReasonAsync(JobLedger ledger, string batch)
    {
        await foreach (var job in ledger.ListAsync(new LedgerQuery { Batch = batch, States = [LedgerState.Intended], WithoutContent = true }))
        {
            if (job.Reason is not null)
                return job.Reason.TrimEnd('.');
        }
        return null;
    }

    /// <summary>A number of jobs in words.</summary>
    public static string Jobs(long count) => count == 1 ? "1 job" : $"{count} jobs";

    /// <summary>A path as a shell takes it.</summary>
    public static string Quoted(string path) => path.All(one => char.IsLetterOrDigit(one) || one is '/' or '.' or '-' or '_' or '\\' or ':')
        ? path
        : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
