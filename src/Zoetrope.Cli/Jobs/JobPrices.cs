using System.Collections.Concurrent;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Models;

namespace Zoetrope.Cli.Jobs;

/// <summary>What jobs of a ledger may cost: by the rules of a model's document, or by the price that its provider publishes.</summary>
internal sealed class JobPrices
{
    private readonly ConcurrentDictionary<ModelEndpoint, bool> _published = new();

    /// <summary>Estimates a job. A provider is asked for the price of a model once.</summary>
    /// <param name="intent">The job.</param>
    /// <param name="client">The client of its provider.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The estimate; null where this build has no document of the model.</returns>
    public async Task<CostEstimate?> EstimateAsync(JobIntent intent, MediaClient client, CancellationToken cancellationToken)
    {
        if (intent.Endpoint is not { } endpoint)
            return null;
        var byRules = endpoint.EstimateCost(intent.Input);
        if (byRules.Certainty != CostCertainty.Unknown)
            return byRules;
        if (!_published.TryGetValue(endpoint, out var isPublished))
        {
            try
            {
                isPublished = await client.Protocol.GetPriceAsync(endpoint.Id, cancellationToken) is not null;
            }
            catch (ZoetropeException)
            {
                // Without it the cost is not known, which is reported; a list of prices that fails is not asked for by each job.
                isPublished = false;
            }
            _published[endpoint] = isPublished;
        }
        return isPublished ? await client.EstimateAsync(endpoint, intent.Input, cancellationToken) : byRules;
    }
}
