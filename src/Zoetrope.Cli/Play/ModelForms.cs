using Zoetrope.Catalog;
using Zoetrope.Cli.Models;
using Zoetrope.Generator.Tooling.Requests;

namespace Zoetrope.Cli.Play;

/// <summary>The forms of the models of the playground: those of providers, and those of models that several providers serve.</summary>
internal static class ModelForms
{
    // The models that several providers serve.
    private const string Catalog = "specs/catalog.json";

    private static readonly Lazy<IReadOnlyDictionary<string, RequestForm>> _neutral = new(ReadNeutral);

    /// <summary>The form of a model.</summary>
    /// <exception cref="InvalidOperationException">No document of this build describes it.</exception>
    public static RequestForm Of(PlayModel model) => model.Neutral is not { } neutral ? OfProvider(model)
        : _neutral.Value.GetValueOrDefault(neutral.Name) ?? throw Unknown(neutral.Name);

    /// <summary>The form of the provider's own model.</summary>
    /// <exception cref="InvalidOperationException">No document of this build describes it.</exception>
    public static RequestForm OfProvider(PlayModel model) => RequestForms.Find(model.Provider.Name, model.Info.Endpoint.Id) ?? throw Unknown(model.Name);

    private static InvalidOperationException Unknown(string model) => new($"No document of this build describes {model}.");

    private static Dictionary<string, RequestForm> ReadNeutral()
    {
        string[] providers = [.. NeutralIndex.All.SelectMany(neutral => neutral.Providers).Distinct()];
        return RequestForm.OfNeutral(RequestForms.Sources(providers).Concat(RequestForms.Sources(static name => name == Catalog)))
            .ToDictionary(form => form.Id, StringComparer.Ordinal);
    }
}
