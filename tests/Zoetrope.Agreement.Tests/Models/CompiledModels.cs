using System.Reflection;
using System.Text.Json.Nodes;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Specs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Agreement.Tests;

/// <summary>All documents of a source, generated and compiled together, once for all tests.</summary>
internal sealed class CompiledModels
{
    /// <summary>The documents of the repository.</summary>
    public const string Vendored = "specs";

    /// <summary>Documents that hold the forms of which the real ones have few.</summary>
    public const string Forms = "forms";

    /// <summary>The models of the corpus; tests of it are skipped where there is none.</summary>
    public const string Corpus = "corpus";

    /// <summary>The whole APIs of the corpus: each of their named schemas.</summary>
    public const string Apis = "apis";

    private static readonly Lazy<CompiledModels> _vendored = new(() => new(SourceDocuments.Vendored()));
    private static readonly Lazy<CompiledModels> _forms = new(() => new(FormDocuments.All));
    private static readonly Lazy<CompiledModels> _corpus = new(() => new(SourceDocuments.Corpus()));
    private static readonly Lazy<CompiledModels> _apis = new(() => new(SourceDocuments.Apis()));

    private CompiledModels(IReadOnlyList<Spec> specs)
    {
        Specs = specs;
        Generated = new Project(specs).Run();
        Assembly = Generated.Load();
        Endpoints = Find();
    }

    public IReadOnlyList<Spec> Specs { get; }

    public Generated Generated { get; }

    public Assembly Assembly { get; }

    /// <summary>The endpoints, in the order of their names.</summary>
    public IReadOnlyList<AgreedEndpoint> Endpoints { get; }

    /// <summary>The models of a source; the test is skipped where the corpus is asked for and absent.</summary>
    public static CompiledModels Of(string source)
    {
        if (source is Corpus or Apis)
            TestFiles.Corpus(source == Corpus ? "fal-openapi" : "openapi");
        return source switch
        {
            Vendored => _vendored.Value,
            Forms => _forms.Value,
            Corpus => _corpus.Value,
            Apis => _apis.Value,
            _ => throw new ArgumentOutOfRangeException(nameof(source)),
        };
    }

    /// <summary>Documents of a test's own.</summary>
    public static CompiledModels From(IReadOnlyList<Spec> specs) => new(specs);

    private AgreedEndpoint[] Find() =>
        [.. FindEndpoints().Concat(Specs.SelectMany(spec => ApiModels.Of(spec, Assembly))).OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal)];

    private IEnumerable<AgreedEndpoint> FindEndpoints()
    {
        var documents = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var pages = new Dictionary<string, EndpointDescription>(StringComparer.Ordinal);
        foreach (var spec in Specs)
        {
            if (SpecReader.Read(spec.Text, spec.Provider).Document?.Endpoint is not { } described)
                continue;
            var key = described.Provider + ":" + described.Id;
            if (spec.Path.EndsWith(".json", StringComparison.Ordinal))
                documents.Add(key, JsonNode.Parse(spec.Text)!.AsObject());
            else
                pages.Add(key, described);
        }
        return from type in Assembly.GetExportedTypes()
               let property = type.GetProperty("Endpoint", BindingFlags.Public | BindingFlags.Static)
               where property?.PropertyType is { IsGenericType: true } held && held.GetGenericTypeDefinition() == typeof(ModelEndpoint<,>)
               let endpoint = (ModelEndpoint)property.GetValue(null)!
               let parts = property.PropertyType.GetGenericArguments()
               select Agree(
                   endpoint,
                   ModelCode.Of(parts[0]),
                   ModelCode.Of(parts[1]),
                   documents.GetValueOrDefault(endpoint.ToString()),
                   pages.GetValueOrDefault(endpoint.ToString()));
    }

    private static AgreedEndpoint Agree(ModelEndpoint endpoint, ModelCode request, ModelCode result, JsonObject? document, EndpointDescription? page) => new(
        endpoint.ToString(), endpoint.Provider, request, result, json => endpoint.Validate(RawJson.Parse(json)).Issues,
        () => document is null ? Judge.OfPage(page!) : Judge.OfDocument(document, endpoint.Id), page);
}
