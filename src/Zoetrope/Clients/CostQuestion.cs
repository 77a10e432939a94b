using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Providers;

namespace Zoetrope.Clients;

/// <summary>Estimates what a job costs: by the price rules of its document, or else by the price that the provider publishes.</summary>
/// <param name="protocol">The provider's protocol.</param>
/// <param name="endpointId">The id of the model.</param>
/// <param name="request">The input as its model's type; null where that is not known.</param>
internal sealed class CostQuestion(JobProtocol protocol, string endpointId, object? request) : ICostQuestion
{
    public async Task<CostEstimate> EstimateAsync(CancellationToken cancellationToken)
    {
        var byRules = (request as IPricedRequest)?.EstimateCost();
        if (byRules is { Certainty: not CostCertainty.Unknown })
            return byRules;
        ProviderPrice? price;
        try
        {
            price = await protocol.GetPriceAsync(endpointId, cancellationToken).ConfigureAwait(false);
        }
        catch (ZoetropeException exception)
        {
            return CostEstimate.Unknown($"the price of {endpointId} could not be fetched: {exception.Message.TrimEnd('.')}");
        }
        if (price is null)
            return byRules ?? CostEstimate.Unknown(Unpriced());
        if (request is IMeasuredRequest measured)
            return measured.EstimateCost(price);
        return price.Per == CostUnit.Job
            ? CostEstimate.Exact(price.Amount, price.Currency, $"{protocol.Provider} publishes {price}")
            : CostEstimate.Unknown($"{protocol.Provider} publishes {price}, and the input does not state how many of them a job takes");
    }

    private string Unpriced()
    {
        var documents = request is null ? $"{endpointId} was submitted without its model" : $"no document of {endpointId} states its price as rules";
        return $"{documents}, and {protocol.CostStatement ?? $"{protocol.Provider} publishes no price that a program can ask for"}";
    }
}
