using Microsoft.CodeAnalysis;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Flows;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator;

/// <summary>Generates typed models and clients from provider documents: <see cref="Pipeline.SpecPipeline"/> in the compiler.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ZoetropeGenerator : IIncrementalGenerator
{
    /// <summary>Receives what the stages did; null by default.</summary>
    public StageLog? Log { get; init; }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var generation = new Generation(Log);
        // One step of the compiler's: it keeps a table for each, with a row for each document, and copies all of them when one document is edited.
        var generated = context.AdditionalTextsProvider.Collect()
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Combine(context.CompilationProvider)
            .Select((all, token) => generation.Run(all.Left.Left, all.Left.Right, all.Right, token));
        context.RegisterSourceOutput(generated.SelectMany(static (all, _) => all.Sources), static (output, file) => output.AddSource(file.HintName, file.Text));
        context.RegisterSourceOutput(generated.SelectMany(static (all, _) => all.Problems), Report);
    }

    private static void Report(SourceProductionContext output, EquatableArray<LocatedProblem> problems)
    {
        foreach (var problem in problems)
            output.ReportDiagnostic(problem.ToDiagnostic());
    }
}
