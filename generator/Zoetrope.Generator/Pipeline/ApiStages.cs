using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// The lane of whole APIs: Group and Bind (a document each), then Emit (the client, the shared types, and each operation), so that an edit writes again only
/// what it changed.
/// </summary>
internal sealed class ApiStages
{
    /// <summary>The documents, named.</summary>
    public required FlowValues<ApiDocument> Documents { get; init; }

    /// <summary>Names and types.</summary>
    public required FlowValues<Outcome<BoundApi>> Bound { get; init; }

    /// <summary>The stages up to Bind.</summary>
    public static ApiStages Of(
        FlowValues<ParsedSpec> documents, FlowValue<IReadOnlyDictionary<string, EndpointDocuments>> endpoints, FlowValue<ProjectOptions> options)
    {
        // Nothing else of a project with hundreds of endpoints matters here.
        var concerned = documents.Where(static file => file.Document is { Api: not null } or { Lock: not null } or { Declaration: not null });
        var files = concerned.Collect();
        var taken = endpoints.Combine(files).Select(static (all, _) => all.Right.IsEmpty
            ? default
            : all.Left.Values.Select(endpoint => new IndexEntry(endpoint.Namespace, endpoint.Name))
                .OrderBy(entry => entry.Namespace + "." + entry.Name, StringComparer.Ordinal).ToEquatableArray());
        var groups = files.Combine(taken).Combine(options)
            .Select(static (all, token) => ApiGroups.ByDocument(all.Left.Left, all.Left.Right, all.Right.Namespace, token));
        var grouped = concerned.Combine(groups)
            .Choose(static pair => pair.Right.TryGetValue(pair.Left.Path, out var api) ? api : null, StageNames.ApiGroup);
        var bound = grouped.SelectInParallel(Bind, StageNames.ApiBind, static document => document.Api);
        return new() { Documents = grouped, Bound = bound };
    }

    /// <summary>Several files each.</summary>
    public FlowValues<Outcome<GeneratedSource>> Emit(FlowValue<EmitOptions> emitOptions) => Bound.Values()
        .SelectMany(static (api, _) => ApiUnit.Of(api), StageNames.ApiUnits)
        .Combine(emitOptions)
        .Where(static pair => pair.Right.CanEmit)
        .SelectInParallel(static (pair, _) => Emit(pair.Left, pair.Right), StageNames.ApiEmit);

    private static Outcome<BoundApi> Bind(ApiDocument document, CancellationToken cancellationToken) =>
        Stage.Guard(() => ApiBinder.Bind(document, cancellationToken), "named the types of " + document.Api.Title, document.Path);

    private static Outcome<GeneratedSource> Emit(ApiUnit unit, EmitOptions options) =>
        Stage.Guard(
            () => new Outcome<GeneratedSource>(ApiEmitter.Emit(unit, options), default),
            "wrote the code of " + (unit.Operation?.Key ?? unit.Class.Name),
            "");
}
