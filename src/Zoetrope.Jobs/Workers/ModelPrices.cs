using System.Collections.Concurrent;
using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Models;

namespace Zoetrope.Jobs.Workers;

/// <summary>
/// What jobs may cost whose documents state no price as rules: by the price that their provider publishes. Only models that this process has recorded jobs of
/// can be priced, because the row of a job does not say how its input is read.
/// </summary>
internal sealed class ModelPrices
{
    private readonly ConcurrentDictionary<(string Provider, string EndpointId), (ModelEndpoint Model, bool IsUnpriced)> _models = new();

    /// <summary>Whether there is a model of which it is not known that its price is not published.</summary>
    public bool MayKnow => _models.Values.Any(known => !known.IsUnpriced);

    /// <summary>Takes note of a model.</summary>
    public void Add(ModelEndpoint model) => _models.TryAdd((model.Provider, model.Id), (model, false));

    /// <summary>Estimates a job; the provider is asked for the price of its model.</summary>
    /// <param name="client">The client of its provider.</param>
    /// <param name="job">The job.</param>
    /// <param name="ct">A token to cancel the request.</param>
    /// <returns>The most that it costs, in US dollars, and by which price; null, and why.</returns>
    public async Task<(decimal? Most, string Reason)> MostAsync(MediaClient client, LedgerJob job, CancellationToken ct)
    {
        if (!_models.TryGetValue((job.Provider, job.EndpointId), out var known))
            return (null, "this process does not know its model");
        var estimate = await EstimateAsync(client, known.Model, job, ct).ConfigureAwait(false);
        var most = estimate is { Unit: CostAmount.Usd, Maximum: { } maximum } ? maximum : (decimal?)null;
        _models[(job.Provider, job.EndpointId)] = (known.Model, most is null);
        return (most, most is not null
            ? estimate.Source ?? $"{job.Provider} publishes it"
            : estimate.Reason ?? $"its price is in {estimate.Unit}, and not in US dollars");
    }

    private static async Task<CostEstimate> EstimateAsync(MediaClient client, ModelEndpoint model, LedgerJob job, CancellationToken ct)
    {
        try
        {
            return await client.EstimateAsync(model, job.Input, ct).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            // Another process may have recorded it, by another document.
            return CostEstimate.Unknown("its input cannot be read as that of its model");
        }
    }
}
