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

    [Theory]
    [InlineData(CompiledModels.Vendored)]
    [InlineData(CompiledModels.Forms)]
    [InlineData(CompiledModels.Corpus)]
    [InlineData(CompiledModels.Apis)]
    public async Task Generated_code_can_be_trimmed(string source)
    {
        var found = await AnalyzeAsync(CompiledModels.Of(source).Generated.Compilation);

        output.WriteLine($"{found.Length} findings");
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

        var found = await AnalyzeAsync(new Project([], code: Code).Compilation);

        Assert.Contains("IL3050", found.Select(diagnostic => diagnostic.Id));
        Assert.Contains(found, diagnostic => diagnostic.Id.StartsWith("IL2", StringComparison.Ordinal));
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        Assert.NotEmpty(_analyzers);
        var options = new ProjectOptionsProvider(_switches.ToImmutableDictionary(name => "build_property." + name, _ => "true"));
        var found =
            await compilation.WithAnalyzers(_analyzers, new AnalyzerOptions([], options)).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        return found;
    }
}
