using System.Collections.Concurrent;
using Zoetrope.Catalog;
using Zoetrope.Cli.Simulation;
using Zoetrope.Generator.Tooling;
using Zoetrope.Generator.Tooling.Requests;

namespace Zoetrope.Cli.Play;

/// <summary>The forms of the models, made of the documents of a provider when one of its models is looked at.</summary>
internal static class ModelForms
{
    private const string Prefix = "specs/";

    // The models that several providers serve.
    private const string Catalog = "specs/catalog.json";

    // The names that models have in C#.
    private const string Lock = "specs/specs.lock.json";

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, RequestForm>>> _byProvider = new(StringComparer.Ordinal);

    private static readonly Lazy<IReadOnlyDictionary<string, RequestForm>> _neutral = new(ReadNeutral);

    /// <summary>The form of a model.</summary>
    /// <exception cref="InvalidOperationException">No document of this build describes it.</exception>
    public static RequestForm Of(PlayModel model) => model.Neutral is not { } neutral ? OfProvider(model)
        : _neutral.Value.GetValueOrDefault(neutral.Name) ?? throw new InvalidOperationException($"No document of this build describes {neutral.Name}.");

    /// <summary>The form of the provider's own model.</summary>
    /// <exception cref="InvalidOperationException">No document of this build describes it.</exception>
    public static RequestForm OfProvider(PlayModel model) =>
        _byProvider.GetOrAdd(model.Provider.Name, static provider => new(() => Read(provider))).Value.GetValueOrDefault(model.Info.Endpoint.Id)
        ?? throw new InvalidOperationException($"No document of this build describes {model.Name}.");

    private static Dictionary<string, RequestForm> Read(string provider) =>
        RequestForm.Of(Sources([provider])).Where(form => form.Provider == provider).ToDictionary(form => form.Id, StringComparer.Ordinal);

    private static Dictionary<string, RequestForm> ReadNeutral() => RequestForm
        .OfNeutral(Sources([.. NeutralIndex.All.SelectMany(neutral => neutral.Providers).Distinct()]).Concat(Sources(name => name == Catalog)))
        .ToDictionary(form => form.Id, StringComparer.Ordinal);

    private static IEnumerable<SpecSource> Sources(IReadOnlyList<string> providers) => Sources(
        name => name == Lock || providers.Any(provider => name.StartsWith($"{Prefix}{provider}/", StringComparison.Ordinal)));

    private static IEnumerable<SpecSource> Sources(Func<string, bool> isNeeded)
    {
        var assembly = EmbeddedSimulator.Documents;
        return assembly.GetManifestResourceNames()
            .Where(isNeeded)
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new SpecSource(name, reader.ReadToEnd());
            });
    }
}
