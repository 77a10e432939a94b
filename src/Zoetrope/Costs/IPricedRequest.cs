namespace Zoetrope.Costs;

/// <summary>
/// An input whose document states prices as rules, from which the cost of a job is computed without a call. Generated inputs implement it where their
/// document has such rules. Trimmed apps that neither estimate nor have a router do not contain the rules.
/// </summary>
public interface IPricedRequest
{
    /// <summary>What a job with this input costs by the rules of the document.</summary>
    CostEstimate EstimateCost();
}
