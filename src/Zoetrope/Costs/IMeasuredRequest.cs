namespace Zoetrope.Costs;

/// <summary>
/// An input that says how much a job makes, so that a price of a unit becomes one of the job. Generated inputs implement it where they have a parameter for
/// the seconds or the number of results and their provider publishes prices. Trimmed apps that estimate nothing do not contain it.
/// </summary>
public interface IMeasuredRequest
{
    /// <summary>What a job with this input costs at a price; unknown where the input does not say how many units it takes.</summary>
    /// <param name="price">The provider's price.</param>
    CostEstimate EstimateCost(ProviderPrice price);
}
