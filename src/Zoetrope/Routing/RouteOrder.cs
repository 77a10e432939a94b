using System.Globalization;
using System.Text.Json;
using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Routing;

/// <summary>Orders the candidates of a router by its policy.</summary>
internal static class RouteOrder
{
    /// <summary>Orders them; those that compare equal keep their order.</summary>
    public static List<RouteCandidate> Of(
        IEnumerable<RouteCandidate> candidates, RouteOptions options, RouteHistory history, RawJson request, List<string> notes)
    {
        var ordered = candidates.OrderBy(candidate => IndexOf(options.Order, candidate.Provider)).ToList();
        ordered = options.Policy switch
        {
            RoutePolicy.Cheapest => ByPrice(ordered, request, notes),
            RoutePolicy.Fastest => ByTime(ordered, history, notes),
            _ => ordered,
        };
        return [.. ordered.OrderBy(candidate => candidate.Provider == options.PreferredProvider ? 0 : 1)];
    }

    /// <summary>Whether a list has a provider. What a list denies must not depend on the spelling.</summary>
    public static bool Has(IEnumerable<string>? providers, string provider) =>
        providers is not null && providers.Contains(provider, StringComparer.OrdinalIgnoreCase);

    /// <summary>The extras of a provider; null where there are none.</summary>
    public static ExtraProperties? ExtrasOf(RouteOptions options, string provider) =>
        options.Extras?.FirstOrDefault(extras => string.Equals(extras.Key, provider, StringComparison.OrdinalIgnoreCase)).Value;

    private static int IndexOf(IReadOnlyList<string>? order, string provider)
    {
        for (var i = 0; i < order?.Count; i++)
        {
            if (string.Equals(order[i], provider, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return int.MaxValue;
    }

    private static List<RouteCandidate> ByTime(List<RouteCandidate> candidates, RouteHistory history, List<string> notes)
    {
        var times = candidates.ConvertAll(candidate => history.MedianOf(candidate.Model, candidate.Provider));
        for (var i = 0; i < candidates.Count; i++)
        {
            notes.Add(times[i] is { } time
                ? $"{candidates[i].Provider} took {time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s in the median."
                : $"{candidates[i].Provider} has no measured run time.");
        }
        return [.. Enumerable.Range(0, candidates.Count).OrderBy(i => times[i] ?? TimeSpan.MaxValue).Select(i => candidates[i])];
    }

    private static List<RouteCandidate> ByPrice(List<RouteCandidate> candidates, RawJson request, List<string> notes)
    {
        var prices = candidates.ConvertAll(candidate => candidate.Price is { } price ? Comparable.Of(price, request, candidate.Provider) : ByRules(candidate));
        // Amounts of several units or currencies cannot be compared: what most candidates state is, and of as many the first.
        var unit = prices.OfType<Comparable>().Where(static price => !price.IsRange)
            .GroupBy(price => price.Unit).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
        for (var i = 0; i < candidates.Count; i++)
        {
            var provider = candidates[i].Provider;
            notes.Add(prices[i] switch
            {
                null => $"The price at {provider} is not known.",
                { IsRange: true } range => $"The price at {provider} is {range}, which is not one amount to compare.",
                { } price when price.Unit == unit => $"The price at {provider} is {price}.",
                { } price => $"The price at {provider} is {price}, which cannot be compared with one in {unit}.",
            });
        }
        return
        [
            .. Enumerable.Range(0, candidates.Count)
                .OrderBy(i => prices[i] is { IsRange: false } price && price.Unit == unit ? price.Amount : decimal.MaxValue)
                .Select(i => candidates[i]),
        ];
    }

    // What a provider cannot take is found out when its turn comes.
    private static Comparable? ByRules(RouteCandidate candidate)
    {
        try
        {
            if (candidate.Map!().Request is not IPricedRequest priced || priced.EstimateCost() is not { Maximum: { } most } cost)
                return null;
            return new(most, Comparable.UnitOf(cost.Unit!, candidate.Provider) + " per job")
            {
                Before = cost.Certainty switch
                {
                    CostCertainty.AtMost => "at most ",
                    CostCertainty.Range => $"from {Comparable.Text(cost.Minimum!.Value)} to ",
                    _ => "",
                },
                IsRange = cost.Certainty == CostCertainty.Range,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An amount in a unit in which it can be compared.</summary>
    private sealed record Comparable(decimal Amount, string Unit)
    {
        /// <summary>What is said before the amount.</summary>
        public string Before { get; init; } = "";

        /// <summary>Whether the amount is the upper end of a range, which is not compared.</summary>
        public bool IsRange { get; init; }

        public static Comparable Of(ModelPrice price, RawJson request, string provider)
        {
            var currency = UnitOf(price.Currency, provider);
            if (price.Per == PriceUnit.Job)
                return new(price.Amount, $"{currency} per job");
            if (price.Quantity is { } quantity && QuantityOf(request, quantity) is { } count && TryMultiply(price.Amount, count) is { } total)
                return new(total, $"{currency} per job");
            // How many are made is not known: only amounts of this unit are compared.
            return new(price.Amount, $"{currency} per {(price.Per == PriceUnit.Image ? "image" : "second")}");
        }

        // A currency is the same everywhere; a unit of a provider, such as credits, is its own.
        public static string UnitOf(string unit, string provider) =>
            unit.Length == 3 && unit.All(char.IsAsciiLetter) ? unit.ToUpperInvariant() : $"{unit} of {provider}";

        public static string Text(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);

        public override string ToString() => $"{Before}{Text(Amount)} {Unit}";

        private static decimal? TryMultiply(decimal amount, decimal count)
        {
            try
            {
                return amount * count;
            }
            catch (OverflowException)
            {
                return null;
            }
        }

        private static decimal? QuantityOf(RawJson request, string name)
        {
            return new RequestMapping("", request).Find(name, out var value) && MappingText.Of(value) is { } text
                && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                ? count
                : null;
        }
    }
}
