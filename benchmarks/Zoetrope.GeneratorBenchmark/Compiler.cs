using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Zoetrope.Clients;
using Zoetrope.Fal;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>What the compiler made of generated code.</summary>
/// <param name="SourceBytes">The C#, in UTF-8.</param>
/// <param name="AssemblyBytes">The assembly; 0 when there are errors.</param>
/// <param name="Cost">What it took, parsing included.</param>
/// <param name="Errors">The errors.</param>
internal sealed record Compiled(long SourceBytes, long AssemblyBytes, Cost Cost, int Errors);

/// <summary>The compiler as a release build of a library calls it.</summary>
internal static class Compiler
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14);

    public static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions);

    public static CSharpCompilation Create(params IEnumerable<SyntaxTree> trees)
    {
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "netstandard.dll")
            .Append(typeof(MediaClient).Assembly.Location).Append(typeof(FalClient).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Generated", trees, framework,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    public static Compiled Compile(IReadOnlyList<string> sources)
    {
        using var image = new MemoryStream();
        var (result, cost) = Cost.Of(() => Create(sources.Select(Parse)).Emit(image));
        return new(
            sources.Sum(source => (long)Encoding.UTF8.GetByteCount(source)), result.Success ? image.Length : 0, cost,
            result.Diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
