using Zoetrope.Jobs;

namespace Zoetrope.Cli.Batches;

/// <summary>What a batch that was begun must be like before more of it is recorded or sent.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="batch">The batch.</param>
/// <param name="path">The file of the ledger, for messages.</param>
internal sealed class BatchChecks(JobLedger ledger, string batch, string path)
{
    private const int MostNames = 10;

    private const string Unchanged = "Nothing was recorded or sent.";

    /// <summary>Requires that nothing is left to resume: inputs that are made once more would be paid for beside it.</summary>
    /// <exception cref="UsageException">Jobs are not finished.</exception>
    public async Task RequireFinishedAsync()
    {
        var summary = await ledger.SummarizeAsync(batch);
        if (summary.Total - summary.Finished is > 0 and var left)
        {
            throw new UsageException(
                [$"--again: {BatchOutcome.Jobs(left)} of '{batch}' {(left == 1 ? "is" : "are")} not finished: leave out --again to resume"], [Unchanged]);
        }
    }

    /// <summary>Requires that each job which is still to be sent is in the file: a line that was removed or corrected is not to be paid for.</summary>
    /// <param name="plan">The jobs of the file.</param>
    /// <exception cref="UsageException">Jobs are not in it.</exception>
    public async Task RequireInFileAsync(BatchPlan plan)
    {
        var inFile = plan.Jobs.Select(job => job.Intent.ComputeIdentityHash()).ToHashSet(StringComparer.Ordinal);
        // Jobs of version 1 of the ledger have no identity.
        inFile.UnionWith(plan.Jobs.Select(job => job.Intent.ComputeInputHash()));
        var left = new List<LedgerJob>();
        var query = new LedgerQuery { Batch = batch, States = [LedgerState.Intended], Limit = 1000, WithoutContent = true };
        await foreach (var job in ledger.ListAsync(query))
        {
            if (!inFile.Contains(job.IdentityHash))
                left.Add(job);
        }
        if (left.Count == 0)
            return;
        var names = string.Join(", ", left.Take(MostNames).Select(job => job.Label is { } label ? $"{job.Id} ({label})" : job.Id));
        throw new UsageException(
            [$"FILE: {BatchOutcome.Jobs(left.Count)} of '{batch}' would be sent, but {(left.Count == 1 ? "is" : "are")} not in the file any more: {names}"
                + (left.Count > MostNames ? ", ..." : "")],
            [Unchanged, $"Cancel what is not wanted with `zoetrope jobs cancel ID ... --ledger {BatchOutcome.Quoted(path)}`, or pass --keep to run it too."]);
    }
}
