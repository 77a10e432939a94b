using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.Fuzz;

/// <summary>What is wrong with the generator, shown by a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="What">What is wrong.</param>
public sealed record Finding(FuzzCase Case, string What);

/// <summary>
/// Runs cases through the generator. Whatever the documents are, it must not fail, must point to locations that exist, must write the same code and say the
/// same from the same documents in any order, and its code must compile without a warning.
/// </summary>
public sealed class Fuzzer(FuzzDocuments seeds)
{
    private readonly List<SyntaxTree> _trees = [];
    private readonly Dictionary<string, FuzzCase> _uncompiled = new(StringComparer.Ordinal);

    /// <summary>How many files of C# were written.</summary>
    public int Files { get; private set; }

    /// <summary>How many problems were reported.</summary>
    public long Problems { get; private set; }

    /// <summary>Makes the case of a seed.</summary>
    public FuzzCase Make(int seed) => FuzzCase.Of(seed, seeds);

    /// <summary>Runs a case; its code is compiled with that of others, by <see cref="Compile"/>.</summary>
    public IEnumerable<Finding> Run(FuzzCase one)
    {
        var name = "Case" + one.Seed;
        var result = GeneratorHost.Run(one.Documents, name);
        if (result.Exception is not null)
            yield return new(one, "The generator throws " + result.Exception);
        foreach (var diagnostic in result.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0299"))
            yield return new(one, "A step fails: " + diagnostic.GetMessage());
        foreach (var misplaced in Misplaced(one, result))
            yield return new(one, misplaced);
        var again =
            GeneratorHost.Run(one.Documents.Reverse().Select(document => document with { Path = "C:\\other\\" + document.Path.Replace('/', '\\') }), name);
        if (Describe(result) != Describe(again))
            yield return new(one, "Another order of files, and other folders, give something else");
        foreach (var source in result.GeneratedSources)
        {
            var tree = GeneratorHost.Parse(source, one.Seed + "/" + source.HintName);
            if (tree.GetDiagnostics().FirstOrDefault() is { } error)
                yield return new(one, "The code is not valid C#: " + error);
            else
                _trees.Add(tree);
        }
        _uncompiled[one.Seed.ToString()] = one;
        (Files, Problems) = (Files + result.GeneratedSources.Length, Problems + result.Diagnostics.Length);
    }

    /// <summary>Compiles what the cases since the last call made.</summary>
    public IReadOnlyList<Finding> Compile()
    {
        var findings = GeneratorHost.Compile(_trees)
            .GroupBy(error => error.Location.GetLineSpan().Path.Split('/')[0])
            .Select(
                group => new Finding(_uncompiled[group.Key], "The code does not compile: " + string.Join("\n", group.Take(5)) + "\n" + LineOf(group.First())))
            .ToList();
        _trees.Clear();
        _uncompiled.Clear();
        return findings;
    }

    private static string? LineOf(Diagnostic error) =>
        error.Location.SourceTree?.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line].ToString();

    private static IEnumerable<string> Misplaced(FuzzCase one, GeneratorRunResult result)
    {
        var texts = one.Documents.ToDictionary(document => document.Path, document => SourceText.From(document.Text));
        foreach (var diagnostic in result.Diagnostics)
        {
            var (path, span) = (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.SourceSpan);
            if (path is null || !texts.TryGetValue(path, out var text))
                yield return "A problem is in no document: " + diagnostic;
            else if (span.Start < 0 || span.End > text.Length)
                yield return "A problem is outside of its document: " + diagnostic;
            else if (text.Lines.GetLinePositionSpan(span) != diagnostic.Location.GetLineSpan().Span)
                yield return $"A problem has another line than its location: {diagnostic} is at {text.Lines.GetLinePositionSpan(span)}";
        }
    }

    /// <summary>Everything that a run gave, but the folders.</summary>
    private static string Describe(GeneratorRunResult result) => string.Join("\n",
        result.GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText).Order(StringComparer.Ordinal)
            .Concat(result.Diagnostics
                .Select(diagnostic => diagnostic.Location.SourceSpan + diagnostic.Id + diagnostic.GetMessage())
                .Order(StringComparer.Ordinal)));
}
