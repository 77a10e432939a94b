using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>list_jobs</c>.</summary>
/// <param name="server">What tools share.</param>
internal sealed class ListJobsTool(JobServer server) : CliTool(
    "list_jobs",
    "List jobs",
    "Lists the jobs of the ledger, those of earlier runs included, the newest first. Calls no provider.",
    """
    "state": { "type": "string", "enum": ["not_sent", "sending", "in_doubt", "running", "done", "failed", "canceled"] },
    "limit": { "type": "integer", "minimum": 1, "maximum": 100, "default": 20 },
    "cursor": { "type": "string", "description": "The next_cursor of the page before." }
    """,
    [],
    $$"""
    "jobs": { "type": "array", "items": { "type": "object", "properties": { {{JobJson.Properties}} } } },
    "next_cursor": { "type": "string" }
    """,
    new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false })
{
    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var limit = arguments.Integer("limit", 1, 100) ?? 20;
        IReadOnlyList<LedgerState> states = [];
        if (arguments.Text("state") is { } word)
            states = JobJson.StatesOf(word) ?? throw ToolArguments.Invalid("'state' must be one of the states of the schema.");
        // One more shows whether there is a next page.
        var query = new LedgerQuery
        {
            States = states, NewestFirst = true, WithoutContent = true, Limit = limit + 1, After = arguments.Text("cursor"),
        };
        var jobs = await server.Ledger.Store.ListAsync(query, cancellationToken);
        return ToolResults.Of(writer =>
        {
            writer.WriteStartArray("jobs");
            foreach (var job in jobs.Take(limit))
            {
                writer.WriteStartObject();
                JobJson.Write(writer, job, withResult: false);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            if (jobs.Count > limit)
                writer.WriteString("next_cursor", jobs[limit - 1].Id);
        });
    }
}
