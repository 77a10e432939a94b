using Zoetrope.Generator.Catalog;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Inputs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// The lane of the catalog: Group (a model with its endpoints), Bind (names and types), Emit (a file each), Index (a listing for each namespace).
/// </summary>
internal sealed class CatalogStages
{
    /// <summary>Names and types.</summary>
    public required FlowValues<Outcome<BoundNeutral>> Bound { get; init; }

    /// <summary>The stages up to Bind.</summary>
    public static CatalogStages Of(FlowValues<ParsedSpec> documents, FlowValues<BoundEndpoint> endpoints, FlowValue<ProjectOptions> options) => new()
    {
        Bound = documents.Where(static file => file.Document.Catalog is not null).Collect()
            .Combine(endpoints.Collect())
            .Combine(options)
            .SelectMany(static (all, _) => NeutralGroups.Group(all.Left.Left, all.Left.Right, all.Right.CatalogNamespace), StageNames.NeutralGroup)
            .Combine(options)
            .SelectInParallel(static (pair, token) => Bind(pair.Left, pair.Right, token), StageNames.NeutralBind, static pair => pair.Left.Model),
    };

    /// <summary>A file each.</summary>
    /// <param name="firm">The full names of models whose members do not give way to others.</param>
    /// <param name="emitOptions">How code is written.</param>
    public FlowValues<Outcome<GeneratedSource>> Emit(FlowValue<EquatableArray<string>> firm, FlowValue<EmitOptions> emitOptions) => Bound.Values()
        .WithOptions(emitOptions, firm, static model => model.Shape)
        .SelectInParallel(static (pair, _) => Emit(pair.Left, pair.Right), StageNames.NeutralEmit);

    private static Outcome<BoundNeutral> Bind(NeutralSource source, ProjectOptions options, CancellationToken cancellationToken) =>
        Stage.Guard(() => NeutralBinder.Bind(source, options.CatalogNamespace, cancellationToken), "made the neutral model " + source.Model.Name, source.Path);

    private static Outcome<GeneratedSource> Emit(BoundNeutral model, EmitOptions options) =>
        Stage.Guard(() => new Outcome<GeneratedSource>(NeutralEmitter.Emit(model, options), default), "wrote the neutral model " + model.Shape.Id, "");
}
