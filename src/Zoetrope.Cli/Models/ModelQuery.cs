namespace Zoetrope.Cli.Models;

/// <summary>Which models of a list are shown, and in which order.</summary>
/// <param name="Words">Each of them is in the name, the title, the description or the category.</param>
/// <param name="Provider">The only provider; null for all.</param>
/// <param name="Category">A part of the category; null for all.</param>
/// <param name="Sort">What they are ordered by; null for the order of the list.</param>
internal sealed record ModelQuery(IReadOnlyList<string> Words, string? Provider, string? Category, string? Sort)
{
    /// <summary>What models can be ordered by.</summary>
    public static string[] Orders { get; } = ["name", "provider", "category", "price", "time"];

    /// <summary>The models that match, in order. Those of which nothing is known come last.</summary>
    public IReadOnlyList<ModelRow> Select(IEnumerable<ModelRow> rows)
    {
        var found = rows.Where(Matches);
        return [.. Sort switch
        {
            "name" => found.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase),
            "provider" => found.OrderBy(row => row.Providers[0], StringComparer.Ordinal).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase),
            "category" => found.OrderBy(row => row.Category is null).ThenBy(row => row.Category, StringComparer.OrdinalIgnoreCase),
            "price" => found.OrderBy(row => row.Amount() is null).ThenBy(row => row.Amount()),
            "time" => found.OrderBy(row => row.Time is null).ThenBy(row => row.Time),
            _ => found,
        }];
    }

    private bool Matches(ModelRow row) =>
        (Provider is null || row.Providers.Contains(Provider))
        && (Category is null || row.Category?.Contains(Category, StringComparison.OrdinalIgnoreCase) == true)
        && Words.All(row.Contains);
}
