using System.Globalization;
using System.Text.RegularExpressions;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads prices in the words of a page, such as <c>720p pricing: $0.10/second</c>. What is not surely understood is not a price.</summary>
internal static class PriceTexts
{
    private static readonly Regex _amount = Pattern("""
        (?<![\w.])(?: (?<sign>[$€£])\s* | (?<before>USD|EUR|GBP)\s+ )?
        (?<number>\d+(?:\.\d+)?) (?![\d.,]*\d) (?: \s*(?<after>USD|EUR|GBP|dollars|credits?)\b )?
        """);

    private static readonly Regex _money = Pattern("""[$€£¢] | \b(?:USD|EUR|GBP|dollars|cents|credits?)\b""");

    private static readonly Regex _per = Pattern("""
        ^\s*(?: / | (?:per|for\s+each|for\s+every|an?)\b | each\b )\s*(?<unit>[A-Za-z]+)?(?<rest>.*)$
        """);

    private static readonly Regex _output = Pattern("""
        ^(?: \s*(?:of|in|for|based\s+on) (?:\s+the)? (?:\s+(?:output|generated|resulting|produced))?
        (?:\s+(?:video|audio|image|clip|speech))? (?:\s+(?:duration|length|output|generated|produced))? )?$
        """);

    private static readonly Regex _bound = Pattern("""
        \b(?:from|starting|starts|minimum|min|at\s+least|about|approximately|approx|around|base|plus|average|varies)\b | ~ | ≈ | \+
        """);

    // What may come before the amount: values that the price is one of, and words that say no more than that it is a price.
    private static readonly Regex _label = Pattern("""
        ^\s*(?:(?<values>.*?)[\s:–-]+)?? (?:(?:pricing|price|cost|rate|resolution|default|fallback)\b\s*)* (?<isFallback>\(\s*(?:fallback|default)\s*\)\s*)?
        [:=–-]?\s* (?<isCeiling>(?:up\s+to|at\s+most|maximum|max|no\s+more\s+than)\b\W*)?$
        """);

    private const int MostLabel = 200;

    private static readonly Regex _separators = Pattern("""\s*(?:,|/|&|\band\b|\bor\b|\s)\s*""");

    /// <summary>Reads a price.</summary>
    /// <param name="text">The words of the page.</param>
    /// <param name="quantity">The parameter that the price is multiplied by, where the rule names one.</param>
    /// <param name="label">The values that the price is labeled with, except where its label says that it is one of all others as well.</param>
    /// <param name="isValue">Whether a text is a value of a parameter.</param>
    /// <exception cref="FormatException">It is not understood; the message says why.</exception>
    public static RulePrice Read(string text, string? quantity, Func<string, bool> isValue, out string[] label)
    {
        text = text.Replace("**", "");
        var amounts = _amount.Matches(text).Cast<Match>().Where(IsMoney).ToList();
        if (amounts.Count == 0)
            throw new FormatException("it states no amount with a currency");
        var found = amounts[0];
        var before = text.Substring(0, found.Index);
        if (amounts.Count > 1 || _money.IsMatch(before) || _money.IsMatch(text.Substring(found.Index + found.Length)))
            throw new FormatException("it states several amounts");
        if (before.Length > MostLabel || _bound.IsMatch(before))
            throw new FormatException("it states a part of the price, or about what it is");
        var start = _label.Match(before);
        var values = start.Groups["values"].Value;
        label = values.Length == 0 ? [] : _separators.Split(values);
        if (!start.Success || Array.Find(label, value => !isValue(value)) is not null)
            throw new FormatException($"it is not clear what '{before.Trim()}' means for it");
        if (start.Groups["isFallback"].Success)
            label = [];
        var amount = found.Groups["number"].Value;
        if (!decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            throw new FormatException("its amount is too large");
        var rest = text.Substring(found.Index + found.Length).Trim().TrimEnd('.', ';', ',', ')').Trim();
        var isCeiling = start.Groups["isCeiling"].Success;
        return new(amount, Currency(found), Per(rest, quantity)) { IsCeiling = isCeiling, HasNoUnit = rest.Length == 0, Quantity = quantity };
    }

    private static bool IsMoney(Match match) => match.Groups["sign"].Success || match.Groups["before"].Success || match.Groups["after"].Success;

    private static string Currency(Match match)
    {
        if (match.Groups["sign"].Success)
            return match.Groups["sign"].Value switch { "€" => "EUR", "£" => "GBP", _ => "USD" };
        var word = (match.Groups["before"].Success ? match.Groups["before"] : match.Groups["after"]).Value.ToUpperInvariant();
        return word switch { "DOLLARS" => "USD", "CREDIT" or "CREDITS" => "credits", _ => word };
    }

    private static PricePer Per(string rest, string? quantity)
    {
        if (rest.Length == 0)
            return PricePer.Unit;
        if (_per.Match(rest) is not { Success: true } match)
            throw new FormatException($"it is not clear what '{rest}' pays for");
        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        PricePer? per = unit switch
        {
            "s" or "sec" or "second" or "seconds" => PricePer.Second,
            "image" or "images" or "picture" or "img" => PricePer.Image,
            "video" or "clip" or "generation" or "run" or "request" or "job" or "prediction" or "call" or "execution" or "output" => PricePer.Unit,
            // A unit is anything, unless the rule names the parameter that counts them.
            "unit" when quantity is not null => PricePer.Unit,
            _ => null,
        };
        if (per is null || !_output.IsMatch(match.Groups["rest"].Value))
            throw new FormatException($"it is not clear from the input how much of '{rest}' a job takes");
        // A price of a job or a request is that of the whole; of a video or an output, a job may make several.
        return per == PricePer.Unit && unit is "run" or "request" or "job" or "prediction" or "call" or "execution" ? PricePer.Job : per.Value;
    }

    private static Regex Pattern(string pattern) => new(
        pattern,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline,
        TimeSpan.FromSeconds(1));
}
