using System.Collections.Concurrent;
using System.Text.Json;
using Zoetrope.Costs;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal;

/// <summary>fal's list of prices, of which each price is kept for a short time.</summary>
internal sealed class FalPrices(FalConnection connection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Prices that are too old are fetched again, and few models are estimated by one client; beyond this many, the list begins anew.
    private const int MostPrices = 1000;

    private readonly ConcurrentDictionary<string, (ProviderPrice? Price, long Fetched)> _prices = new(StringComparer.Ordinal);

    private TimeProvider Time => connection.Options.TimeProvider;

    /// <summary>Gets the price of a model; null where fal lists none.</summary>
    public async Task<ProviderPrice?> GetAsync(FalEndpointId endpoint, CancellationToken cancellationToken)
    {
        var id = endpoint.ToString();
        if (_prices.TryGetValue(id, out var known) && Time.GetElapsedTime(known.Fetched) < Lifetime)
            return known.Price;
        var address = new Uri($"{connection.PlatformRoot}/v1/models/pricing?endpoint_id={Uri.EscapeDataString(id)}");
        var response = await connection.Transport
            .SendAsync(new TransportRequest { Method = HttpMethod.Get, Uri = address }, cancellationToken).ConfigureAwait(false);
        var price = Read(response.RequireJson(), id);
        if (_prices.Count >= MostPrices)
            _prices.Clear();
        _prices[id] = (price, Time.GetTimestamp());
        return price;
    }

    private static ProviderPrice? Read(RawJson json, string id)
    {
        var reader = json.CreateReader(int.MaxValue);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("prices", out var prices) || prices.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var price in prices.EnumerateArray())
        {
            if (Text(price, "endpoint_id") == id && ProtocolJson.Number(Text(price, "unit_price")) is { } amount && amount >= 0
                && Text(price, "currency") is { Length: > 0 } currency && Text(price, "unit") is { Length: > 0 } unit)
                return new(amount, currency, unit, UnitOf(unit));
        }
        return null;
    }

    private static string? Text(JsonElement price, string name)
    {
        if (price.ValueKind != JsonValueKind.Object || !price.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary>What a unit is, as far as an input says how many there are: compute seconds, megapixels, tokens and plain units are not among them.</summary>
    private static CostUnit? UnitOf(string unit) => unit.Trim().ToLowerInvariant() switch
    {
        "image" or "images" => CostUnit.Image,
        "second" or "seconds" or "video second" or "video seconds" or "output second" or "output seconds" => CostUnit.Second,
        "video" or "videos" or "generation" or "generations" => CostUnit.Output,
        "request" or "requests" or "call" or "calls" => CostUnit.Job,
        _ => null,
    };
}
