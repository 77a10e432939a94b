using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>What a page states about its prices beside the table of rules. What does not repeat a rule may change what all of them mean.</summary>
internal sealed class PricesBeside
{
    private const int MostShown = 120;

    private readonly List<string> _texts = [];

    /// <summary>Adds a paragraph.</summary>
    public void Add(string prose)
    {
        // Lines that part paragraphs say nothing.
        if (prose.Trim('-', '*', '_', ' ').Length > 0)
            _texts.Add(prose);
    }

    /// <summary>Adds a bullet.</summary>
    public void Add(string key, string value)
    {
        var isKnown = key switch
        {
            // How the provider computes the price, and what comes out for an example.
            "Charge Type" => value.ToLowerInvariant() is "dynamic" or "fixed" or "static" or "flat",
            _ when key.StartsWith("Estimated Price", StringComparison.Ordinal) => true,
            // The least and the most, without what they pay for.
            "Base Cost" => !value.Any(char.IsLetter),
            _ => value is "" or "-",
        };
        if (!isKnown)
            _texts.Add(value);
    }

    /// <summary>The first text that repeats none of the rules; null where all do.</summary>
    /// <param name="prices">The prices of the rules in the page's words.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="reader">The reader of prices.</param>
    public string? Unread(List<string> prices, List<PriceRule> rules, PriceRuleReader reader)
    {
        foreach (var text in _texts)
        {
            if (prices.Contains(text, StringComparer.OrdinalIgnoreCase))
                continue;
            var price = reader.ReadPrice(text);
            if (price is null || !rules.Exists(rule => rule.Price is { } known && known with { Quantity = null } == price))
                return text.Length > MostShown ? text.Substring(0, MostShown) + "…" : text;
        }
        return null;
    }
}
