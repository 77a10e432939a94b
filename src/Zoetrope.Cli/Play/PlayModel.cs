using Zoetrope.Cli.Models;
using Zoetrope.Models;

namespace Zoetrope.Cli.Play;

/// <summary>A model that the playground can run.</summary>
/// <param name="Provider">Its provider.</param>
/// <param name="Info">What is documented of it.</param>
internal sealed record PlayModel(Provider Provider, ModelInfo Info)
{
    private static readonly Dictionary<string, PlayModel> _all = Provider.All
        .SelectMany(provider => provider.Endpoints.Select(info => new PlayModel(provider, info)))
        .ToDictionary(model => model.Name, StringComparer.Ordinal);

    /// <summary>All models of this build.</summary>
    public static IReadOnlyCollection<PlayModel> All => _all.Values;

    /// <summary>The provider and the id, such as <c>fal:fal-ai/flux-2-pro</c>.</summary>
    public string Name => $"{Provider.Name}:{Info.Endpoint.Id}";

    /// <summary>The model of that name; null where this build has none.</summary>
    public static PlayModel? Find(string name) => _all.GetValueOrDefault(name);
}
