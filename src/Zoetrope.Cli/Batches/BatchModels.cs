using Zoetrope.Cli.Models;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Batches;

/// <summary>Finds the models of a batch, and the provider that runs each.</summary>
/// <param name="model">The model of the lines that name none; null where each must.</param>
/// <param name="provider">The only provider; null for any.</param>
/// <param name="connect">Plans the connection to one of some providers.</param>
internal sealed class BatchModels(string? model, string? provider, Func<IReadOnlyList<Provider>, ConnectionPlan> connect)
{
    private readonly Dictionary<string, BatchModel> _found = new(StringComparer.Ordinal);
    private readonly HashSet<(string Provider, string EndpointId)> _begun = [];
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>The providers of the models that were found, and of the jobs that the batch has left.</summary>
    public IReadOnlyList<Provider> Providers =>
        [.. _found.Values.Select(found => found.Provider).Concat(_open.Select(Provider.Find).OfType<Provider>()).Distinct()];

    /// <summary>Takes note of where a batch was begun: it goes on there, because elsewhere it would be paid for again.</summary>
    public async Task ReadAsync(JobLedger ledger, string batch)
    {
        await foreach (var job in ledger.ListAsync(new LedgerQuery { Batch = batch, Limit = 1000, WithoutContent = true }))
        {
            _begun.Add((job.Provider, job.EndpointId));
            if (!job.IsFinished)
                _open.Add(job.Provider);
        }
    }

    /// <summary>Finds the model of the command, so that what is wrong with it is reported once.</summary>
    /// <exception cref="UsageException">It does not exist, has no key, or was begun at another provider.</exception>
    public void FindDefault()
    {
        if (model is not null)
            _found[model] = Find(model);
    }

    /// <summary>The model of a line.</summary>
    /// <exception cref="UsageException">There is none, or the batch was begun at another provider.</exception>
    public BatchModel Of(BatchRow row)
    {
        var name = row.Model ?? model ?? throw new UsageException($"has no model: give --model, or {BatchRow.ModelName} in the line");
        if (!_found.TryGetValue(name, out var found))
            _found[name] = found = Find(name);
        return found;
    }

    private BatchModel Find(string name)
    {
        var target = ModelTarget.Resolve(name, provider);
        if (target.Neutral is not { } neutral)
            return new BatchModel(target, target.Providers[0]);
        var begun = Provider.All.Where(one => neutral.Providers.Contains(one.Name) && _begun.Contains((one.Name, neutral.EndpointId(one.Name)))).ToList();
        var mine = begun.Find(target.Providers.Contains);
        if (mine is null && begun.Count > 0)
        {
            throw new UsageException(
                $"--provider: the batch was begun at {begun[0].Name}, and would be paid for again at {provider}: give it another name with --batch, if that is "
                    + "what you want");
        }
        return new BatchModel(target, mine ?? connect(target.Providers).Providers[0]);
    }
}
