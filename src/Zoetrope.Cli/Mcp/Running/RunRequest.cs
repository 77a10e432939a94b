using Zoetrope.Cli.Batches;
using Zoetrope.Cli.Mcp.Models;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Models;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Mcp.Running;

/// <summary>A job that a call asks for, which is valid.</summary>
/// <param name="Intent">What the ledger records.</param>
/// <param name="Identities">What the job is recognized by at each provider that the call allows, and by its input as the provider takes it.</param>
/// <param name="Turn">What all calls share that may be for this job, also those that name its provider where this one does not.</param>
/// <param name="Client">The client of its provider; null where no key is set for it, and the job was sent before.</param>
/// <param name="Warnings">What is valid and may not be meant.</param>
internal sealed record RunRequest(
    JobIntent Intent, IReadOnlyList<string> Identities, string Turn, MediaClient? Client, IReadOnlyList<string> Warnings)
{
    /// <summary>The batch of jobs that were run without a key: in it the same input is one job. With a key, it is a batch of one job.</summary>
    public const string Batch = "mcp";

    private const int LongestKey = 100;

    /// <summary>Makes it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The model.</param>
    /// <param name="provider">The only provider; null for the one that has the job already, or else the first that has a key.</param>
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
        var possible = target.Providers.Select(one => new JobIntent(one.Name, new BatchModel(target, one).EndpointId, input)
        {
            Batch = batch,
            IsOnlyOfBatch = key is not null,
        }).ToList();
        // A call that leaves the provider open is recognized by the model, because which provider is the first depends on the keys that a server has.
        var model = key is null ? (target.Neutral ?? ModelTarget.FindNeutral(possible[0].Provider, possible[0].EndpointId))?.Name : null;
        var anywhere = model is null ? [] : possible.ConvertAll(one => one with { IdentityModel = model });
        var identities = possible.Concat(anywhere).Select(one => one.ComputeIdentityHash()).Distinct().ToList();
        // Where the job is already, it goes on, or it would be paid for again.
        var begun = await FindBegunAsync(server, possible, anywhere, cancellationToken);
        if (begun is not null)
            Check(begun, identities);
        var client = begun is not null
            ? server.FindClient(begun.Provider)
            : target.Providers.Select(one => server.FindClient(one.Name)).FirstOrDefault(one => one is not null);
        if (client is null && begun is null or { State: LedgerState.Intended })
        {
            throw new ToolException(
                "no_key",
                begun is null
                    ? $"No key is set for {string.Join(" or ", target.Providers.Select(one => one.Name))}, which has this model."
                    : $"No key is set for {begun.Provider}, at which the job is recorded and not sent yet. A call that names another provider is another job.",
                writer => DataJson.WriteText(writer, "job", begun?.Id));
        }
        var chosen = new BatchModel(target, Provider.Find(begun?.Provider ?? client!.Provider)!);
        var warnings = new List<string>();
        var mapped = ModelInput.Validate(chosen, input, warnings);
        var isAnywhere = anywhere.Count > 0
            && (begun is null ? target.Providers.Count > 1 : begun.UniqueKey == anywhere[0].ComputeUniqueKey());
        var intent = chosen.Endpoint is { } endpoint ? new JobIntent(endpoint, mapped) : new JobIntent(chosen.Provider.Name, chosen.EndpointId, mapped);
        intent = intent with
        {
            Batch = batch,
            IsOnlyOfBatch = key is not null,
            Label = key,
            Identity = input,
            IdentityModel = isAnywhere ? model : null,
            Alternatives = isAnywhere ? possible : [.. anywhere.Where(one => one.Provider == chosen.Provider.Name)],
            Uploads = server.UploadsIn(mapped),
        };
        // Without a key, the ledger also recognizes the input as the provider takes it, which another name of the model may have had as it is.
        if (key is null)
            identities.Add(intent.ComputeInputHash());
        return new RunRequest(intent, identities, anywhere.Count > 0 ? anywhere[0].ComputeUniqueKey() : intent.ComputeUniqueKey(), client, warnings);
    }

    /// <summary>
    /// Finds the job of the ledger that recording this one would return, before anything is set aside for it; null where this one would be recorded.
    /// </summary>
    public async Task<LedgerJob?> FindKnownAsync(JobServer server, CancellationToken cancellationToken)
    {
        // In the order of the ledger: by its own key, by its input as the provider takes it, and by what would be the same job at its provider.
        var input = Intent with { Identity = null, IdentityModel = null };
        foreach (var one in Intent.Alternatives.Prepend(input).Prepend(Intent).DistinctBy(one => (one.ComputeUniqueKey(), one.Provider)))
        {
            if (await server.FindByKeyAsync(one.ComputeUniqueKey(), cancellationToken) is { } job && (one == Intent || job.Provider == one.Provider))
                return job;
        }
        return null;
    }

    /// <summary>Holds the job that the ledger has under the key of this one to what the call asks for.</summary>
    /// <exception cref="ToolException">It is another one.</exception>
    public void Check(LedgerJob job) => Check(job, Identities);

    /// <summary>The most that the job may cost, in US dollars; null where that is not known.</summary>
    /// <exception cref="ToolException">The provider's price cannot be read now, and a limit needs it.</exception>
    public async Task<decimal?> CeilingAsync(JobServer server, CancellationToken cancellationToken)
    {
        try
        {
            return await server.Prices.EstimateAsync(Intent, Client!, cancellationToken) is { Unit: CostAmount.Usd } estimate ? estimate.Maximum : null;
        }
        catch (ZoetropeException exception)
        {
            if (server.Budget.Limit is null || server.Settings.AllowUnknownPrice)
                return null;
            throw ToolException.With(
                "unknown_price", "The price that the provider publishes cannot be read now. Nothing was sent; the same call asks again.", exception.Message);
        }
    }

    private static void Check(LedgerJob job, IReadOnlyList<string> identities)
    {
        if (!identities.Contains(job.IdentityHash))
        {
            throw new ToolException(
                "key_conflict", "The key was used for another model, provider or input: a key is that of one job. Nothing was sent.",
                writer => writer.WriteString("job", job.Id));
        }
    }

    // What was sent counts before what was not, and of that what this server can send.
    private static async Task<LedgerJob?> FindBegunAsync(
        JobServer server, List<JobIntent> possible, List<JobIntent> anywhere, CancellationToken cancellationToken)
    {
        LedgerJob? waiting = null;
        foreach (var key in possible.Concat(anywhere).Select(one => one.ComputeUniqueKey()).Distinct())
        {
            switch (await server.FindByKeyAsync(key, cancellationToken))
            {
                case { } elsewhere when !possible[0].IsOnlyOfBatch && possible.TrueForAll(one => one.Provider != elsewhere.Provider):
                    break;
                case { State: not LedgerState.Intended } sent:
                    return sent;
                // One that this server has no key for counts as well: another server may send it at any time.
                case { } job when waiting is null || (server.FindClient(waiting.Provider) is null && server.FindClient(job.Provider) is not null):
                    waiting = job;
                    break;
            }
        }
        return waiting;
    }
}
