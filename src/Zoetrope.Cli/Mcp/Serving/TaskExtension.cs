using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Cli.Mcp.Tools;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Serving;

/// <summary>
/// The tasks extension of the protocol: a client that supports it gets a task of run_model and resume_job, once the job is accepted. The task is the job in the
/// ledger, with its id, so that it outlives the connection and this process.
/// </summary>
/// <param name="server">What tools share.</param>
/// <param name="waiter">Takes the next step of jobs.</param>
internal sealed class TaskExtension(JobServer server, JobWaiter waiter)
{
    private const string Id = "io.modelcontextprotocol/tasks";
    private const string TaskId = "taskId";
    private const int LeastInterval = 1000;

    // What the calls that made tasks had to say, for the result.
    private readonly ConcurrentDictionary<string, (bool IsRepeated, IReadOnlyList<string> Warnings)> _notes = new(StringComparer.Ordinal);

    /// <summary>Adds it to a server.</summary>
    public void AddTo(McpServerOptions options)
    {
        options.Capabilities ??= new ServerCapabilities();
        options.Capabilities.Extensions ??= new Dictionary<string, object>();
        options.Capabilities.Extensions[Id] = new JsonObject();
        options.Filters.Request.CallToolWithAlternateFilters.Add(async (request, next, cancellationToken) =>
        {
            if (!Supports(request.JsonRpcRequest) || request.MatchedPrimitive is not JobTool tool)
                return await next(request, cancellationToken);
            var (begun, result) = await tool.BeginAsync(request, cancellationToken);
            if (begun is not var (job, isRepeated, warnings))
                return new ResultOrAlternate<CallToolResult>(result!);
            if (isRepeated || warnings.Count > 0)
                _notes[job.Id] = (isRepeated, warnings);
            return ResultOrAlternate<CallToolResult>.FromAlternate(Created(job), CreatedTask.TypeInfo);
        });
        options.RequestHandlers ??= [];
        Add("tasks/get", GetAsync);
        Add("tasks/update", UpdateAsync);
        Add("tasks/cancel", CancelAsync);

        void Add(string method, Func<LedgerJob, CancellationToken, Task<JsonObject>> handle) => options.RequestHandlers.Add(new McpServerRequestHandler
        {
            Method = method,
            RoutingNameParameter = TaskId,
            Handler = async (request, cancellationToken) => await HandleAsync(request.JsonRpcRequest, handle, cancellationToken),
        });
    }

    private async Task<JsonNode?> HandleAsync(
        JsonRpcRequest request, Func<LedgerJob, CancellationToken, Task<JsonObject>> handle, CancellationToken cancellationToken)
    {
        if (!ProtocolVersions.HasRequestMetadata(request.Context?.ProtocolVersion))
            throw new McpProtocolException($"'{request.Method}' needs a later version of the protocol.", McpErrorCode.MethodNotFound);
        if (!Supports(request))
            throw new McpProtocolException($"'{request.Method}' needs a client with the extension {Id}.", McpErrorCode.MissingRequiredClientCapability);
        if (request.Params?[TaskId] is not JsonValue value || !value.TryGetValue<string>(out var id) || id.Length == 0)
            throw new McpProtocolException($"'{TaskId}' is required.", McpErrorCode.InvalidParams);
        try
        {
            var job = await server.Ledger.FindAsync(id, cancellationToken)
                ?? throw new McpProtocolException("There is no such task.", McpErrorCode.InvalidParams);
            return await handle(job, cancellationToken);
        }
        catch (Exception exception) when (exception is LedgerException or ToolException)
        {
            throw new McpProtocolException(exception.Message, exception, McpErrorCode.InvalidRequest);
        }
        catch (ZoetropeException exception)
        {
            // What the provider says is not a part of a sentence of ours.
            throw new McpProtocolException("The provider did not do that.", exception, McpErrorCode.InternalError);
        }
    }

    private async Task<JsonObject> GetAsync(LedgerJob job, CancellationToken cancellationToken)
    {
        string? progress = null;
        job = await waiter.WaitAsync(job, TimeSpan.Zero, last => Task.FromResult(progress = last), cancellationToken);
        // The client gets the result even where files could not be saved, which it says.
        var isOver = JobTool.IsOver(job) || job is { State: LedgerState.Ended, Reason: not null };
        var task = new JsonObject
        {
            ["resultType"] = "complete",
            [TaskId] = job.Id,
            // A job that failed is a result of the tool with an error; a task only fails where the protocol does.
            ["status"] = job.State == LedgerState.Canceled ? "cancelled" : isOver ? "completed" : "working",
            ["createdAt"] = JsonValue.Create(job.CreatedAt),
            ["lastUpdatedAt"] = JsonValue.Create(LastChange(job)),
        };
        if (!isOver)
        {
            task["statusMessage"] = progress;
            task["pollIntervalMs"] = IntervalOf(job);
        }
        else if (job.State != LedgerState.Canceled)
        {
            var (isRepeated, warnings) = _notes.GetValueOrDefault(job.Id, (false, []));
            task["result"] = JsonSerializer.SerializeToNode(
                JobTool.ResultOf(job, isRepeated, warnings), McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)));
        }
        return task;
    }

    // No job asks its client for anything.
    private static Task<JsonObject> UpdateAsync(LedgerJob job, CancellationToken cancellationToken) => Task.FromResult(Acknowledged());

    private async Task<JsonObject> CancelAsync(LedgerJob job, CancellationToken cancellationToken)
    {
        await server.Ledger.CancelAsync(job.Id, cancellationToken);
        return Acknowledged();
    }

    private CreatedTask Created(LedgerJob job) => new()
    {
        ResultType = "task",
        TaskId = job.Id,
        CreatedAt = job.CreatedAt,
        LastUpdatedAt = LastChange(job),
        PollInterval = IntervalOf(job),
    };

    private long IntervalOf(LedgerJob job) =>
        Math.Max(LeastInterval, (long)(server.FindClient(job.Provider)?.Protocol.Polling.Initial.TotalMilliseconds ?? LeastInterval));

    private static DateTimeOffset LastChange(LedgerJob job) => job.DeliveredAt ?? job.EndedAt ?? job.AcceptedAt ?? job.SentAt ?? job.CreatedAt;

    private static JsonObject Acknowledged() => new() { ["resultType"] = "complete" };

    private static bool Supports(JsonRpcRequest request) =>
        ProtocolVersions.HasRequestMetadata(request.Context?.ProtocolVersion)
            && request.Context?.ClientCapabilities?.Extensions?.ContainsKey(Id) == true;
}
