using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Zoetrope.Agreement.Tests;

/// <summary>The compiler's analyzers of trimming, single files and native code find nothing in generated code.</summary>
public class TrimmingTests(ITestOutputHelper output)
{
    private static readonly string[] _switches = ["EnableTrimAnalyzer", "EnableAotAnalyzer", "EnableSingleFileAnalyzer"];

    private static readonly ImmutableArray<DiagnosticAnalyzer> _analyzers =
    [
        .. Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "analyzers", "ILLink.RoslynAnalyzer.dll")).GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Of the corpus, whose code has the same forms many times, a part of the files; <see cref="Slice"/> says how to analyze all.</summary>
    [Theory]
    [InlineData(CompiledModels.Vendored, 1)]
    [InlineData(CompiledModels.Forms, 1)]
    [InlineData(CompiledModels.Corpus, 15)]
    [InlineData(CompiledModels.Apis, 15)]
    public async Task Generated_code_can_be_trimmed(string source, int slices)
    {
        var compilation = CompiledModels.Of(source).Generated.Compilation;
        var files = Slice.Of([.. compilation.SyntaxTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal)], slices, output.WriteLine);
        Assert.NotEmpty(files);

        var found = await AnalyzeAsync(compilation, files);

        output.WriteLine($"{found.Count} findings");
        Assert.Empty(found.Select(diagnostic => diagnostic.ToString()).Take(20));
    }

    [Fact]
    public async Task The_analyzers_are_at_work()
    {
        const string Code = """
            #pragma warning disable CS1591 // It is test code.
            public static class Reflecting
            {
                public static object Made(string name) => System.Array.CreateInstance(System.Type.GetType(name)!, 1);
            }
            """;

        var compilation = new Project([], code: Code).Compilation;

        var found = await AnalyzeAsync(compilation, compilation.SyntaxTrees);

        Assert.Contains("IL3050", found.Select(diagnostic => diagnostic.Id));
        Assert.Contains(found, diagnostic => diagnostic.Id.StartsWith("IL2", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(Compilation compilation, IEnumerable<SyntaxTree> files)
    {
        Assert.NotEmpty(_analyzers);
        var options = new ProjectOptionsProvider(_switches.ToImmutableDictionary(name => "build_property." + name, _ => "true"));
        var analysis = compilation.WithAnalyzers(_analyzers, new AnalyzerOptions([], options));
        var found = new ConcurrentBag<Diagnostic>();
        await Parallel.ForEachAsync(files, TestContext.Current.CancellationToken, async (file, token) =>
        {
            foreach (var diagnostic in await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(file), null, token))
                found.Add(diagnostic);
        });
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        return [.. found];
    }
}
