using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Zoetrope.Clients;
using Zoetrope.Generator.Flows;
using Zoetrope.Models;

namespace Zoetrope.Generator.Tests;

/// <summary>A consumer's project: the strictest settings, no implicit usings, the documents that it names.</summary>
internal sealed class Project
{
    private static readonly MetadataReference[] _framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path =>
                Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly MetadataReference _core = MetadataReference.CreateFromFile(typeof(MediaClient).Assembly.Location);

    private static readonly MetadataReference[] _providers =
    [
        MetadataReference.CreateFromFile(
            typeof(Fal.FalClient).Assembly.Location), MetadataReference.CreateFromFile(typeof(Eachlabs.EachlabsClient).Assembly.Location),
    ];

    // Without code, one for each set of references: what was read of them once, all projects with the same references share.
    private static readonly ConcurrentDictionary<(bool Core, bool Providers), CSharpCompilation> _empty = [];

    private readonly CSharpParseOptions _parseOptions;

    public Project(
        IEnumerable<Spec> specs, LanguageVersion languageVersion = LanguageVersion.CSharp14, bool references = true, bool core = true, string code = "",
        params (string Name, string Value)[] properties)
    {
        _parseOptions = new CSharpParseOptions(languageVersion, DocumentationMode.Diagnose);
        Options = new ProjectOptionsProvider(properties.Prepend(("RootNamespace", "Demo")).Aggregate(
            ImmutableDictionary<string, string>.Empty, (all, property) => all.SetItem("build_property." + property.Item1, property.Item2)));
        Texts = [.. specs.Select(spec => new SpecText(spec))];
        Compilation = _empty.GetOrAdd((core, references), Empty).AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, _parseOptions, path: "Program.cs"));
    }

    public ImmutableArray<SpecText> Texts { get; }

    /// <summary>What the project file says.</summary>
    public AnalyzerConfigOptionsProvider Options { get; }

    public CSharpCompilation Compilation { get; set; }

    /// <summary>What the stages did in the last run of a driver.</summary>
    public StageLog Log { get; } = new();

    /// <summary>A driver, which keeps count of its steps unless that is what costs.</summary>
    public GeneratorDriver Driver(bool trackSteps = true) => CSharpGeneratorDriver.Create(
        [
            new ZoetropeGenerator { Log = trackSteps ? Log : null }.AsSourceGenerator()
        ], Texts, _parseOptions, Options, new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));

    /// <summary>The analyzer over the documents as they are, or with one of them replaced, as an editor runs it.</summary>
    public CompilationWithAnalyzers Analyzer(Action<Exception>? failed = null, AdditionalText[]? texts = null) => new(
        Compilation, [new ZoetropeAnalyzer()],
        new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([.. texts ?? [.. Texts]], Options), (exception, _, _) =>
                failed?.Invoke(exception), concurrentAnalysis: true, logAnalyzerExecutionTime: false));

    /// <summary>What the analyzer says about the documents.</summary>
    public async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync()
    {
        var failures = new ConcurrentQueue<Exception>();
        var diagnostics = await Analyzer(failures.Enqueue).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(failures);
        return diagnostics;
    }

    /// <summary>Runs the generator once.</summary>
    public Generated Run()
    {
        var driver = Driver(trackSteps: false).RunGeneratorsAndUpdateCompilation(Compilation, out var output, out _, TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results[0];
        Assert.True(result.Exception is null, result.Exception?.ToString());
        return new(result, new(() => WithNullableAnalysis((CSharpCompilation)output)));
    }

    private static CSharpCompilation Empty((bool Core, bool Providers) references) => CSharpCompilation.Create(
        "Demo",
        references: [.. _framework, .. references.Core ? [_core] : Array.Empty<MetadataReference>(), .. references.Providers ? _providers : []],
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999));

    /// <summary>Generated code spares users the search for null in it. Here it is made.</summary>
    private CSharpCompilation WithNullableAnalysis(CSharpCompilation output)
    {
        var generated = output.SyntaxTrees.Except(Compilation.SyntaxTrees).ToList();
        return output.RemoveSyntaxTrees(generated).AddSyntaxTrees(generated.Select(tree =>
        {
            var text = tree.ToString();
            Assert.Contains("#nullable enable annotations\n", text);
            return CSharpSyntaxTree.ParseText(
                text.Replace("#nullable enable annotations\n", "#nullable enable\n"),
                _parseOptions,
                tree.FilePath,
                Encoding.UTF8);
        }));
    }
}

/// <summary>What the generator made of a project.</summary>
internal sealed class Generated(GeneratorRunResult result, Lazy<CSharpCompilation> compilation)
{
    public GeneratorRunResult Result => result;

    /// <summary>The project with the generated code.</summary>
    public CSharpCompilation Compilation => compilation.Value;

    public ImmutableArray<Diagnostic> Diagnostics => result.Diagnostics;

    public IReadOnlyDictionary<string, string> Sources { get; } =
        result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    public string Source(string hintName) => Sources[hintName];

    /// <summary>The compiler's complaints about the project with the generated code; warnings count as errors.</summary>
    public IReadOnlyList<string> Errors()
    {
        var diagnostics = Compilation.GetDiagnostics(TestContext.Current.CancellationToken);
        return [.. diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];
    }

    /// <summary>The image of the compiled project, after making sure that the compiler complains of nothing.</summary>
    public byte[] Image()
    {
        Assert.Null(result.Exception);
        using var stream = new MemoryStream();
        using var docs = new MemoryStream();
        var emitted = Compilation.Emit(stream, xmlDocumentationStream: docs);
        Assert.Empty(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()));
        Assert.True(emitted.Success);
        return stream.ToArray();
    }

    /// <summary>Compiles and loads the project.</summary>
    public Assembly Load() => Assembly.Load(Image());

    /// <summary>The endpoint of a generated class.</summary>
    public static ModelEndpoint Endpoint(Assembly assembly, string type) =>
        (ModelEndpoint)assembly.GetType(type, throwOnError: true)!.GetProperty("Endpoint")!.GetValue(null)!;

    /// <summary>Reads JSON as a generated type.</summary>
    public static object Read(Assembly assembly, string type, string json) =>
        typeof(Json.RawJson).GetMethod("Deserialize")!.MakeGenericMethod(assembly.GetType(type, throwOnError: true)!).Invoke(Json.RawJson.Parse(json), null)!;

    /// <summary>Reads JSON as a generated type and writes it again.</summary>
    public static string RoundTrip(Assembly assembly, string type, string json)
    {
        var model = Read(assembly, type, json);
        return typeof(Json.RawJson).GetMethod("From")!.MakeGenericMethod(model.GetType()).Invoke(null, [model])!.ToString()!;
    }
}
