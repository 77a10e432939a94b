using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Pipeline;

/// <summary>The listings: a file a namespace.</summary>
internal static class IndexStage
{
    /// <summary>The stage.</summary>
    public static FlowValues<GeneratedSource> Of(
        FlowValues<BoundEndpoint> models, FlowValue<EmitOptions> emitOptions, Func<IndexEntries, GeneratedSource> emit) => models
        .Select(static (model, _) => new IndexEntry(model.Namespace, model.Name))
        .Collect()
        .SelectMany(static (all, _) => IndexEntries.Group(all))
        .Combine(emitOptions)
        .Where(static pair => pair.Right.CanEmit)
        .Select((pair, _) => emit(pair.Left), StageNames.Index);
}
