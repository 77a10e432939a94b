using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// Declares the namespaces of documents of which nothing could be made, so that a broken document is one error at its place and not one more at each
/// <c>using</c> of its namespace.
/// </summary>
internal static class DeclaredNamespaces
{
    /// <summary>The stage: one file a namespace.</summary>
    public static FlowValues<GeneratedSource> Find(
        FlowValues<Reading> readings, SpecPipeline pipeline, FlowValue<ProjectOptions> options, FlowValue<EmitOptions> emitOptions)
    {
        var wanted = readings.Where(static reading => IsOfTypes(reading)).Select(static (reading, _) => reading.File.Namespace ?? "").Collect();
        var ofEndpoints =
            pipeline.Endpoints.Bound.Select(static (outcome, _) => outcome.Value is { IsReference: false } endpoint ? endpoint.Namespace : "").Collect();
        var ofApis =
            pipeline.Apis.Bound.Select(static (outcome, _) => outcome.Value is { Client.IsReference: false } api ? api.Client.Class.Namespace : "").Collect();
        return wanted.Combine(ofEndpoints).Combine(ofApis).Combine(options)
            .Select(static (all, _) => all.Left.Left.Left.Select(name => name.Length > 0 ? name : all.Right.Namespace)
                .Except(all.Left.Left.Right).Except(all.Left.Right).OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray())
            .Combine(emitOptions)
            .SelectMany(static (pair, _) => pair.Right.CanEmit ? pair.Left.Select(Emit) : [], StageNames.Namespaces);
    }

    private static bool IsOfTypes(Reading reading) => !reading.File.IsReference && reading.Document is null or { Endpoint: not null } or { Api: not null };

    private static GeneratedSource Emit(string name)
    {
        var writer = new SourceWriter();
        SourceHeader.Write(writer);
        writer.Lines($$"""
            // No document of this namespace could be generated; the build's diagnostics say why.
            namespace {{name}}
            {
            }
            """);
        return new(HintNames.Of(name + "._"), writer.Finish());
    }
}
