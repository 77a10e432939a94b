using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Fal;
using Zoetrope.Generator;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>One process's figures.</summary>
internal sealed record Measurement(
    int Endpoints, long SpecBytes, double ColdMs, double WarmMs, double EditMs, int EditedSteps, int EditedOutputs, double UnrelatedMs, long SourceBytes, long IlBytes, double CompileMs, long PeakMemory)
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    public static Measurement Take(string folder, int count)
    {
        var texts = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(count)
            .Select(path => new DocumentText(path, File.ReadAllText(path))).ToImmutableArray<AdditionalText>();
        var compilation = EmptyCompilation();

        var (driver, cold) = Run(NewDriver(texts), compilation);
        var (_, warm) = Run(NewDriver(texts), compilation);
        var (afterUnrelated, unrelated) = Run(driver, compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Other;", ParseOptions)));

        var first = (DocumentText)texts[0];
        var (afterEdit, edit) = Run(afterUnrelated.ReplaceAdditionalText(first, first.WithOneMoreProperty()), compilation);
        var steps = afterEdit.GetRunResult().Results[0];
        var run = steps.TrackedSteps.Where(step => step.Key is "Merge" or "Bind" or "Emit").Sum(step => step.Value.Count(
            item => item.Outputs.Any(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)));
        var outputs = steps.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .Count(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);

        var sources = driver.GetRunResult().Results[0].GeneratedSources;
        var clock = Stopwatch.StartNew();
        using var image = new MemoryStream();
        var emitted = compilation.AddSyntaxTrees(sources.Select(source => source.SyntaxTree)).Emit(image);
        if (!emitted.Success)
            throw new InvalidOperationException("The generated code does not compile: " + emitted.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return new(
            count, texts.Sum(text => ((DocumentText)text).Bytes), cold, warm, edit, run, outputs, unrelated,
            sources.Sum(source => (long)System.Text.Encoding.UTF8.GetByteCount(source.SourceText.ToString())), image.Length, clock.Elapsed.TotalMilliseconds,
            Process.GetCurrentProcess().PeakWorkingSet64);
    }

    public string ToRow() => string.Create(CultureInfo.InvariantCulture,
        $"| {Endpoints} | {SpecBytes:N0} | {ColdMs:N0} ms | {WarmMs:N0} ms | {EditMs:N1} ms | {EditedSteps} ({EditedOutputs} outputs) | {UnrelatedMs:N1} ms | {(double)SourceBytes / SpecBytes:F2} | {IlBytes:N0} B | {CompileMs:N0} ms | {PeakMemory / 1048576:N0} MiB |");

    private static GeneratorDriver NewDriver(ImmutableArray<AdditionalText> texts) => CSharpGeneratorDriver.Create(
        [new ZoetropeGenerator().AsSourceGenerator()], texts, ParseOptions, new DocumentOptions(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static (GeneratorDriver Driver, double Milliseconds) Run(GeneratorDriver driver, Compilation compilation)
    {
        var clock = Stopwatch.StartNew();
        var after = driver.RunGenerators(compilation);
        var elapsed = clock.Elapsed.TotalMilliseconds;
        var result = after.GetRunResult().Results[0];
        return result.Exception is null ? (after, elapsed) : throw new InvalidOperationException("The generator failed.", result.Exception);
    }

    private static CSharpCompilation EmptyCompilation()
    {
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "netstandard.dll")
            .Append(typeof(MediaClient).Assembly.Location).Append(typeof(FalClient).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Generated", [], framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
    }
}
