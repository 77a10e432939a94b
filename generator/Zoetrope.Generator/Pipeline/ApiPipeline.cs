using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>
/// The steps for whole APIs: Group and Bind (a document each), then Emit (the client, the shared types, and each operation), so that an edit writes again only what it
/// changed.
/// </summary>
internal static class ApiPipeline
{
    /// <summary>Names the APIs and binds them.</summary>
    public static IncrementalValuesProvider<Outcome<BoundApi>> Bind(
        IncrementalValuesProvider<ReadFile> documents, IncrementalValueProvider<IReadOnlyDictionary<string, EndpointDocuments>> endpoints,
        IncrementalValueProvider<ProjectOptions> options)
    {
        // Nothing else of a project with hundreds of endpoints matters here.
        var concerned = documents.Where(static file => file.Document.Api is not null || file.Document.Lock is not null);
        var taken = endpoints.Select(static (all, _) => all.Values.Select(one => new IndexEntry(one.Namespace, one.Name))
            .OrderBy(one => one.Namespace + "." + one.Name, StringComparer.Ordinal).ToEquatableArray());
        var apis = concerned.Collect().Combine(taken).Combine(options)
            .Select(static (all, token) => ApiGroups.ByDocument(all.Left.Left, all.Left.Right, all.Right.Namespace, token));
        return concerned.Combine(apis)
            .SelectMany(static (pair, _) => pair.Right.TryGetValue(pair.Left.Path, out var api) ? ImmutableArray.Create(api) : ImmutableArray<ApiDocument>.Empty)
            .WithTrackingName(StepNames.ApiGroup)
            .Select(static (document, token) => Steps.BindApi(document, token))
            .WithTrackingName(StepNames.ApiBind);
    }

    /// <summary>Writes the code.</summary>
    public static IncrementalValuesProvider<Outcome<GeneratedSource>> Emit(
        IncrementalValuesProvider<Outcome<BoundApi>> apis, IncrementalValueProvider<EmitOptions> options) => apis
        .SelectMany(static (outcome, _) => outcome.Value is { } api ? ApiUnit.Of(api) : [])
        .WithTrackingName(StepNames.ApiUnits)
        .Combine(options)
        .Select(static (pair, _) => Steps.EmitApi(pair.Left, pair.Right))
        .WithTrackingName(StepNames.ApiEmit);
}
