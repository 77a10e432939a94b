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

    private static Dictionary<string, RequestForm> Read(string provider)
    {
        var assembly = EmbeddedSimulator.Documents;
        var sources = assembly.GetManifestResourceNames()
            .Where(name => name == Lock || name.StartsWith($"{Prefix}{provider}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new SpecSource(name, reader.ReadToEnd());
            });
        return RequestForm.Of(sources).Where(form => form.Provider == provider).ToDictionary(form => form.Id, StringComparer.Ordinal);
    }
}
