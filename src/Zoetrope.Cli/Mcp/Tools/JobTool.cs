using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary>A tool that has a job of the ledger, and waits for it: a client that supports tasks gets a task in place of the wait.</summary>
internal abstract class JobTool : CliTool
{
    /// <summary>The schema of the time to wait.</summary>
    protected const string WaitProperty = """
        "wait_seconds": {
          "type": "integer",
          "minimum": 0,
          "maximum": 3600,
          "description": "How long to wait for the result. Then the job goes on, and resume_job waits for it."
        }
        """;

    private readonly JobWaiter _waiter;

    /// <inheritdoc cref="CliTool(string, string, string, string, string[], string, ToolAnnotations)"/>
    protected JobTool(
        string name, string title, string description, string input, string[] required, ToolAnnotations hints, JobServer server, JobWaiter waiter)
        : base(name, title, description, input, required, JobJson.Properties, hints)
    {
        Server = server;
        _waiter = waiter;
    }

    /// <summary>What tools share.</summary>
    protected JobServer Server { get; }

    /// <summary>Finds or submits the job, and does not wait for it.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">Canceled when the client does not wait any more.</param>
    /// <returns>The job, whether it was there before and what may not be meant, or the result where there is none to wait for.</returns>
    public async Task<((LedgerJob Job, bool IsRepeated, IReadOnlyList<string> Warnings)? Begun, CallToolResult? Result)> BeginAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        (LedgerJob Job, bool IsRepeated, IReadOnlyList<string> Warnings)? begun = null;
        var result = await ReportAsync(
            async () =>
            {
                var started = await StartAsync(ArgumentsOf(request), Server.Settings.Wait, cancellationToken);
                if (started is { Job: { } found } && !IsOver(found))
                    begun = started;
                return started is { } known ? ResultOf(known.Job, known.IsRepeated, known.Warnings) : await InvokeAsync(request, cancellationToken);
            },
            cancellationToken);
        return begun is null ? (null, result) : (begun, null);
    }

    /// <summary>The result of a job as it is.</summary>
    public static CallToolResult ResultOf(LedgerJob job, bool isRepeated = false, IReadOnlyList<string>? warnings = null) => ToolResults.Of(
        writer =>
        {
            JobJson.Write(writer, job);
            if (isRepeated)
                writer.WriteBoolean("repeated", true);
            WriteWarnings(writer, warnings ?? []);
        },
        isError: job.State is LedgerState.Failed or LedgerState.Canceled or LedgerState.InDoubt);

    /// <summary>Writes warnings, if there are any.</summary>
    public static void WriteWarnings(Utf8JsonWriter writer, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return;
        writer.WriteStartArray("warnings");
        foreach (var warning in warnings)
            writer.WriteStringValue(DataJson.Shortened(warning));
        writer.WriteEndArray();
    }

    /// <summary>Whether a wait changes nothing.</summary>
    public static bool IsOver(LedgerJob job) => job.IsFinished || job.State is LedgerState.InDoubt or LedgerState.Intended;

    /// <summary>Finds or submits the job; null where the call is of another one, which only <see cref="OtherAsync"/> knows.</summary>
    protected abstract Task<(LedgerJob Job, bool IsRepeated, IReadOnlyList<string> Warnings)?> StartAsync(
        ToolArguments arguments, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>What a call does that is of no job of the ledger.</summary>
    protected virtual Task<CallToolResult> OtherAsync(
        ToolArguments arguments, TimeSpan wait, Func<string, Task> report, CancellationToken cancellationToken) => throw new InvalidOperationException();

    /// <inheritdoc/>
    protected sealed override async Task<CallToolResult> RunAsync(ToolArguments arguments, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var wait = arguments.Integer("wait_seconds", 0, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : Server.Settings.Wait;
        var watch = Stopwatch.StartNew();
        if (await StartAsync(arguments, wait, cancellationToken) is not var (job, isRepeated, warnings))
            return await OtherAsync(arguments, wait, report, cancellationToken);
        return ResultOf(await _waiter.WaitAsync(job, wait - watch.Elapsed, report, cancellationToken), isRepeated, warnings);
    }
}
