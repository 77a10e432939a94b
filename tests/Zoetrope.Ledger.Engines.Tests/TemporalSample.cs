using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Workflows;
using Zoetrope.Jobs;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>The sample of docs/jobs-engines.md. It is compiled; no server of Temporal is at hand to run it.</summary>
public sealed class MediaActivities(JobLedger ledger)
{
    [Activity]
    public async Task<string> SendAsync(string id) => (await ledger.SendAsync(id, ActivityExecutionContext.Current.CancellationToken)).State.ToString();

    [Activity]
    public async Task<bool> AdvanceAsync(string id) => (await ledger.AdvanceAsync(id, ActivityExecutionContext.Current.CancellationToken)).IsFinished;
}

/// <summary>One paid job.</summary>
[Workflow]
public sealed class MediaWorkflow
{
    // Temporal's own retries, without end: no step sends a job twice.
    private static readonly ActivityOptions Step = new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(5),
        RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromSeconds(2), MaximumInterval = TimeSpan.FromMinutes(1) },
    };

    [WorkflowRun]
    public async Task RunAsync(string id)
    {
        while (await Workflow.ExecuteActivityAsync((MediaActivities media) => media.SendAsync(id), Step) == nameof(LedgerState.Intended))
            await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
        while (!await Workflow.ExecuteActivityAsync((MediaActivities media) => media.AdvanceAsync(id), Step))
            await Workflow.DelayAsync(TimeSpan.FromSeconds(5));
    }
}
