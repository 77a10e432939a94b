using System.Collections.Concurrent;
using Zoetrope.Cli.Simulation;
using Zoetrope.Generator.Tooling;
using Zoetrope.Generator.Tooling.Requests;

namespace Zoetrope.Cli.Models;

/// <summary>The forms of the models' requests, made of the documents of a provider when one of its models is looked at.</summary>
internal static class RequestForms
{
    private const string Prefix = "specs/";

    // The names that models have in C#.
    private const string Lock = "specs/specs.lock.json";

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, RequestForm>>> _byProvider = new(StringComparer.Ordinal);

    /// <summary>The form of a model; null where no document of this build describes it.</summary>
    public static RequestForm? Find(string provider, string endpointId) =>
        _byProvider.GetOrAdd(provider, static provider => new(() => Read(provider))).Value.GetValueOrDefault(endpointId);

    /// <summary>The documents of providers in this build, with the names that their models have in C#.</summary>
    public static IEnumerable<SpecSource> Sources(IReadOnlyList<string> providers) =>
        Sources(name => name == Lock || providers.Any(provider => name.StartsWith($"{Prefix}{provider}/", StringComparison.Ordinal)));

    /// <summary>Documents of this build.</summary>
    /// <param name="isNeeded">Chooses them by their paths, such as <c>specs/catalog.json</c>.</param>
    public static IEnumerable<SpecSource> Sources(Func<string, bool> isNeeded)
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

    private static Dictionary<string, RequestForm> Read(string provider) =>
        RequestForm.Of(Sources([provider])).Where(form => form.Provider == provider).ToDictionary(form => form.Id, StringComparer.Ordinal);
}
