using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>resume_job</c>.</summary>
/// <param name="server">What tools share.</param>
/// <param name="waiter">Waits for jobs.</param>
internal sealed class ResumeJobTool(JobServer server, JobWaiter waiter) : JobTool(
    "resume_job",
    "Resume a job",
    "Waits for a job that was run earlier, also by another process, and returns its result. Nothing is submitted or paid again.",
    $"{JobArgument.Property}, {WaitProperty}",
    ["job"],
    new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    server,
    waiter)
{
    protected override async Task<(LedgerJob Job, bool IsRepeated, IReadOnlyList<string> Warnings)?> StartAsync(
        ToolArguments arguments, TimeSpan wait, CancellationToken cancellationToken) =>
        await JobArgument.FindAsync(Server, arguments.Require("job"), cancellationToken) is { } job ? (job, false, []) : null;

    protected override async Task<CallToolResult> OtherAsync(
        ToolArguments arguments, TimeSpan wait, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var (client, handle) = JobArgument.Other(Server, arguments.Require("job"));
        var reports = Task.CompletedTask;
        var options = new WaitOptions
        {
            Timeout = wait,
            OnUpdate = status => reports = reports.ContinueWith(_ => report(StatusText.Of(status)), TaskScheduler.Default).Unwrap(),
        };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Server.Stopping);
        try
        {
            var result = await client.Resume(handle).WaitAsync(options, ended.Token);
            return ToolResults.Of(writer =>
            {
                Write(writer, handle, "done");
                JobJson.WriteResult(writer, handle.Provider, handle.EndpointId, result.Raw);
            });
        }
        catch (JobWaitCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (exception is JobTimeoutException or JobWaitCanceledException)
        {
            return ToolResults.Of(writer => Write(writer, handle, "running"));
        }
        catch (JobException exception) when (exception is JobFailedException or JobCanceledException)
        {
            return ToolResults.Of(
                writer =>
                {
                    Write(writer, handle, exception is JobFailedException ? "failed" : "canceled");
                    DataJson.WriteText(writer, "detail", exception.Message);
                },
                isError: true);
        }
        finally
        {
            await reports.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer, JobHandle handle, string state)
    {
        writer.WriteString("state", state);
        writer.WriteString("provider", handle.Provider);
        writer.WriteString("endpoint", handle.EndpointId);
        writer.WriteString("handle", handle.ToString());
    }
}
