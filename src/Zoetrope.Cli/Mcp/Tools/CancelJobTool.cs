using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>cancel_job</c>.</summary>
/// <param name="server">What tools share.</param>
/// <param name="waiter">Takes the next step of jobs.</param>
internal sealed class CancelJobTool(JobServer server, JobWaiter waiter) : CliTool(
    "cancel_job",
    "Cancel a job",
    "Asks the provider to cancel a job. One that is running may still complete and be billed.",
    JobArgument.Property,
    ["job"],
    JobJson.Properties + """
    , "outcome": {
      "type": "string",
      "enum": ["requested", "already_completed", "already_running", "only_recorded", "not_supported", "not_found", "never_sent"]
    },
    "message": { "type": "string" }
    """,
    new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = true, IdempotentHint = true, OpenWorldHint = true })
{
    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var text = arguments.Require("job");
        if (await JobArgument.FindAsync(server, text, cancellationToken) is not { } job)
        {
            var (client, handle) = JobArgument.Other(server, text);
            var of = await client.Resume(handle).CancelAsync(cancellationToken);
            return ToolResults.Of(
                writer =>
                {
                    writer.WriteString("handle", handle.ToString());
                    writer.WriteString("outcome", CancelText.Word(of));
                    writer.WriteString("message", CancelText.Of(of));
                },
                isError: of != CancelOutcome.Requested);
        }
        if (job.State is LedgerState.Sent or LedgerState.InDoubt)
        {
            throw new ToolException(
                "in_doubt", "Whether the provider accepted the job is not known yet, so it cannot be canceled. `zoetrope jobs doubts` shows how to find out.",
                writer => writer.WriteString("job", job.Id));
        }
        var (canceled, outcome) = await server.Ledger.CancelAsync(job.Id, cancellationToken);
        // What the provider says at once is stored at once.
        canceled = await waiter.AdvanceAsync(canceled, cancellationToken);
        var isNeverSent = outcome is null && canceled is { State: LedgerState.Canceled, Handle: null };
        return ToolResults.Of(
            writer =>
            {
                JobJson.Write(writer, canceled, withResult: false);
                writer.WriteString("outcome", isNeverSent ? "never_sent" : CancelText.Word(outcome ?? CancelOutcome.AlreadyCompleted));
                writer.WriteString(
                    "message", isNeverSent ? "The job was not sent, and never will be." : CancelText.Of(outcome ?? CancelOutcome.AlreadyCompleted));
            },
            isError: !isNeverSent && canceled.State != LedgerState.Canceled && outcome != CancelOutcome.Requested);
    }
}
