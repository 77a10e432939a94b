using System.Collections.Concurrent;
using System.Security.Cryptography;
using Zoetrope.Costs;
using Zoetrope.Errors;

namespace Zoetrope.Cli.Play;

/// <summary>Estimates what jobs will cost, and remembers what was said.</summary>
/// <param name="settings">How the playground runs jobs.</param>
/// <param name="files">The files of drafts.</param>
internal sealed class PlayQuotes(PlaySettings settings, PlayFiles files)
{
    // Only the last ones are confirmed by anybody.
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, PlayQuote> _quotes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>The quote of that id; null where there is none.</summary>
    public PlayQuote? Find(string id) => _quotes.GetValueOrDefault(id);

    /// <summary>Estimates what a valid draft costs, by the document's rules or by the price that the provider publishes.</summary>
    public async Task<CostEstimate> EstimateAsync(PlayDraft draft, CancellationToken cancellationToken)
    {
        var byRules = draft.EstimateCost(files);
        if (byRules.Certainty != CostCertainty.Unknown || !settings.CanRun(draft.Model.Provider))
            return byRules;
        try
        {
            return await settings.Connection.ClientOf(draft.Model.Provider.Name)
                .EstimateAsync(draft.Model.Info.Endpoint, draft.WithStandIns(files), cancellationToken);
        }
        catch (ZoetropeException exception)
        {
            return CostEstimate.Unknown(exception.Message.TrimEnd('.'));
        }
    }

    /// <summary>Says what a valid draft costs.</summary>
    public async Task<PlayQuote> MakeAsync(PlayDraft draft, string key, CancellationToken cancellationToken)
    {
        var estimate = await EstimateAsync(draft, cancellationToken);
        var (least, most) = estimate is { Unit: CostAmount.Usd } ? (estimate.Minimum, estimate.Maximum) : default;
        var isKnown = most is not null && (settings.MaxCost is null || most <= settings.MaxCost);
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var quote = new PlayQuote(id, key, draft.Model, draft.Input, estimate)
        {
            Ceiling = most ?? settings.MaxCost,
            Refusal = settings.RefusalOf(least, most, estimate.ToString()),
            Warning = !settings.IsPaid || isKnown ? null
                : settings.Limit is { } limit ? $"It is not known to be within {limit}." : "What it costs in US dollars is not known before.",
        };
        _quotes[id] = quote;
        _order.Enqueue(id);
        while (_order.Count > Most && _order.TryDequeue(out var old))
            _quotes.TryRemove(old, out _);
        return quote;
    }
}
