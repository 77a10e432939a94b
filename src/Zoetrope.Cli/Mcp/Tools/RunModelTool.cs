using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>run_model</c>.</summary>
/// <param name="server">What tools share.</param>
/// <param name="runner">Sends jobs.</param>
/// <param name="waiter">Waits for them.</param>
internal sealed class RunModelTool(JobServer server, JobRunner runner, JobWaiter waiter) : JobTool(
    "run_model",
    "Run a model",
    "Runs a model, which costs money, and returns its result with the URLs of its files. The input is validated first: one that is not valid is an error that "
        + "names the member and the rule, and costs nothing. A job takes seconds to minutes; when the wait is over it goes on, and resume_job waits for it. "
        + "Call it again with the same arguments if you do not know what came of a call: it is the same job, and not paid for twice.",
    $$"""
    "model": { "type": "string", "description": "The model, as search_models lists it." },
    "provider": { "type": "string", "description": "The provider, of a model that several have. Default: the first that has a key." },
    "input": { "type": "object", "description": "The input, as show_model describes it. Files are URLs; upload_file makes one of a local file." },
    "key": {
      "type": "string",
      "maxLength": 100,
      "description": "Calls with the same key are one job, paid for once. Without it those with the same input are. A new key makes it again, and pays for it."
    },
    {{WaitProperty}}
    """,
    ["model", "input"],
    // It makes and pays for something, and deletes nothing; a call with the same arguments has no further effect.
    new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    server,
    waiter)
{
    protected override async Task<(LedgerJob Job, bool IsRepeated, IReadOnlyList<string> Warnings)?> StartAsync(
        ToolArguments arguments, TimeSpan wait, CancellationToken cancellationToken)
    {
        var request = await RunRequest.MakeAsync(
            Server, arguments.Require("model"), arguments.Text("provider"), arguments.RequireObject("input"), arguments.Text("key"), cancellationToken);
        var (job, isRepeated) = await runner.StartAsync(request, wait, cancellationToken);
        return (job, isRepeated, request.Warnings);
    }
}
