using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// The lane of single endpoints: Group (which documents describe one), Merge (them into one), Bind (names and types), Emit (a file each), Index (a listing for
/// each namespace).
/// </summary>
internal sealed class EndpointStages
{
    /// <summary>The endpoints, by the path of the first document of each.</summary>
    public required FlowValue<IReadOnlyDictionary<string, EndpointDocuments>> Groups { get; init; }

    /// <summary>The documents of each as one.</summary>
    public required FlowValues<Outcome<MergedEndpoint>> Merged { get; init; }

    /// <summary>Names and types.</summary>
    public required FlowValues<Outcome<BoundEndpoint>> Bound { get; init; }

    /// <summary>Those whose code is this project's.</summary>
    public required FlowValues<BoundEndpoint> Own { get; init; }

    /// <summary>The stages up to Bind.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="options">What the project decides.</param>
    public static EndpointStages Of(FlowValues<ParsedSpec> documents, FlowValue<ProjectOptions> options)
    {
        var groups = documents.Collect().Combine(options)
            .Select(static (pair, token) => DocumentGroups.ByDocument(pair.Left, pair.Right.Namespace, token));
        var merged = documents.Collect().Combine(groups)
            .SelectMany(static (pair, _) => DocumentGroups.InOrder(pair.Left, pair.Right), StageNames.Group)
            .Select(static (group, _) => Merge(group), StageNames.Merge, static group => group.Documents[0].Endpoint);
        var bound = merged.Values().SelectInParallel(Bind, StageNames.Bind, static endpoint => endpoint);
        return new() { Groups = groups, Merged = merged, Bound = bound, Own = bound.Values().Where(static endpoint => !endpoint.IsReference) };
    }

    /// <summary>A file each.</summary>
    /// <param name="firm">The full names of models whose members do not give way to others.</param>
    /// <param name="emitOptions">How code is written.</param>
    public FlowValues<Outcome<GeneratedSource>> Emit(FlowValue<EquatableArray<string>> firm, FlowValue<EmitOptions> emitOptions) => Own
        .WithOptions(emitOptions, firm, static endpoint => endpoint)
        .SelectInParallel(static (pair, _) => Emit(pair.Left, pair.Right), StageNames.Emit);

    private static Outcome<MergedEndpoint> Merge(EndpointDocuments documents) =>
        Stage.Guard(() => EndpointMerger.Merge(documents), "merged the documents of " + documents.Id, documents.Documents[0].Path);

    private static Outcome<BoundEndpoint> Bind(MergedEndpoint endpoint, CancellationToken cancellationToken) =>
        Stage.Guard(() => EndpointBinder.Bind(endpoint, cancellationToken), "named the types of " + endpoint.Id, endpoint.At("").Path);

    private static Outcome<GeneratedSource> Emit(BoundEndpoint endpoint, EmitOptions options) =>
        Stage.Guard(() => new Outcome<GeneratedSource>(EndpointEmitter.Emit(endpoint, options), default), "wrote the code of " + endpoint.Id, "");
}
