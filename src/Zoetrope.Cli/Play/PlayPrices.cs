using System.Collections.Concurrent;
using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Play;

/// <summary>What models cost for the examples of their documents: prices of one job each, which can be compared.</summary>
/// <param name="quotes">Estimates what jobs cost.</param>
internal sealed class PlayPrices(PlayQuotes quotes)
{
    private readonly ConcurrentDictionary<PlayModel, CostEstimate> _known = new();

    /// <summary>The estimates that are known. Those that a provider did not say are asked for again the next time.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyDictionary<PlayModel, CostEstimate>> EstimateAsync(CancellationToken cancellationToken)
    {
        foreach (var model in PlayModel.All)
        {
            if (_known.ContainsKey(model) || ModelForms.Of(model).Example is not { } example)
                continue;
            var estimate = await quotes.EstimateAsync(new PlayDraft(model, RawJson.Parse(example)), cancellationToken);
            if (estimate.Certainty != CostCertainty.Unknown)
                _known[model] = estimate;
        }
        return _known;
    }
}
