using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Zoetrope.Cli.Vendoring;

namespace Zoetrope.Generator.Tests;

/// <summary>A document of the corpus that describes a whole API. It is converted, and generated and compiled alone, once for all tests.</summary>
internal sealed class RealApi
{
    private static readonly ConcurrentDictionary<string, RealApi> _known = [];

    private readonly Lazy<Spec> _spec;
    private readonly Lazy<Output> _output;

    private RealApi(string file)
    {
        _spec = new(() => Read(file, File.ReadAllText(Corpus.PathOf("openapi", file))));
        _output = new(() => Generate(Spec));
    }

    /// <summary>All of them, by name; the test is skipped where there is no corpus.</summary>
    public static RealApi[] All => [.. TestFiles.Corpus("openapi").Select(path => Of(Path.GetFileName(path)))];

    /// <summary>The document as the importer vendors it: YAML as JSON.</summary>
    public Spec Spec => _spec.Value;

    /// <summary>What the generator made of it, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources => _output.Value.Sources;

    /// <summary>What the generator reports.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _output.Value.Diagnostics;

    /// <summary>What the compiler reports about the generated code.</summary>
    public IReadOnlyList<string> Errors => _output.Value.Errors;

    /// <summary>The document with this file name; the test is skipped where there is no corpus.</summary>
    public static RealApi Of(string file)
    {
        // A skipped test is an exception, which is not to be remembered.
        Corpus.PathOf("openapi");
        return _known.GetOrAdd(file, name => new(name));
    }

    private static Spec Read(string name, string text) => new(name, YamlJson.IsOpenApi(text) ? YamlJson.Convert(text) : text);

    // The compilation, which is many times larger, is let go.
    private static Output Generate(Spec spec)
    {
        var generated = new Project([spec]).Run();
        return new(generated.Sources, generated.Diagnostics, generated.Errors());
    }

    private sealed record Output(IReadOnlyDictionary<string, string> Sources, ImmutableArray<Diagnostic> Diagnostics, IReadOnlyList<string> Errors);
}
