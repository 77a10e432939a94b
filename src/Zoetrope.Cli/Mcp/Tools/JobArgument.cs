using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;
using Zoetrope.Clients;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary>The argument that names a job: its id in the ledger, or a handle.</summary>
internal static class JobArgument
{
    /// <summary>Its schema.</summary>
    public const string Property = """
        "job": { "type": "string", "description": "The id of a job, as run_model and list_jobs return it, or the handle of one." }
        """;

    /// <summary>Finds the job; null for the handle of one that the ledger does not have.</summary>
    /// <exception cref="ToolException">It is neither.</exception>
    public static async Task<LedgerJob?> FindAsync(JobServer server, string text, CancellationToken cancellationToken)
    {
        if (await server.Ledger.FindAsync(text, cancellationToken) is { } job)
            return job;
        if (!JobHandle.TryParse(text, out var handle))
            throw new ToolException("unknown_job", "The ledger has no such job, and it is not a handle. list_jobs lists the jobs.");
        return await server.Ledger.Store.FindByHandleAsync(handle, cancellationToken) is [var known, ..] ? known : null;
    }

    /// <summary>The client and the handle of a job that the ledger does not have.</summary>
    /// <exception cref="ToolException">No key is set for its provider.</exception>
    public static (MediaClient Client, JobHandle Handle) Other(JobServer server, string text)
    {
        var handle = JobHandle.Parse(text);
        return (server.FindClient(handle.Provider) ?? throw new ToolException("no_key", "No key is set for the provider that has this job."), handle);
    }
}
