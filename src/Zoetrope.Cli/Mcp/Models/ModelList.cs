using Zoetrope.Catalog;
using Zoetrope.Cli.Models;
using Zoetrope.Models;

namespace Zoetrope.Cli.Mcp.Models;

/// <summary>A model in a list.</summary>
/// <param name="Name">What it is run by.</param>
/// <param name="Providers">The providers that have it.</param>
/// <param name="Info">What the provider's document says; null for a neutral model.</param>
internal sealed record ListedModel(string Name, IReadOnlyList<string> Providers, ModelInfo? Info)
{
    /// <summary>The provider's category; <c>neutral</c> for a model that several providers have.</summary>
    public string? Category => Info is null ? "neutral" : Info.Category;

    /// <summary>What is searched.</summary>
    public string Text { get; } = string.Join('\n', new[] { Name, Info?.Title, Info?.Category, Info?.Description }.OfType<string>());
}

/// <summary>The models of this build, and what is found among them.</summary>
internal static class ModelList
{
    /// <summary>All of them: neutral ones first, then those of the providers in the order of preference.</summary>
    public static IReadOnlyList<ListedModel> All { get; } =
    [
        .. NeutralIndex.All.Select(neutral => new ListedModel(neutral.Name, neutral.Providers, null)),
        .. Provider.All.SelectMany(provider => provider.Endpoints).Select(info => new ListedModel(
            Provider.All.Count(other => ModelTarget.FindEndpoint(other, info.Endpoint.Id) is not null) > 1
                || NeutralIndex.All.Any(neutral => neutral.Name == info.Endpoint.Id)
                ? $"{info.Endpoint.Provider}:{info.Endpoint.Id}"
                : info.Endpoint.Id,
            [info.Endpoint.Provider],
            info)),
    ];

    /// <summary>Those that have every word, at the provider and in the category: those with all words in their names first.</summary>
    public static IReadOnlyList<ListedModel> Search(string? text, string? provider, string? category)
    {
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. All
                .Where(model => (provider is null || model.Providers.Contains(provider))
                    && (category is null || string.Equals(model.Category, category, StringComparison.OrdinalIgnoreCase))
                    && Array.TrueForAll(words, word => model.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(model => !Array.TrueForAll(words, word => model.Name.Contains(word, StringComparison.OrdinalIgnoreCase))),
        ];
    }
}
