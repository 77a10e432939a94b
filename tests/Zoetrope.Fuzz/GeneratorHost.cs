using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Generator;

namespace Zoetrope.Fuzz;

/// <summary>Runs the generator as the compiler does, and compiles what it made with every warning as an error.</summary>
public static class GeneratorHost
{
    private static readonly CSharpParseOptions _parseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly CSharpCompilation _project = CSharpCompilation.Create(
        "Fuzz", [],
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path =>
                    Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
                .Select(path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(MediaClient).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(FalClient).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(EachlabsClient).Assembly.Location),
        ],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999));

    /// <summary>Runs the generator over documents.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="rootNamespace">The namespace of what is generated.</param>
    public static GeneratorRunResult Run(IEnumerable<FuzzDocument> documents, string rootNamespace)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new ZoetropeGenerator().AsSourceGenerator()], documents
                .Select(document => (AdditionalText)new Text(document))
                .ToImmutableArray(), _parseOptions, new Provider(rootNamespace));
        return driver.RunGenerators(_project.AddSyntaxTrees(CSharpSyntaxTree.ParseText("", _parseOptions))).GetRunResult().Results[0];
    }

    /// <summary>
    /// Parses generated code. Its aliases hold for a whole compilation, and the code of many projects is compiled in one, so they are left out.
    /// </summary>
    public static SyntaxTree Parse(GeneratedSourceResult source, string path)
    {
        var tree = CSharpSyntaxTree.ParseText(source.SourceText, _parseOptions, path);
        var root = tree.GetCompilationUnitRoot();
        return root.Usings.Count == 0 ? tree : tree.WithRootAndOptions(root.WithUsings([]), _parseOptions);
    }

    /// <summary>Compiles trees together.</summary>
    public static IEnumerable<Diagnostic> Compile(IEnumerable<SyntaxTree> trees) =>
        _project.AddSyntaxTrees(trees).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private sealed class Text(FuzzDocument document) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(document.Text, Encoding.UTF8);

        public override string Path => document.Path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Provider(string rootNamespace) : AnalyzerConfigOptionsProvider
    {
        private static readonly Options _item = new("build_metadata.AdditionalFiles.ZoetropeSpec", "true");

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options("build_property.RootNamespace", rootNamespace);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _item;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _item;
    }

    private sealed class Options(string name, string content) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == name ? content : null;
            return value is not null;
        }
    }
}
