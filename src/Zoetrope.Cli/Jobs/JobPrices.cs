using System.Collections.Concurrent;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Models;

namespace Zoetrope.Cli.Jobs;

/// <summary>What jobs of a ledger may cost: by the rules of a model's document, or by the price that its provider publishes.</summary>
/// <param name="keepsFailures">
/// Whether a list of prices that cannot be read is not asked for again, and costs are not known then, so that a batch does not wait for it by each job.
/// Otherwise it is an error, and the next estimate asks again.
/// </param>
internal sealed class JobPrices(bool keepsFailures)
{
    private readonly ConcurrentDictionary<ModelEndpoint, bool> _published = new();

    /// <summary>Estimates a job. A provider is asked for the price of a model once.</summary>
    /// <param name="intent">The job.</param>
    /// <param name="client">The client of its provider.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="ZoetropeException">The price cannot be read, and failures are not kept.</exception>
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
            catch (ZoetropeException) when (keepsFailures)
            {
                // Without it the cost is not known, which is reported.
                isPublished = false;
            }
            _published[endpoint] = isPublished;
        }
        return isPublished ? await client.EstimateAsync(endpoint, intent.Input, cancellationToken) : byRules;
    }
}
