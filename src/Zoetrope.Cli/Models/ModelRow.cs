using System.Globalization;
using Zoetrope.Catalog;
using Zoetrope.Cli.Listings;
using Zoetrope.Cli.Output;
using Zoetrope.Models;
using Zoetrope.Routing;

namespace Zoetrope.Cli.Models;

/// <summary>A model in a list: a neutral one, one whose document this build has, or one that its provider lists.</summary>
/// <param name="Name">What it is run by.</param>
/// <param name="Providers">The providers that have it.</param>
/// <param name="Category">Its category; null where none is known.</param>
internal sealed record ModelRow(string Name, IReadOnlyList<string> Providers, string? Category)
{
    /// <summary>The neutral model that it is.</summary>
    public NeutralModel? Neutral { get; init; }

    /// <summary>What this build knows of it.</summary>
    public ModelInfo? Info { get; init; }

    /// <summary>What its provider lists.</summary>
    public ListedModel? Listed { get; init; }

    /// <summary>The title.</summary>
    public string? Title => Info?.Title ?? Listed?.Title;

    /// <summary>The description.</summary>
    public string? Description => Info?.Description ?? Listed?.Description;

    /// <summary>The price in the provider's words.</summary>
    public string? Price => Info is null ? null : PriceText.Of(Info);

    /// <summary>The usual time of a job.</summary>
    public TimeSpan? Time =>
        Info?.EstimatedTime ?? (Listed?.Seconds is > 0 and < 1_000_000 and { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    /// <summary>The parameters; null where they are not known.</summary>
    public IReadOnlyList<ParameterInfo>? Parameters => Neutral?.Parameters ?? Info?.Parameters;

    /// <summary>The models of this build, the neutral ones first.</summary>
    public static IEnumerable<ModelRow> OfBuild()
    {
        foreach (var neutral in NeutralIndex.All)
            yield return new(neutral.Name, neutral.Providers, "neutral") { Neutral = neutral };
        foreach (var info in Provider.All.SelectMany(provider => provider.Endpoints))
            yield return new(info.Endpoint.Id, [info.Endpoint.Provider], info.Category) { Info = info };
    }

    /// <summary>A model of a listing.</summary>
    public static ModelRow Of(string provider, ListedModel listed) => new(listed.Id, [provider], listed.Category) { Listed = listed };

    /// <summary>Whether a word is in its name, title, description or category.</summary>
    public bool Contains(string word) =>
        Has(Name, word) || Has(Title, word) || Has(Category, word) || Has(Description, word) || Providers.Any(provider => Has(provider, word));

    /// <summary>The first amount of the price, to compare by; null where none is known.</summary>
    public decimal? Amount()
    {
        var text = Price.AsSpan();
        var start = text.IndexOfAnyInRange('0', '9');
        if (start < 0)
            return null;
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            end++;
        return decimal.TryParse(text[start..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }

    private static bool Has(string? text, string word) => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
