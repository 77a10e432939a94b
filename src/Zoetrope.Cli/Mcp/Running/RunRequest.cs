using Zoetrope.Cli.Batches;
using Zoetrope.Cli.Mcp.Models;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Models;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Mcp.Running;

/// <summary>A job that a call asks for, which is valid.</summary>
/// <param name="Intent">What the ledger records.</param>
/// <param name="Client">The client of its provider.</param>
/// <param name="Warnings">What is valid and may not be meant.</param>
internal sealed record RunRequest(JobIntent Intent, MediaClient Client, IReadOnlyList<string> Warnings)
{
    /// <summary>The batch of jobs that were run without a key: in it the same input is one job.</summary>
    public const string Batch = "mcp";

    private const int LongestKey = 100;

    /// <summary>Makes it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The model.</param>
    /// <param name="provider">The only provider; null for the first that has a key.</param>
    /// <param name="input">The input.</param>
    /// <param name="key">What the job is recognized by; null for its input.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ToolException">The model does not exist, the input is not valid, or the key is that of another job.</exception>
    public static async Task<RunRequest> MakeAsync(
        JobServer server, string name, string? provider, RawJson input, string? key, CancellationToken cancellationToken)
    {
        if (key is { Length: > LongestKey } || key?.Any(char.IsControl) == true)
            throw new ToolException("invalid_arguments", $"'key' must be a text of at most {LongestKey} characters in one line.");
        var target = ModelInput.Find(name, provider);
        if (target.Parameters is null)
        {
            throw new ToolException(
                "unknown_model",
                "This build has no document of that model, so that neither its input nor its cost can be checked. search_models lists the models.");
        }
        var batch = key is null ? Batch : $"{Batch}:{key}";
        var begun = key is null ? null : await FirstAsync(server.Ledger, batch, cancellationToken);
        var clients = target.Providers.Select(one => server.FindClient(one.Name)).OfType<MediaClient>().ToList();
        // Where a key was used, its job goes on there: elsewhere it would be paid for again.
        var client = (begun is null ? null : clients.Find(one => one.Provider == begun.Provider)) ?? clients.FirstOrDefault()
            ?? throw new ToolException("no_key", $"No key is set for {string.Join(" or ", target.Providers.Select(one => one.Name))}, which has this model.");
        var model = new BatchModel(target, Provider.Find(client.Provider)!);
        var warnings = new List<string>();
        var mapped = ModelInput.Validate(model, input, warnings);
        var intent = (model.Endpoint is { } endpoint ? new JobIntent(endpoint, mapped) : new JobIntent(client.Provider, model.EndpointId, mapped)) with
        {
            Batch = batch,
            Label = key,
            Identity = input,
            Uploads = server.UploadsIn(mapped),
        };
        return begun is null || begun.IdentityHash == intent.ComputeIdentityHash()
            ? new RunRequest(intent, client, warnings)
            : throw new ToolException(
                "key_conflict", "The key was used for another model or input: a key is that of one job. Nothing was sent.",
                writer => writer.WriteString("job", begun.Id));
    }

    /// <summary>The most that the job may cost, in US dollars; null where that is not known.</summary>
    public async Task<decimal?> CeilingAsync(JobServer server, CancellationToken cancellationToken) =>
        await server.Prices.EstimateAsync(Intent, Client, cancellationToken) is { Unit: CostAmount.Usd } estimate ? estimate.Maximum : null;

    private static async Task<LedgerJob?> FirstAsync(JobLedger ledger, string batch, CancellationToken cancellationToken)
    {
        await foreach (var job in ledger.ListAsync(new LedgerQuery { Batch = batch, Limit = 1, WithoutContent = true }, cancellationToken))
            return job;
        return null;
    }
}
