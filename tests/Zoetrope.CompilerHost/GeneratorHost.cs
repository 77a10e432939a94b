using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Generator;

namespace Zoetrope.CompilerHost;

/// <summary>Runs the generator in the compiler that is loaded beside it. Takes and returns strings only, which every load context shares.</summary>
public static class GeneratorHost
{
    /// <summary>Generates code for documents, and compiles it.</summary>
    /// <param name="documents">Path and text of each document.</param>
    /// <param name="references">The assemblies that the project refers to.</param>
    /// <returns>Name and text of each generated file, then "diagnostics" and the generator's, then "compiler" and the compiler's.</returns>
    public static KeyValuePair<string, string>[] Run(KeyValuePair<string, string>[] documents, string[] references)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose);
        var compilation = CSharpCompilation.Create(
            "Demo",
            [CSharpSyntaxTree.ParseText("", options)],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var texts = documents.Select(document => (AdditionalText)new Document(document.Key, document.Value));

        var driver = CSharpGeneratorDriver.Create([new ZoetropeGenerator().AsSourceGenerator()], texts, options, new Settings())
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);

        var result = driver.GetRunResult().Results[0];
        if (result.Exception is { } exception)
            throw new InvalidOperationException("The generator failed.", exception);
        return
        [
            .. result.GeneratedSources.Select(source => KeyValuePair.Create(source.HintName, source.SourceText.ToString())),
            KeyValuePair.Create("diagnostics", Lines(result.Diagnostics)),
            KeyValuePair.Create("compiler", Lines(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning))),
        ];
    }

    private static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics.Select(diagnostic => diagnostic.ToString()));

    private sealed class Document(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }

    private sealed class Settings : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(("build_property.RootNamespace", "Demo"));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values();

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(("build_metadata.AdditionalFiles.ZoetropeSpec", "true"));
    }

    private sealed class Values(params (string Name, string Value)[] values) : AnalyzerConfigOptions
    {
        private readonly ImmutableDictionary<string, string> _values = values.ToImmutableDictionary(pair => pair.Name, pair => pair.Value);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);
    }
}
