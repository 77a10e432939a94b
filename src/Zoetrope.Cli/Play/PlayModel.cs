using Zoetrope.Catalog;
using Zoetrope.Cli.Models;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Routing;

namespace Zoetrope.Cli.Play;

/// <summary>A model that the playground can run, at one provider.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Info">What is documented of the provider's model.</param>
internal sealed record PlayModel(Provider Provider, ModelInfo Info)
{
    private static readonly Dictionary<string, PlayModel> _all = OfCatalog()
        .Concat(Provider.All.SelectMany(provider => provider.Endpoints.Select(info => new PlayModel(provider, info))))
        .ToDictionary(model => model.Name, StringComparer.Ordinal);

    /// <summary>All models of this build; those that several providers serve come first, once for each of them.</summary>
    public static IReadOnlyCollection<PlayModel> All => _all.Values;

    /// <summary>The model that several providers serve, whose input is mapped to the provider's; null where it is the provider's own.</summary>
    public NeutralModel? Neutral { get; init; }

    /// <summary>
    /// The provider and the id, such as <c>fal:fal-ai/flux-2-pro</c>; of a model that several providers serve its name and the provider, such as
    /// <c>flux-2-pro@fal</c>.
    /// </summary>
    public string Name => Neutral is { } neutral ? $"{neutral.Name}@{Provider.Name}" : $"{Provider.Name}:{Info.Endpoint.Id}";

    /// <summary>The model of that name; null where this build has none.</summary>
    public static PlayModel? Find(string name) => _all.GetValueOrDefault(name);

    /// <summary>The same model at its other providers.</summary>
    public IEnumerable<PlayModel> AtOthers() => Neutral is null ? [] : All.Where(other => other.Neutral == Neutral && other.Provider != Provider);

    /// <summary>The input as the provider takes it.</summary>
    /// <param name="input">The input of the model.</param>
    /// <param name="notes">Receives what the provider does not support.</param>
    /// <exception cref="System.Text.Json.JsonException">The input has values of other types than the model's.</exception>
    public RawJson MapInput(RawJson input, ICollection<string> notes) => Neutral?.MapRequest(Provider.Name, input, notes) ?? input;

    private static IEnumerable<PlayModel> OfCatalog() =>
        from neutral in NeutralIndex.All
        from name in neutral.Providers
        let provider = Provider.Find(name)
        let info = provider is null ? null : ModelTarget.FindEndpoint(provider, neutral.EndpointId(name))
        where info is not null
        select new PlayModel(provider, info) { Neutral = neutral };
}
