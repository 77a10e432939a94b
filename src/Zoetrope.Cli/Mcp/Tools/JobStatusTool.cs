using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>job_status</c>.</summary>
/// <param name="server">What tools share.</param>
/// <param name="waiter">Takes the next step of jobs.</param>
internal sealed class JobStatusTool(JobServer server, JobWaiter waiter) : CliTool(
    "job_status",
    "Status of a job",
    "Asks once how far a job is, and returns its result if it has ended, and saves its files where the server does that. Nothing is submitted or paid.",
    JobArgument.Property,
    ["job"],
    JobJson.Properties + """
    , "progress": { "type": "string", "description": "How far it is, such as queued (position 2)." }
    """,
    new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true })
{
    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var text = arguments.Require("job");
        if (await JobArgument.FindAsync(server, text, cancellationToken) is { } job)
        {
            string? progress = null;
            job = await waiter.WaitAsync(job, TimeSpan.Zero, last => Task.FromResult(progress = last), cancellationToken);
            return ToolResults.Of(writer =>
            {
                JobJson.Write(writer, job);
                if (!JobTool.IsOver(job))
                    DataJson.WriteText(writer, "progress", progress);
            });
        }
        var (client, handle) = JobArgument.Other(server, text);
        var status = await ResumedJob.Of(client, handle).GetStatusAsync(cancellationToken: cancellationToken);
        return ToolResults.Of(writer =>
        {
            writer.WriteString("state", status.State switch
            {
                // As a job of the ledger: its states are done, failed, canceled, and those on the way to them.
                JobState.Completed => "done",
                JobState.Failed or JobState.Canceled => status.State.Name(),
                _ => "running",
            });
            writer.WriteString("handle", handle.ToString());
            writer.WriteString("progress", StatusText.Of(status));
        });
    }
}
