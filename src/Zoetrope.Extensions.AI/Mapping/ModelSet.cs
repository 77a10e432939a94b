using Zoetrope.Clients;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>The models of a generator: the first is used unless a request names another one.</summary>
internal sealed class ModelSet
{
    private readonly Dictionary<string, ModelParameters> _models = new(StringComparer.Ordinal);

    /// <summary>Checks the models, so that a mistake is found before a request.</summary>
    /// <exception cref="ArgumentException">There is none, one belongs to another provider, or one makes something else.</exception>
    public ModelSet(MediaClient client, IReadOnlyList<ModelInfo> models, string kind)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
            throw new ArgumentException("There is no model.", nameof(models));
        foreach (var model in models)
        {
            ArgumentNullException.ThrowIfNull(model, nameof(models));
            if (model.Endpoint.Provider != client.Provider)
                throw new ArgumentException($"{model.Endpoint} is of another provider: this client is for {client.Provider}.", nameof(models));
            if (KindOf(model) is { } other && other != kind)
                throw new ArgumentException($"{model.Endpoint} makes no {kind}: it is documented as {model.Category ?? model.OutputType}.", nameof(models));
            _models.TryAdd(model.Endpoint.Id, new ModelParameters(model));
        }
        Default = _models[models[0].Endpoint.Id];
    }

    public ModelParameters Default { get; }

    /// <summary>The model that a request names.</summary>
    /// <exception cref="ArgumentException">It is not one of them.</exception>
    public ModelParameters Find(string? id) =>
        id is null ? Default
        : _models.TryGetValue(id, out var model) ? model
        : throw new ArgumentException($"'{id}' is not a model of this generator, which has {string.Join(", ", _models.Keys)}. Nothing was sent.");

    /// <summary>Whether jobs of a model can be continued here.</summary>
    public bool Contains(string id) => _models.ContainsKey(id);

    // Null where the document does not say.
    private static string? KindOf(ModelInfo model)
    {
        var category = model.Category?.ToLowerInvariant().Replace(' ', '-') ?? "";
        var at = category.LastIndexOf("-to-", StringComparison.Ordinal);
        var made = at >= 0 ? category[(at + 4)..] : model.OutputType;
        return made switch
        {
            "speech" or "voice" => "audio",
            "image" or "video" or "audio" or "text" or "3d" => made,
            _ => null,
        };
    }
}
