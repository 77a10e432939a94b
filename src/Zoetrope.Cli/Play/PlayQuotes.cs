using System.Diagnostics;
using System.Security.Cryptography;
using Zoetrope.Costs;
using Zoetrope.Errors;

namespace Zoetrope.Cli.Play;

/// <summary>Estimates what jobs will cost, and remembers what was said.</summary>
/// <param name="settings">How the playground runs jobs.</param>
/// <param name="files">The files of drafts.</param>
internal sealed class PlayQuotes(PlaySettings settings, PlayFiles files)
{
    // Only the last ones are confirmed by anybody, and not for long; an input may have files as data URIs.
    private const int Most = 500;
    private const long MostBytes = 64 << 20;
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PlayQuote> _quotes = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long Bytes, long At)> _order = new();
    private long _bytes;

    /// <summary>The quote of that id; null where there is none.</summary>
    public PlayQuote? Find(string id)
    {
        lock (_lock)
        {
            RemoveOld();
            return _quotes.GetValueOrDefault(id);
        }
    }

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
        var request = draft.Request;
        var quote = new PlayQuote(id, key, draft.Model, request, estimate)
        {
            Ceiling = most ?? settings.MaxCost,
            Refusal = settings.RefusalOf(least, most, estimate.ToString()),
            Warning = !settings.IsPaid || isKnown ? null
                : settings.Limit is { } limit ? $"It is not known to be within {limit}." : "What it costs in US dollars is not known before.",
        };
        lock (_lock)
        {
            _quotes[id] = quote;
            _order.Enqueue((id, request.Utf8.Length, Stopwatch.GetTimestamp()));
            _bytes += request.Utf8.Length;
            RemoveOld();
        }
        return quote;
    }

    // The last one stays, however long it is.
    private void RemoveOld()
    {
        while (_order.TryPeek(out var oldest)
            && (_order.Count > Most || (_bytes > MostBytes && _order.Count > 1) || Stopwatch.GetElapsedTime(oldest.At) > _longest))
        {
            _order.Dequeue();
            _quotes.Remove(oldest.Id);
            _bytes -= oldest.Bytes;
        }
    }
}
